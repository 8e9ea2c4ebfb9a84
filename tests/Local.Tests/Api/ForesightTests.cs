namespace Dunning.Local.Tests.Api;

/// <summary>What an act would do, asked of the API with dryRun=true.</summary>
public sealed class ForesightTests
{
    public static TheoryData<string, string> Acts => new()
    {
        { "payments", """{"amount":1200,"date":"2026-11-10"}""" },
        { "payments", """{"amount":200,"date":"2026-11-10"}""" },
        { "promises", """{"date":"2026-11-20"}""" },
        { "disputes", """{"kind":"commercial"}""" },
        { "hold", """{"reason":"r","until":"2026-12-01"}""" },
        { "write-off", """{"reason":"r"}""" },
        { "due-date", """{"dueDate":"2026-12-31"}""" },
        { "amend", """{"amount":900,"reason":"r"}""" },
        { "policy", """{"policy":"fr-b2b-fast"}""" },
        { "plans", """{"instalments":[{"date":"2026-12-01","amount":600},{"date":"2027-01-01","amount":600}]}""" },
        { "credit-notes", """{"amount":1200,"date":"2026-11-10"}""" },
        { "steps/second/send-now", "{}" },
        { "steps/second/reject", "{}" },
    };

    [Theory, MemberData(nameof(Acts))]
    public async Task What_is_foreseen_is_what_then_happens_and_nothing_happens_before(string act, string body)
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-10T12:00:00+01:00");
        var before = await host.Get(path);
        var foreseen = await host.Post($"{path}/{act}?dryRun=true", body, TestHost.Key, ("Idempotency-Key", "k1"));
        Assert.Equal(200, foreseen.Status);
        Assert.Equal(before.Text, (await host.Get(path)).Text);
        Assert.Equal(before.Etag, foreseen["etag"]);
        // The key of a foresight was not used up.
        Assert.Equal(202, (await host.Post($"{path}/{act}", body, TestHost.Key, ("If-Match", foreseen["etag"]), ("Idempotency-Key", "k1"))).Status);
        await host.MoveTo("2026-11-10T12:00:00+01:00");
        var after = await host.Get(path);
        Assert.Equal($"{foreseen["after.status"]} {foreseen["after.balance"]}", $"{after["status"]} {after["balance"]}");
        if (foreseen.Json["leavesNow"]!.AsArray().Count == 0)
            Assert.Equal(foreseen["after.next"], after["next"]);
        var left = after.Timeline("message").Select(m => (string)m["key"]!).Except(before.Timeline("message").Select(m => (string)m["key"]!));
        Assert.Equal(foreseen.Json["leavesNow"]!.AsArray().Select(m => (string)m!["key"]!).Order(), left.Order());
        Assert.Equal(after.Json["tasks"]!.AsArray().Select(t => (string)t!["kind"]!).Order(), foreseen.Json["tasksOpened"]!.AsArray().Select(t => (string)t!["kind"]!).Order());
    }

    [Fact]
    public async Task What_a_rule_forbids_is_refused_in_a_foresight_too_and_where_there_is_none_nothing_is_done()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        Assert.Equal(422, (await host.Post($"{path}/promises?dryRun=true", new { date = "2026-01-01" })).Status);
        Assert.Equal("notHeld", (await host.Post($"{path}/release?dryRun=true")).Code);
        Assert.Equal(400, (await host.Post($"{path}/hold?dryRun=perhaps", new { reason = "r" })).Status);
        Assert.Equal(400, (await host.Post("/api/invoices?dryRun=true", host.Invoice())).Status);
        Assert.Single((await host.Get("/api/invoices")).Json["items"]!.AsArray());
        Assert.Equal("scheduled", (await host.Get(path))["status"]);
    }

    [Fact]
    public async Task A_promise_that_a_dispute_voids_is_told()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.Post($"{path}/promises", new { date = "2026-10-20" });
        var foreseen = await host.Post($"{path}/disputes?dryRun=true", new { kind = "commercial" });
        Assert.Equal("promise", (string?)foreseen.Json["silencesEnded"]![0]!["kind"]);
        Assert.Equal("dispute", (string?)foreseen.Json["silencesBegun"]![0]!["kind"]);
    }
}
