namespace Dunning.Local.Tests.Api;

/// <summary>Logs tell operators what happened, never who owes what nor how to get in.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task No_secret_and_no_personal_data_reaches_the_log()
    {
        await using var host = await TestHost.Run();
        const string canary = "Canari-Zylberstein";
        var key = await host.NewKey("operator", "demo");
        var path = await host.Register(i => (i["debtor"]!["name"], i["debtor"]!["email"], i["debtor"]!["phone"], i["number"]) = (canary, "canary@example.org", "+33611223344", canary));
        await host.Post($"{path}/hold", new { reason = canary }, key);
        await host.Post($"{path}/release", new { }, key);
        await host.Post("/api/invoices", $$"""{ "debtor": { "name": "{{canary}}", "email": "canary" }""");
        await host.Get($"/api/debtors/{canary}", "dun_wrong-canary-secret");
        // Things that go wrong inside: a message that cannot be written to the outbox, a store that fails.
        Directory.Delete(host.Outbox, recursive: true);
        await File.WriteAllTextAsync(host.Outbox, "in the way", TestContext.Current.CancellationToken);
        await host.MoveTo("2026-11-10T09:00:00+01:00");
        foreach (var secret in new[] { canary, "canary", "11223344", TestHost.Key, key, "dun_wrong" })
            Assert.DoesNotContain(host.Logged, l => l.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_message_the_outbox_cannot_take_is_tried_again_and_never_lost_nor_sent_twice()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        Directory.Delete(host.Outbox, recursive: true);
        await File.WriteAllTextAsync(host.Outbox, "in the way", TestContext.Current.CancellationToken);
        await host.MoveTo("2026-10-28T09:20:00+01:00");
        Assert.Empty(await host.Sent(path));
        File.Delete(host.Outbox);
        Directory.CreateDirectory(host.Outbox);
        await host.MoveTo("2026-10-28T12:00:00+01:00");
        Assert.Equal(["2026-10-28 courtesy email"], await host.Sent(path));
        Assert.Single(Directory.GetFiles(host.Outbox));
    }
}
