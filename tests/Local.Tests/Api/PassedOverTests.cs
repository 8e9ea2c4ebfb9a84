using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Api;

/// <summary>An event in the log that nobody can apply: operators see which and why, and the case goes on.</summary>
public sealed class PassedOverTests
{
    [Fact]
    public async Task The_timeline_tells_what_was_set_aside_and_why_and_the_case_goes_on()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        var id = path.Split('/')[^1];
        var dollars = new CaseEvent.PaymentReceived(Money.Of(100m, Currency.Parse("USD")), new(2026, 10, 1), "bank") { Id = "usd" };
        await host.Services.GetRequiredService<ICaseStore>().Append([new(id, "demo", dollars, TestHost.Start, "someone")], default);
        Assert.StartsWith("it cannot be applied: ", (string?)Entry(await host.Get(path), "paymentReceived")["note"], StringComparison.Ordinal);
        await host.MoveTo("2026-10-28T12:00:00+01:00");
        var after = await host.Get(path);
        Assert.Equal(["2026-10-28 courtesy email"], await host.Sent(path));
        Assert.Equal(("1200", "setAside", "usd"), (after["balance"].Split('.')[0], (string?)Entry(after, "paymentReceived")["status"], (string?)Entry(after, "paymentReceived")["id"]));
        Assert.StartsWith("event 2: it cannot be applied: ", (string?)Entry(after, "eventSetAside")["note"], StringComparison.Ordinal);
        Assert.Equal(202, (await host.Post($"{path}/payments", new { id = "p1", amount = 1200m })).Status);
        Assert.Equal("paid", (await host.Get(path))["status"]);
    }

    private static JsonObject Entry(Reply reply, string type) => reply.Timeline("event").Single(e => (string?)e["type"] == type);
}
