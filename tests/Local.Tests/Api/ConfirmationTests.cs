using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>What is agreed is confirmed in writing, where the policy says so.</summary>
public sealed class ConfirmationTests
{
    [Fact]
    public async Task A_promise_is_confirmed_by_a_mail_that_asks_for_nothing_and_the_silence_stands()
    {
        await using var host = await TestHost.Run();
        Assert.Equal(201, (await host.Send("PUT", "/api/policies/confirming?creditor=demo", Policy())).Status);
        var path = await host.Register(i => i["policy"] = "confirming");
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        await host.Post($"{path}/promises", new { id = "p1", date = "2026-11-20" });
        await host.MoveTo("2026-11-10T10:01:00+01:00");
        var mail = await host.Get($"{path}/messages/confirm_promise_1/email/1");
        Assert.Equal(("accepted", "promise"), ((string?)mail["status"], (await host.Get(path))["status"] == "promised" ? "promise" : "none"));
        Assert.Contains("20 novembre 2026", mail.Json["body"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains((await host.Get(path)).Timeline("message"), m => (string?)m["step"] == "confirm_promise_1");
    }

    [Fact]
    public async Task A_call_is_followed_by_a_mail_without_the_creditors_note()
    {
        await using var host = await TestHost.Run();
        await host.Send("PUT", "/api/policies/confirming?creditor=demo", Policy());
        var path = await host.Register(i => i["policy"] = "confirming");
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        await host.Post($"{path}/calls", new { outcome = "reached", note = "Sounds evasive." });
        await host.MoveTo("2026-11-10T10:01:00+01:00");
        var body = (await host.Get($"{path}/messages/confirm_call_1/email/1")).Json["body"]!.ToString();
        Assert.Contains("10 novembre 2026", body, StringComparison.Ordinal);
        Assert.DoesNotContain("evasive", body, StringComparison.Ordinal);
    }

    private static JsonNode Policy() => JsonNode.Parse("""
        { "name": "confirming", "regime": "fr-b2b", "timeZone": "Europe/Paris", "calendar": "FR", "sendAt": "09:00", "sendWindow": ["08:30", "18:00"],
          "confirmations": ["promise", "plan", "call"],
          "steps": [ { "id": "first", "offset": 7, "channels": ["email"], "template": "first-reminder" } ] }
        """)!;
}
