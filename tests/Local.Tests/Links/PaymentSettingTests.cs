using Dunning.PaymentProviders;

namespace Dunning.Local.Tests.Links;

/// <summary>How a creditor is paid online: set over the API, with keys that never come out.</summary>
public sealed class PaymentSettingTests
{
    [Fact]
    public async Task A_key_goes_in_and_never_comes_out()
    {
        await using var paying = await Paying.Start();
        var host = paying.Host;
        var key = Providers.KeyOf("stripe");
        var put = await paying.Set(new { provider = "stripe", apiKey = key, returnUrl = "https://example.org/thanks" });
        var got = await host.Get("/api/creditors/demo/payments");
        Assert.Equal((201, 200, "stripe"), (put.Status, got.Status, got["provider"]));
        Assert.Equal(4, ((string)got.Json["keys"]![0]!["fingerprint"]!).Length);
        Assert.DoesNotContain(key, put.Text + got.Text + string.Join('\n', host.Logged), StringComparison.Ordinal);
        // Without a provider no links are made; the key stays for those that were, until it is forgotten outright.
        Assert.Single((await paying.Set(new { urlTemplate = "https://pay.example.org/{number}" })).Json["keys"]!.AsArray());
        Assert.Equal(200, (await paying.Set(new { provider = "stripe" })).Status);
        Assert.Empty((await paying.Set(new { apiKey = (string?)null })).Json["keys"]!.AsArray());
        Assert.Equal(["apiKey"], (await paying.Set(new { provider = "stripe" })).Fields);
        Assert.Equal("DUNNING_PAYMENTS_MOLLIE", (string)(await paying.Set(new { provider = "mollie", apiKey = "env:DUNNING_PAYMENTS_MOLLIE" })).Json["keys"]![0]!["environment"]!);
    }

    [Fact]
    public async Task Settings_that_cannot_work_are_refused_with_every_fault()
    {
        await using var paying = await Paying.Start();
        var wrong = await paying.Set(new { provider = "paybox", apiKey = "env:PATH", urlTemplate = "http://{number}.example.org/{what}/{amount", returnUrl = "javascript:alert(1)" });
        Assert.Equal(400, wrong.Status);
        Assert.Equal(["provider", "apiKey", "urlTemplate", "urlTemplate", "urlTemplate", "returnUrl"], wrong.Fields);
        Assert.Equal(["apiKey"], (await paying.Set(new { provider = "stripe", apiKey = "pk_live_0123456789" })).Fields);
        Assert.Equal(["provider"], (await paying.Set(new { apiKey = "sk_live_0123456789" })).Fields);
        Assert.Equal(["apiKey"], (await paying.Set(new { provider = "mollie", apiKey = "short" })).Fields);
        Assert.Equal(404, (await paying.Host.Get("/api/creditors/demo/payments")).Status);
    }

    [Fact]
    public async Task Only_an_administrator_of_the_creditor_sets_them()
    {
        await using var paying = await Paying.Start();
        await paying.Host.Put("/api/creditors/other", new { name = "Other" });
        var (theirs, operators) = (await paying.Host.NewKey("admin", "demo"), await paying.Host.NewKey("operator", "demo"));
        var settings = new { urlTemplate = "https://pay.example.org/{number}" };
        Assert.Equal(404, (await paying.Host.Put("/api/creditors/other/payments", settings, theirs)).Status);
        Assert.Equal(403, (await paying.Host.Put("/api/creditors/demo/payments", settings, operators)).Status);
        Assert.Equal(403, (await paying.Host.Get("/api/creditors/demo/payments", operators)).Status);
        Assert.Equal(201, (await paying.Host.Put("/api/creditors/demo/payments", settings, theirs)).Status);
    }
}
