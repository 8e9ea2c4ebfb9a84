using System.Text.Json.Nodes;
using Dunning.Local.Tests.Api;
using Dunning.PaymentProviders;
using Dunning.Service.Links;
using Dunning.Service.Register;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Links;

/// <summary>A host whose providers are on this machine.</summary>
internal sealed class Paying : IAsyncDisposable
{
    private Paying(Providers providers, TestHost host) => (Providers, Host) = (providers, host);

    public Providers Providers { get; }

    public TestHost Host { get; }

    public Reconciliation Reconciliation => Host.Services.GetRequiredService<Reconciliation>();

    public static async Task<Paying> Start(string? provider = null)
    {
        var providers = await Providers.Start();
        var paying = new Paying(providers, await TestHost.Run(o => o with { Providers = providers.Addresses }));
        if (provider is not null)
            Assert.Equal(201, (await paying.Set(new { provider, apiKey = Providers.KeyOf(provider) })).Status);
        return paying;
    }

    public Task<Reply> Set(object settings, string creditor = "demo") => Host.Put($"/api/creditors/{creditor}/payments", settings);

    /// <summary>A case that owes 1,200 from 31 October on, whose notices need nobody's word.</summary>
    public Task<string> Register(Action<JsonObject>? change = null) => Host.Register(change);

    public async Task<string> Message(string path, string step, string channel = "email") => (await Host.Get($"{path}/messages/{step}/{channel}/1")).Text;

    public async Task<CaseLinks?> Links(string path) => (await Host.Services.GetRequiredService<Registry>().PaymentLinks.Get(path.Split('/')[^1], default))?.Value;

    public async Task Daily()
    {
        await Reconciliation.RunAll(default);
        await Host.Get("/api/clock");
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Providers.DisposeAsync();
    }
}
