using Dunning.Local.Tests.Api;
using Dunning.Service.Api;
using Dunning.Service.Audit;
using Dunning.Service.Console;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Audit;

/// <summary>Who did what, when and why.</summary>
public sealed class AuditTrailTests
{
    [Fact]
    public async Task Acts_on_cases_and_beside_them_are_listed_the_newest_first()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => i["debtor"]!["id"] = "martin");
        await host.Post($"{path}/hold", new { reason = "Key account" });
        await host.Put("/api/sending", new { stopped = true, reason = "Wrong price list" });
        await host.MoveTo("2026-10-01T11:00:00+02:00");
        var id = path.Split('/')[^1];
        var items = (await host.Get("/api/audit")).Json["items"]!.AsArray();
        Assert.Equal(["putSending Wrong price list ", $"held Key account {id}", $"registered  {id}"],
            items.Where(i => (string?)i!["what"] is "putSending" or "held" or "registered").Select(i => $"{i!["what"]} {i["why"]} {i["caseId"]}"));
        Assert.All(items, i => Assert.True((string?)i!["byName"] == "first key" || (string?)i["by"] == "engine", i!.ToJsonString()));
        Assert.Equal([$"held"], (await host.Get($"/api/audit?case={id}&kind=held")).Json["items"]!.AsArray().Select(i => (string?)i!["what"]));
        Assert.Contains("registered", (await host.Get("/api/audit?debtor=martin")).Text, StringComparison.Ordinal);
        Assert.Empty((await host.Get("/api/audit?actor=nobody")).Json["items"]!.AsArray());
        Assert.Empty((await host.Get("/api/audit?to=2026-09-30T00:00:00Z")).Json["items"]!.AsArray());
        Assert.Equal(404, (await host.Get("/api/audit?case=nobody")).Status);
        var early = await host.Get("/api/audit?from=2026-01-01T00:00:00Z");
        Assert.Equal((400, "from"), (early.Status, early.Fields.Single()));
        Assert.Equal((400, "cursor"), ((await host.Get("/api/audit?cursor=eHg")).Status, (await host.Get("/api/audit?cursor=eHg")).Fields.Single()));
    }

    [Fact]
    public async Task Pages_of_any_size_hold_every_entry_once()
    {
        await using var host = await TestHost.Run();
        foreach (var day in (string[])["02", "05", "06", "07"])
        {
            var path = await host.Register();
            await host.Post($"{path}/hold", new { reason = day });
            await host.Post($"{path}/release");
            await host.MoveTo($"2026-10-{day}T10:00:00+02:00");
            await host.Post($"{path}/due-date", new { dueDate = "2026-11-15" });
        }
        var all = await Pages(host, 500);
        Assert.InRange(all.Count, 16, 100);
        Assert.Equal(all.Count, all.Distinct().Count());
        foreach (var size in (int[])[1, 3, 7])
            Assert.Equal(all, await Pages(host, size));
    }

    [Fact]
    public async Task A_scoped_key_sees_its_own_creditor_alone()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var path = await host.Register();
        var theirs = await host.Register(i => i["creditor"] = "other");
        var seen = (await host.Get("/api/audit", await host.NewKey("operator", "other"))).Json["items"]!.AsArray();
        Assert.All(seen, i => Assert.Equal("other", (string?)i!["creditor"]));
        Assert.Contains(seen, i => theirs.EndsWith((string?)i!["caseId"] ?? "?", StringComparison.Ordinal));
        Assert.Contains(seen, i => (string?)i!["what"] == "putCreditor");
        Assert.Equal(404, (await host.Get($"/api/audit?case={path.Split('/')[^1]}", await host.NewKey("operator", "other"))).Status);
    }

    [Fact]
    public async Task A_request_told_again_leaves_one_entry()
    {
        await using var host = await TestHost.Run();
        for (var i = 0; i < 2; i++)
            Assert.Equal(201, (await host.Post("/api/keys", new { name = "n", role = "read" }, headers: [("Idempotency-Key", "k1")])).Status);
        Assert.Equal(400, (await host.Post("/api/keys", new { name = "n", role = "king" })).Status);
        Assert.Single((await host.Get("/api/audit?kind=addKey")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task What_was_only_tried_leaves_no_entry_and_no_receipt()
    {
        await using var host = await TestHost.Run();
        await host.Register();
        var policy = (await host.Get("/api/policies/fr-b2b-fast")).Json.AsObject();
        foreach (var name in (string[])["version", "creditor"])
            policy.Remove(name);
        policy["name"] = "own";
        var before = (await host.Get("/api/audit?kind=putPolicy")).Json["items"]!.AsArray().Count;
        Assert.Equal(200, (await host.Put("/api/policies/own?creditor=demo&dryRun=true", policy, headers: [("Idempotency-Key", "k1")])).Status);
        Assert.Equal(before, (await host.Get("/api/audit?kind=putPolicy")).Json["items"]!.AsArray().Count);
        Assert.Equal(404, (await host.Get("/api/policies/own?creditor=demo")).Status);
        Assert.Equal(201, (await host.Put("/api/policies/own?creditor=demo", policy, headers: [("Idempotency-Key", "k1")])).Status);
        Assert.Equal(200, (await host.Get("/api/policies/own?creditor=demo")).Status);
        Assert.Equal(before + 1, (await host.Get("/api/audit?kind=putPolicy")).Json["items"]!.AsArray().Count);
        Assert.Equal(["dryRun"], (await host.Put("/api/policies/own?creditor=demo&dryRun=perhaps", policy)).Fields);
    }

    [Fact]
    public async Task Who_made_or_revoked_the_link_to_a_debtors_page_is_on_record_and_the_link_is_not()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var path = await host.Register();
        var token = (await host.Post($"{path}/portal-link"))["url"].Split('/')[^1];
        await host.Post($"{path}/portal-link/revoke");
        foreach (var key in (string[])[TestHost.Key, await host.NewKey("operator", "demo")])
        {
            var audit = await host.Get($"/api/audit?case={path.Split('/')[^1]}", key);
            var acts = audit.Json["items"]!.AsArray().Where(i => ((string)i!["what"]!).Contains("ortalLink", StringComparison.Ordinal)).ToList();
            Assert.Equal(["revokePortalLinks demo", "makePortalLink demo"], acts.Select(i => $"{i!["what"]} {i["creditor"]}"));
            Assert.All(acts, i => Assert.Equal("first key", (string?)i!["byName"]));
            Assert.DoesNotContain(token, audit.Text, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("ortalLink", (await host.Get("/api/audit", await host.NewKey("operator", "other"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_operation_that_changes_something_is_on_a_record()
    {
        await using var host = await TestHost.Run();
        var operations = host.Services.GetRequiredService<Routes>().All.Concat(host.Services.GetRequiredService<Sites>().All).Where(o => o.Method != "GET").ToList();
        string[] beside =
        [
            "addKey", "addWebhookEndpoint", "applyBulk", "assignUnmatched", "assignUnmatchedReply", "deleteText", "deleteWebhookEndpoint", "endPolicySplit", "holdDebtor", "makePortalLink", "openInsolvency",
            "processInboundDelivery", "putCreditor", "putCreditorNotice", "putCreditorSending", "putLedger", "putPaymentSettings", "putPolicy", "putPolicySplit", "putRate", "putSending", "putText", "putWebhook",
            "putWebhookEndpoint", "releaseDebtor", "replayDeadDeliveries", "replayDelivery", "revokeKey", "revokePortalLinks", "rotateWebhookSecret", "seeToInboundDelivery", "testWebhookEndpoint",
        ];
        Assert.Equal(beside, operations.Where(AuditedActs.IsBeside).Select(o => o.Name).Order(StringComparer.Ordinal));
        Assert.Empty(AuditedActs.OnTheRecordOfCases.Concat(AuditedActs.WithoutEffect).Concat(AuditedActs.Pages).Except(operations.Select(o => o.Name)));
    }

    [Fact]
    public async Task A_foresight_and_a_page_leave_nothing_and_an_act_on_one_case_is_found_by_it()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => i["debtor"]!["id"] = "martin");
        Assert.Equal(200, (await host.Post("/api/debtors/martin/hold?creditor=demo&dryRun=true", new { reason = "Fair" })).Status);
        Assert.Empty((await host.Get("/api/audit?kind=holdDebtor")).Json["items"]!.AsArray());
        Assert.Equal(200, (await host.Post($"{path}/portal-link")).Status);
        Assert.Equal(200, (await host.Post($"{path}/portal-link/revoke")).Status);
        var id = path.Split('/')[^1];
        Assert.Equal([$"revokePortalLinks demo {path}/portal-link/revoke", $"makePortalLink demo {path}/portal-link"],
            (await host.Get($"/api/audit?case={id}")).Json["items"]!.AsArray().Where(i => ((string)i!["what"]!).Contains("Portal", StringComparison.Ordinal)).Select(i => $"{i!["what"]} {i["creditor"]} {i["subject"]}"));
        Assert.Empty((await host.Get("/api/audit?kind=makePortalLink&case=nobody")).Text.Split("makePortalLink")[1..]);
    }

    [Fact]
    public async Task Acts_on_one_thing_are_found_by_its_path_however_long_ago()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/demo/ledger", new { asOf = "2026-09-30" });
        await host.Put("/api/creditors/demo2", new { name = "Other" });
        await host.MoveTo("2027-02-01T10:00:00+01:00");
        Assert.Equal(["putLedger"], (await host.Get("/api/audit?subject=/api/creditors/demo")).Json["items"]!.AsArray().Select(i => (string?)i!["what"]).Where(w => w == "putLedger" || w == "putCreditor"));
        Assert.Single((await host.Get("/api/audit?kind=putLedger")).Json["items"]!.AsArray());
        Assert.Empty((await host.Get("/api/audit?kind=held&from=2027-01-15T00:00:00Z")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task Digests_are_listed_by_day()
    {
        await using var host = await TestHost.Run();
        await host.Register();
        var digests = host.Services.GetRequiredService<Digests>();
        await digests.Make(default);
        await host.MoveTo("2026-10-02T10:00:00+02:00");
        await digests.Make(default);
        var first = (await host.Get("/api/audit/digests?limit=1")).Json;
        var second = (await host.Get($"/api/audit/digests?limit=1&cursor={first["nextCursor"]}")).Json;
        Assert.Equal(("2026-10-01", "2026-10-02", (string?)first["items"]![0]!["hash"]), ((string?)first["items"]![0]!["date"], (string?)second["items"]![0]!["date"], (string?)second["items"]![0]!["previous"]));
        Assert.True(File.Exists(Path.Combine(host.Folder, "digests", "2026-10-02.json")));
        Assert.Null(second["nextCursor"]);
    }

    [Fact]
    public async Task What_nobody_did_is_looked_for_a_bounded_part_at_a_time_and_every_entry_is_found_once()
    {
        await using var host = await TestHost.Run();
        var lines = string.Join('\n', Enumerable.Range(1, 1150).Select(n =>
            $$"""{ "number": "A-{{n}}", "issueDate": "2026-09-20", "dueDate": "2026-10-31", "amount": 100, "currency": "EUR", "debtor": { "id": "d{{n}}", "name": "Martin", "kind": "business", "country": "FR" } }"""));
        var taken = await host.Send("POST", "/api/invoices/import?creditor=demo", lines, TestHost.Key, ("Content-Type", "application/x-ndjson"));
        Assert.Equal(200, taken.Status);
        await host.MoveTo("2026-10-01T11:00:00+02:00");
        var nobody = (await host.Get("/api/audit?kind=writtenOff")).Json;
        Assert.Empty(nobody["items"]!.AsArray());
        Assert.NotNull(nobody["nextCursor"]);
        Assert.Empty(await Pages(host, 500, "&kind=writtenOff"));
        var registered = await Pages(host, 400, "&kind=registered");
        Assert.Equal((1150, 1150), (registered.Count, registered.Distinct().Count()));
    }

    [Fact]
    public async Task Digests_count_every_creditors_cases_and_are_not_for_a_scoped_key()
    {
        await using var host = await TestHost.Run();
        Assert.Equal(403, (await host.Get("/api/audit/digests", await host.NewKey("operator", "demo"))).Status);
        Assert.Equal(200, (await host.Get("/api/audit/digests", await host.NewKey("operator"))).Status);
    }

    private static async Task<List<string>> Pages(TestHost host, int size, string filter = "")
    {
        var all = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await host.Get($"/api/audit?limit={size}{filter}{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}")).Json;
            all.AddRange(page["items"]!.AsArray().Select(i => $"{i!["at"]} {i["caseId"]} {i["seq"]} {i["what"]}"));
            cursor = (string?)page["nextCursor"];
        }
        return all;
    }
}
