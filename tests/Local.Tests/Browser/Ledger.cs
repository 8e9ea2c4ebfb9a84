using Dunning.Local.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Browser;

/// <summary>A browser, and the sample ledger after sixty days of chasing: pages with something on them. Tests that act have a host of their own.</summary>
public sealed class Ledger : IAsyncLifetime
{
    public MachineBrowser Browser { get; } = new();

    public TestHost Host { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Browser.InitializeAsync();
        Host.Options = Host.Options with { Clock = Demo.Start };
        await Host.InitializeAsync();
        await ActivatorUtilities.CreateInstance<Demo>(Host.Services).Run(_ => { }, CancellationToken.None);
    }

    /// <summary>The path of the case of an invoice of the sample.</summary>
    public async Task<string> Case(string number) => "/console/cases/" + (string)(await Host.Get($"/api/invoices?number={number}")).Json["items"]![0]!["id"]!;

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Host.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class LedgerCollection : ICollectionFixture<Ledger>
{
    public const string Name = "pages";
}
