using System.Reflection;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Local.Tests.Api;
using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Dunning.Service.Json;
using Dunning.Service.Lifecycle;
using Dunning.Service.Receipts;
using Dunning.Service.Register;
using Dunning.Service.Replies;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Folding;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Audit;

/// <summary>Erasing one debtor loses no money, no task and no word of anybody else.</summary>
public sealed class ErasureCareTests
{
    private const string Phone = "+33699887766";

    [Theory]
    [InlineData(DeliveryOutcome.Failed)]
    [InlineData(DeliveryOutcome.PayoutFailed)]
    public async Task A_delivery_a_person_may_have_tried_again_keeps_what_it_says(DeliveryOutcome outcome)
    {
        await using var host = await TestHost.Run(o => o with { Retention = "webhooks=90" });
        await Paid(host, "zef", "Martin");
        var inbox = host.Services.GetRequiredService<Registry>().WebhookEvents;
        WebhookEvent delivery = new("demo", "stripe", "evt_1", TestHost.Start, "f00d", "{\"name\":\"Martin\"}") { Outcome = outcome, ProcessedAt = TestHost.Start };
        await inbox.Put(delivery.Id, WebhookInbox.Name(outcome), delivery, 0, null, default);
        await host.MoveTo("2026-10-03T10:00:00+02:00");
        Assert.Equal(200, (await host.Post("/api/debtors/zef/erase")).Status);
        Assert.Equal(delivery.Body, (await inbox.Get(delivery.Id, default))!.Value.Body);
        await host.MoveTo("2027-02-15T09:00:00+01:00");
        await host.Services.GetRequiredService<Retention>().Run(default);
        Assert.Equal(delivery.Body, (await inbox.Get(delivery.Id, default))!.Value.Body);
    }

    [Fact]
    public async Task A_conversation_whose_last_message_is_of_an_open_case_stays()
    {
        await using var host = await TestHost.Run();
        string[] paths = [await Owed(host, "zef", "Martin"), await Owed(host, "ana", "Legrand")];
        await host.MoveTo("2026-11-16T12:00:00+01:00");
        await host.Post($"{paths[0]}/payments", new { id = "paid", amount = 1200m });
        await host.MoveTo("2026-11-17T12:00:00+01:00");
        var documents = host.Services.GetRequiredService<Registry>().Documents;
        var kept = await documents.Get("sms-conversation", $"demo/{Phone}", default);
        var json = JsonSerializer.Serialize(new { Message = $"{paths[1].Split('/')[^1]}/first/sms/1", At = TestHost.Start });
        Assert.True(await documents.Put(new("sms-conversation", $"demo/{Phone}", "demo", json, kept!.Version), null, default));
        Assert.Equal(200, (await host.Post("/api/debtors/zef/erase")).Status);
        Assert.Equal(json, (await documents.Get("sms-conversation", $"demo/{Phone}", default))?.Json);
    }

    [Fact]
    public async Task A_case_that_is_open_is_not_erased_whoever_asks()
    {
        await using var host = await TestHost.Run();
        var path = await Owed(host, "zef", "Martin");
        var seen = Assert.Single((await host.Services.GetRequiredService<ICaseLists>().Cases(new() { Creditors = ["demo"], Limit = 9 }, default)).Items);
        Assert.False(await host.Services.GetRequiredService<CaseErasure>().Erase(seen, PersonalKinds.All, default));
        Assert.Equal("Martin", (await host.Get(path))["debtor.name"]);
    }

    [Fact]
    public async Task What_stands_under_a_case_or_one_of_its_replies_goes_with_it()
    {
        await using var host = await TestHost.Run();
        var path = await Owed(host, "zef", "Martin");
        var (documents, id) = (host.Services.GetRequiredService<Registry>().Documents, path.Split('/')[^1]);
        Assert.Equal(202, (await host.Post($"{path}/replies", new { id = "r1", channel = "email", text = "Je paie." })).Status);
        var log = JsonSerializer.Serialize(new LifecycleLog([new("s1", 210, TestHost.Start) { Reason = "Martin refuse" }]), DomainJson.Options);
        foreach (var kept in (Document[])[new("mail", "demo/r1", "demo", "{\"eml\":\"TWFydGlu\"}", 0), new("lifecycle", id, null, log, 0), new("set-aside", $"{id}/1", id, "{\"event\":\"Martin\"}", 0)])
            Assert.True(await documents.Put(kept, null, default));
        Assert.Equal(202, (await host.Post($"{path}/payments", new { id = "paid", amount = 1200m })).Status);
        await host.MoveTo("2026-10-03T10:00:00+02:00");
        var export = await host.Get("/api/debtors/zef/export");
        Assert.Equal(["lifecycle", "mail", "set-aside"], export.Json["documents"]!.AsArray().Select(d => (string)d!["kind"]!).Order(StringComparer.Ordinal));
        Assert.Equal(200, (await host.Post("/api/debtors/zef/erase")).Status);
        Assert.Null(await documents.Get("mail", "demo/r1", default));
        Assert.Empty(await documents.List("set-aside", id, null, 9, default));
        Assert.Contains(PersonalData.Mark, (await documents.Get("lifecycle", id, default))!.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_only_called_alike_is_left_alone()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var path = await Paid(host, "zef", "Martin");
        var (registry, id, now) = (host.Services.GetRequiredService<Registry>(), path.Split('/')[^1], TestHost.Start);
        Unmatched money = new("demo", "bank", "m1", null, new(2026, 10, 1)) { PayerName = "SARL Martinez", Reference = "VIR MARTINEZ" };
        await registry.Unmatched.Put(money.Id, "demo", money, 0, null, default);
        var own = money with { FactId = "m2", PayerName = "Martin", Reference = "VIR" };
        await registry.Unmatched.Put(own.Id, "demo", own, 0, null, default);
        ProviderPayment waits = new("demo", "stripe", "pi_1") { PayerName = "Martin", Queued = true };
        await registry.ProviderPayments.Put("demo/stripe/pi_1", "demo", waits, 0, null, default);
        foreach (var (nth, body) in new[] { "{\"name\":\"SARL Martinez\"}", "{\"line2\":\"Bât. A\"}", "{\"payer\":{\"name\":\"MARTIN\"}}", $"{{\"description\":\"Facture {id}\"}}" }.Index())
            await registry.WebhookEvents.Put($"demo/stripe/evt_{nth}", "applied", new($"demo", "stripe", $"evt_{nth}", now, "f00d", body) { Outcome = DeliveryOutcome.Applied, ProcessedAt = now }, 0, null, default);
        // Another creditor's people were written to by somebody of the same name.
        UnmatchedReply theirs = new("other", "mail:9", "email", "Martin", "Bonjour", now), ours = theirs with { Creditor = "demo", FactId = "mail:8" }, others = ours with { FactId = "mail:7", From = "SARL Martinez" };
        foreach (var reply in (UnmatchedReply[])[theirs, ours, others])
            await registry.UnmatchedReplies.Put(reply.Id, null, reply, 0, null, default);
        string[] answers = ["{\"creditor\":\"other\",\"name\":\"Martin\"}", "{\"creditor\":\"demo\",\"name\":\"SARL Martinez\"}", "{\"creditor\":\"demo\",\"debtor\":{\"name\":\"Martin\"}}", $"{{\"caseId\":\"{id}\",\"text\":\"x\"}}"];
        foreach (var (nth, answer) in answers.Index())
            await registry.Documents.Keep(new("k POST /api/x", $"{nth}", "f", 200, answer, now), default);
        await host.MoveTo("2026-10-03T10:00:00+02:00");
        Assert.Equal(200, (await host.Post("/api/debtors/zef/erase")).Status);

        Assert.Equal((money.PayerName, money.Reference), ((await registry.Unmatched.Get(money.Id, default))!.Value.PayerName, (await registry.Unmatched.Get(money.Id, default))!.Value.Reference));
        Assert.Equal("Martin", (await registry.Unmatched.Get(own.Id, default))!.Value.PayerName);
        Assert.Equal("Martin", (await registry.ProviderPayments.Get("demo/stripe/pi_1", default))!.Value.PayerName);
        var senders = new List<string>();
        foreach (var reply in (UnmatchedReply[])[theirs, ours, others])
            senders.Add((await registry.UnmatchedReplies.Get(reply.Id, default))!.Value.From);
        Assert.Equal(["Martin", PersonalData.Mark, "SARL Martinez"], senders);
        var bodies = new List<string>();
        foreach (var nth in Enumerable.Range(0, 4))
            bodies.Add((await registry.WebhookEvents.Get($"demo/stripe/evt_{nth}", default))!.Value.Body);
        Assert.Equal(["{\"name\":\"SARL Martinez\"}", "{\"line2\":\"Bât. A\"}", "", ""], bodies);
        var left = new List<string>();
        foreach (var nth in Enumerable.Range(0, 4))
            left.Add((await registry.Documents.FindReceipt("k POST /api/x", $"{nth}", default))!.Body);
        Assert.Equal([answers[0], answers[1], "{}", "{}"], left);
    }

    [Fact]
    public async Task Money_a_person_settled_goes_with_the_case_it_was_for()
    {
        await using var host = await TestHost.Run();
        var path = await Paid(host, "zef", "Martin");
        var (registry, id) = (host.Services.GetRequiredService<Registry>(), path.Split('/')[^1]);
        Unmatched money = new("demo", "bank", "m1", null, new(2026, 10, 1)) { PayerName = "Tante Odile", AssignedTo = id };
        var dropped = money with { FactId = "m2", PayerName = "martin", AssignedTo = null, IsDiscarded = true };
        var others = money with { FactId = "m3", PayerName = "Martin", AssignedTo = "somebody-else" };
        foreach (var m in (Unmatched[])[money, dropped, others])
            await registry.Unmatched.Put(m.Id, null, m, 0, null, default);
        await host.MoveTo("2026-10-03T10:00:00+02:00");
        Assert.Equal(200, (await host.Post("/api/debtors/zef/erase")).Status);
        Assert.Null((await registry.Unmatched.Get(money.Id, default))!.Value.PayerName);
        Assert.Null((await registry.Unmatched.Get(dropped.Id, default))!.Value.PayerName);
        Assert.Equal("Martin", (await registry.Unmatched.Get(others.Id, default))!.Value.PayerName);
    }

    [Fact]
    public async Task The_tasks_of_an_erased_case_stay_listed_whatever_is_cut_short()
    {
        await using var host = await TestHost.Run();
        var path = await Owed(host, "zef", "Martin");
        var id = path.Split('/')[^1];
        var dollars = new CaseEvent.PaymentReceived(Money.Of(100m, Currency.Parse("USD")), new(2026, 10, 1), "bank") { Id = "usd" };
        await host.Services.GetRequiredService<ICaseStore>().Append([new(id, "demo", dollars, TestHost.Start, "someone")], default);
        Assert.Equal(202, (await host.Post($"{path}/payments", new { id = "paid", amount = 1200m })).Status);
        await host.MoveTo("2026-10-03T10:00:00+02:00");
        var before = await Tasks(host, id);
        Assert.NotEmpty(before);
        var lists = host.Services.GetRequiredService<ICaseLists>();
        var seen = await lists.OfDebtor("demo", "zef", default).SingleAsync();
        var store = DispatchProxy.Create<ICaseStore, CommitsOnce>();
        ((CommitsOnce)store).Inner = host.Services.GetRequiredService<ICaseStore>();
        _ = await Record.ExceptionAsync(() => ActivatorUtilities.CreateInstance<CaseErasure>(host.Services, store).Erase(seen, PersonalKinds.All, default));
        Assert.True(await host.Services.GetRequiredService<CaseErasure>().Erase(seen, PersonalKinds.All, default));
        Assert.Equal(PersonalData.Mark, (await host.Get(path))["debtor.name"]);
        Assert.Equal(before, await Tasks(host, id));
    }

    [Fact]
    public async Task A_reversal_nobody_read_yet_is_found_before_anything_is_erased()
    {
        await using var host = await TestHost.Run();
        var path = await Paid(host, "zef", "Martin");
        var (registry, id) = (host.Services.GetRequiredService<Registry>(), path.Split('/')[^1]);
        await host.MoveTo("2026-10-03T10:00:00+02:00");
        WebhookEvent delivery = new("demo", "stripe", "evt_1", TestHost.Start, "f00d", "{\"name\":\"Martin\"}") { Outcome = DeliveryOutcome.Applied, ProcessedAt = TestHost.Start };
        await registry.WebhookEvents.Put(delivery.Id, "applied", delivery, 0, null, default);
        await host.Services.GetRequiredService<ICaseStore>().Append([new(id, "demo", new CaseEvent.PaymentReversed("paid") { Id = "back" }, TestHost.Start.AddDays(2), "bank")], default);
        var refused = await host.Post("/api/debtors/zef/erase");
        Assert.Equal((409, "stillClaimed"), (refused.Status, refused.Code));
        Assert.Equal(delivery.Body, (await registry.WebhookEvents.Get(delivery.Id, default))!.Value.Body);
        Assert.Empty((await host.Get("/api/audit?kind=eraseDebtor")).Json["items"]!.AsArray());
        Assert.Equal("Martin", (await host.Get(path))["debtor.name"]);
    }

    [Fact]
    public async Task The_record_does_not_say_that_a_debtor_was_erased_when_it_failed()
    {
        await using var host = await TestHost.Run();
        var path = await Paid(host, "zef", "Martin");
        await host.MoveTo("2026-10-03T10:00:00+02:00");
        var documents = host.Services.GetRequiredService<Registry>().Documents;
        Assert.True(await documents.Put(new("payer", "demo/FR76", "demo", "[]", 0), null, default));
        Assert.Equal(500, (await host.Post("/api/debtors/zef/erase")).Status);
        Assert.Equal(["eraseDebtorFailed JsonException", "eraseDebtor "], await Said());
        Assert.Equal("Martin", (await host.Get(path))["debtor.name"]);
        Assert.True(await documents.Put(new("payer", "demo/FR76", "demo", "{}", 1), null, default));
        Assert.Equal(200, (await host.Post("/api/debtors/zef/erase")).Status);
        Assert.Equal(["eraseDebtor ", "eraseDebtorFailed JsonException", "eraseDebtor "], await Said());
        Assert.Equal(PersonalData.Mark, (await host.Get(path))["debtor.name"]);

        async Task<string[]> Said() => [.. (await host.Get("/api/audit?debtor=zef")).Json["items"]!.AsArray().Select(i => ((string)i!["what"]!, (string?)i["why"])).Where(i => i.Item1.StartsWith("erase", StringComparison.Ordinal)).Select(i => $"{i.Item1} {i.Item2}")];
    }

    [Fact]
    public async Task Visits_acts_on_many_cases_and_notices_do_not_stay_for_ever()
    {
        await using var host = await TestHost.Run();
        var (registry, real, start) = (host.Services.GetRequiredService<Registry>(), TimeProvider.System.GetUtcNow(), TestHost.Start);
        await registry.ConsoleSessions.Put("gone", "k", new("k", real.AddHours(-25)), 0, null, default);
        await registry.ConsoleSessions.Put("fresh", "k", new("k", real.AddHours(-23)), 0, null, default);
        foreach (var (id, at, applied) in new[] { ("shown", start, (DateTimeOffset?)null), ("applied", start, start.AddDays(1)), ("late", start, start.AddDays(60)), ("new", start.AddDays(60), null) })
            await registry.BulkActs.Put(id, null, new BulkAct(id, "k", "hold", "why", at, ["c"]) { StartedAt = applied }, 0, null, default);
        await registry.Notices.Put("demo/2026-10-01", "demo", new("demo", new(2026, 10, 1), "sent", start), 0, null, default);
        await registry.Notices.Put("demo/2026-12-01", "demo", new("demo", new(2026, 12, 1), "sent", start.AddDays(61)), 0, null, default);
        await host.MoveTo("2027-01-10T10:00:00+01:00");
        await host.Services.GetRequiredService<Retention>().Run(default);
        Assert.Equal(["fresh"], await Ids("console-session"));
        Assert.Equal(["late", "new"], await Ids("bulk-act"));
        Assert.Equal(["demo/2026-12-01"], await Ids("notice"));

        async Task<string[]> Ids(string kind) => [.. (await registry.Documents.List(kind, null, null, 100, default)).Select(d => d.Id)];
    }

    private static async Task<string[]> Tasks(TestHost host, string id) =>
        [.. (await host.Get($"/api/tasks?case={id}")).Json["items"]!.AsArray().Select(t => $"{t!["task"]!["kind"]} {t["task"]!["id"]}")];

    private static Task<string> Owed(TestHost host, string debtor, string name) => host.Register(i =>
    {
        var party = i["debtor"]!;
        (party["id"], party["name"], party["email"], party["phone"]) = (debtor, name, $"{debtor}@example.org", Phone);
        party["address"] = new System.Text.Json.Nodes.JsonObject { ["line1"] = "3 rue Haute", ["line2"] = "Bât. A", ["postalCode"] = "69003", ["city"] = "Lyon" };
    });

    private static async Task<string> Paid(TestHost host, string debtor, string name)
    {
        var path = await Owed(host, debtor, name);
        Assert.Equal(202, (await host.Post($"{path}/payments", new { id = "paid", amount = 1200m })).Status);
        return path;
    }
}

/// <summary>A store that goes away after its first commit.</summary>
public class CommitsOnce : DispatchProxy
{
    private int _commits;

    internal ICaseStore Inner { get; set; } = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(ICaseStore.Commit) && ++_commits > 1
        ? Task.FromException<bool>(new StoreUnavailable("It is gone."))
        : targetMethod.Invoke(Inner, args);
}
