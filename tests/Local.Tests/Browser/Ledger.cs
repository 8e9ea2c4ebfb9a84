using Dunning.Local.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Dunning.Local.Tests.Browser;

/// <summary>A browser, and the sample ledger after sixty days of chasing: pages with something on them.</summary>
public sealed class Ledger : IAsyncLifetime
{
    public MachineBrowser Browser { get; } = new();

    public TestHost Host { get; } = new();

    private readonly Dictionary<string, IBrowserContext> _signedIn = [];

    public async ValueTask InitializeAsync()
    {
        await Browser.InitializeAsync();
        Host.Options = Host.Options with { Clock = Demo.Start, PublicUrl = new("http://relances.example.org") };
        await Host.InitializeAsync();
        await ActivatorUtilities.CreateInstance<Demo>(Host.Services).Run(_ => { }, CancellationToken.None);
    }

    public async Task<string> Id(string number) => (string)(await Host.Get($"/api/invoices?number={number}")).Json["items"]![0]!["id"]!;

    /// <summary>The first e-mail that left for it: step, channel and sending as paths have them.</summary>
    public async Task<string> Sent(string number)
    {
        var message = (await Host.Get($"/api/invoices/{await Id(number)}")).Timeline("message").First(m => (string?)m["channel"] == "email");
        return $"{message["step"]}/email/1";
    }

    /// <summary>The path of the case of an invoice of the sample.</summary>
    public async Task<string> Case(string number) => $"/console/cases/{await Id(number)}";

    /// <summary>A new tab of somebody who is signed in and reads a language.</summary>
    public async Task<IPage> Tab(string language)
    {
        if (_signedIn.TryGetValue(language, out var context))
            return await context.NewPageAsync();
        var page = await Browser.Open(Host.Address, language);
        await page.SignIn();
        _signedIn[language] = page.Context;
        return page;
    }

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

/// <summary>Tests that act, each on a host of its own, beside those that look at the ledger.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<MachineBrowser>
{
    public const string Name = "acts";
}
