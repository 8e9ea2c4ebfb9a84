using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>What e-invoicing platforms tell of an invoice: what each status does, in any order and however often.</summary>
public sealed class LifecycleTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("200", "recorded", "scheduled", "null")]
    [InlineData("205", "recorded", "scheduled", "null")]
    [InlineData("207", "disputed", "disputed", "dispute")]
    [InlineData("208", "suspended", "disputed", "dispute")]
    [InlineData("210", "disputed", "disputed", "dispute")]
    [InlineData("211", "awaited", "scheduled", "pendingPayment")]
    [InlineData("213", "held", "held", "hold")]
    public async Task Each_status_does_one_thing(string code, string effect, string status, string waitsFor)
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        var told = await Tell(host, path, "s1", code, reason: "Le numéro de commande manque.");
        Assert.Equal((202, effect, status), (told.Status, told["effect"], told["status"]));
        Assert.Equal(waitsFor, (await host.Get(path))["next.waitingFor"]);
    }

    [Fact]
    public async Task A_rejected_invoice_is_never_chased_and_somebody_is_told()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await Tell(host, path, "s1", "rejetée", reason: "SIREN inconnu");
        Assert.Equal("213 rejected (rejetée): SIREN inconnu", (string?)(await host.Task(path, "reply"))["note"]);
        // A later status of the same invoice does not undo it: a person does.
        await Tell(host, path, "s2", "205", at: "2026-10-01T09:59:00+02:00");
        await host.MoveTo("2027-03-01T10:00:00+01:00");
        Assert.Empty(await host.Sent(path));
        Assert.Equal("held", (await host.Get(path))["status"]);
    }

    [Fact]
    public async Task A_refusal_after_an_approval_counts_and_an_approval_after_a_refusal_too()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await Tell(host, path, "a", "205", at: At(1));
        await Tell(host, path, "b", "210", at: At(3));
        Assert.Equal("disputed", (await host.Get(path))["status"]);
        Assert.Equal("superseded", (await Tell(host, path, "c", "204", at: At(2)))["effect"]);
        Assert.Equal("superseded", (await Tell(host, path, "e", "210", at: At(2)))["effect"]);
        Assert.Equal("disputed", (await host.Get(path))["status"]);
        await Tell(host, path, "d", "205", at: At(4));
        Assert.Equal("scheduled", (await host.Get(path))["status"]);
    }

    [Fact]
    public async Task What_was_not_approved_is_disputed_and_the_rest_is_asked_for()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await Tell(host, path, "s1", "206", amount: 900m);
        Assert.Equal(("300.00", "scheduled"), ((await host.Get(path))["disputedAmount"], (await host.Get(path))["status"]));
        await host.MoveTo("2026-11-09T12:00:00+01:00");
        Assert.Contains("2026-11-09 first email", await host.Sent(path));
    }

    [Fact]
    public async Task A_suspended_invoice_waits_until_it_is_complete()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await Tell(host, path, "l", "207", at: At(1));
        await Tell(host, path, "s", "208", at: At(2));
        await Tell(host, path, "c", "209", at: At(3));
        // The other dispute is another matter.
        Assert.Equal("disputed", (await host.Get(path))["status"]);
        await Tell(host, path, "d", "205", at: At(4));
        Assert.Equal("scheduled", (await host.Get(path))["status"]);
    }

    [Fact]
    public async Task A_payment_that_was_announced_and_came_is_counted_once_and_awaited_no_more()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await Tell(host, path, "p", "211", at: At(1), amount: 500m, date: "2026-10-05");
        Assert.Equal("pendingPayment", (await host.Get(path))["next.waitingFor"]);
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal("paid", (await Tell(host, path, "c", "212", at: At(2), amount: 500m, date: "2026-10-01"))["effect"]);
        Assert.Equal(("700.00", "null"), ((await host.Get(path))["balance"], (await host.Get(path))["next.waitingFor"]));
    }

    [Fact]
    public async Task A_payment_announced_late_is_awaited_all_the_same()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-09T07:00:00+01:00");
        await Tell(host, path, "p", "211", at: At(1), amount: 1200m, date: "2026-10-05");
        await host.MoveTo("2026-11-09T20:00:00+01:00");
        Assert.DoesNotContain("2026-11-09 first email", await host.Sent(path));
        Assert.Equal("pendingPayment", (await host.Get(path))["next.waitingFor"]);
    }

    [Fact]
    public async Task The_same_money_told_by_the_bank_is_a_possible_duplicate()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await Tell(host, path, "c", "212", amount: 500m, date: "2026-10-01");
        await host.Post($"{path}/payments", new { id = "b", amount = 500m, date = "2026-10-02", source = "bank" });
        await host.Task(path, "possibleDuplicate");
        Assert.Equal("700.00", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task An_id_is_one_status_for_ever()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        var first = await Tell(host, path, "s1", "210");
        Assert.Equal(first.Text, (await Tell(host, path, "s1", "refused")).Text);
        Assert.Equal("statusKnown", (await Tell(host, path, "s1", "205")).Code);
        Assert.Equal(404, (await Tell(host, "/api/invoices/nobody", "s1", "205")).Status);
    }

    [Fact]
    public async Task Wrong_statuses_are_refused_with_all_that_is_wrong()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        var unknown = await Tell(host, path, "s1", "299");
        Assert.Equal(422, unknown.Status);
        Assert.Contains("210 refused (refusée)", unknown.Text, StringComparison.Ordinal);
        Assert.Equal(["id", "at", "status"], (await host.Post($"{path}/lifecycle")).Fields);
        Assert.Equal(["amount"], (await Tell(host, path, "s1", "212")).Fields);
        Assert.Equal(["amount"], (await Tell(host, path, "s1", "206")).Fields);
        Assert.Equal(["at"], (await Tell(host, path, "s1", "205", at: "2026-11-01T00:00:00+01:00")).Fields);
        Assert.Equal(["amount"], (await Tell(host, path, "s1", "212", amount: -1m)).Fields);
        Assert.Equal(202, (await host.Post($"{path}/lifecycle", new { id = "n", status = 205, at = At(1) })).Status);
    }

    [Fact]
    public async Task Any_order_and_any_duplication_ends_in_the_same_state()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DUNNING_LIFECYCLE_SEED"), out var given) ? given : Environment.TickCount;
        output.WriteLine($"DUNNING_LIFECYCLE_SEED={seed}");
        var random = new Random(seed);
        await using var host = await TestHost.Run();
        for (var round = 0; round < 12; round++)
        {
            var story = Enumerable.Range(0, 7).Select(i => (Id: $"s{i}", Code: random.Next(200, 213), At: At(random.Next(0, 40)), Amount: (decimal)random.Next(1, 150))).ToList();
            var ends = new List<string>();
            for (var order = 0; order < 4; order++)
            {
                var path = await host.Register(i => i["debtor"]!["id"] = $"{round}-{order}");
                var told = story.Concat(story.Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next()).ToList();
                var both = order == 3 ? await Task.WhenAll(told.Select(s => Tell(host, path, s.Id, $"{s.Code}", s.At, s.Amount))) : [];
                foreach (var (id, code, at, amount) in order == 3 ? [] : told)
                    Assert.Equal(202, (await Tell(host, path, id, $"{code}", at, amount)).Status);
                Assert.All(both, b => Assert.Equal(202, b.Status));
                var end = await host.Get(path);
                ends.Add($"{end["status"]} {end["balance"]} {end["disputedAmount"]} {end["next.waitingFor"]}");
            }
            Assert.True(ends.Distinct().Count() == 1, $"seed {seed} round {round}: {string.Join(", ", story)} -> {string.Join(" | ", ends)}");
        }
    }

    private static string At(int minute) => $"2026-10-01T08:{minute:00}:00+02:00";

    private static Task<Reply> Tell(TestHost host, string path, string id, string status, string at = "2026-10-01T09:00:00+02:00", decimal? amount = null, string? date = null, string? reason = null)
    {
        var body = new JsonObject { ["id"] = id, ["status"] = status, ["at"] = at };
        if (amount is { } sum)
            body["amount"] = sum;
        if (date is not null)
            body["date"] = date;
        if (reason is not null)
            body["reason"] = reason;
        return host.Post($"{path}/lifecycle", body);
    }
}
