using Dunning.Domain;
using Dunning.Local.Tests.Api;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Console;

/// <summary>One act on many cases: shown first, done once, each case on its own record.</summary>
public sealed class BulkTests
{
    [Fact]
    public async Task A_hold_on_chosen_cases_is_shown_first_and_done_when_it_is_confirmed()
    {
        await using var host = await TestHost.Run();
        var (first, second, held, paid) = (await host.Register(), await host.Register(), await host.Register(), await host.Register());
        await host.Post($"{held}/hold", new { reason = "Before", until = "2026-12-01" });
        await host.Post($"{paid}/payments", new { amount = 1200m });
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get("/console/cases");
        await visitor.Send("/console/cases/bulk", ("scope", "some"), ("case", Id(first)), ("case", Id(second)), ("case", Id(held)), ("case", Id(paid)), ("act", "hold"), ("reason", "Fair in Lyon"), ("until", "2026-12-01"));
        Assert.Equal((200, true), (visitor.Page.Status, visitor.Page.Words.Contains("Nothing is done yet.", StringComparison.Ordinal)));
        Assert.Contains("Confirm for 2", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("nothing is chased any more", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Contains("waits for the end of a hold, then ", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Equal("scheduled", (await host.Get(first))["status"]);

        var act = visitor.Page.Path;
        await visitor.Send(act);
        Assert.Equal("scheduled", (await host.Get(first))["status"]);
        await visitor.Send(act, ("confirm", "yes"));
        Assert.Contains("It is done.", visitor.Page.Words, StringComparison.Ordinal);
        await visitor.Send(act, ("confirm", "yes"));
        foreach (var path in (string[])[first, second])
        {
            var shown = await host.Get(path);
            Assert.Equal("held", shown["status"]);
            Assert.Equal("Fair in Lyon", (await Holds(host, path)).Single().Held.Reason);
        }
        var view = (await host.Get($"/api/bulk/{act.Split('/')[^1]}")).Json;
        Assert.Equal(("done", 2, 1, 1), ((string)view["state"]!, (int)view["changed"]!, (int)view["already"]!, (int)view["refusedCount"]!));
    }

    // It told, and died before it wrote down how far it had come.
    [Theory]
    [InlineData("hold")]
    [InlineData("policy")]
    public async Task An_act_that_was_cut_short_is_told_once_and_counted_as_done(string act)
    {
        await using var host = await TestHost.Run();
        string[] paths = [await host.Register(), await host.Register()];
        var acts = host.Services.GetRequiredService<Registry>().BulkActs;
        var id = (await host.Post("/api/bulk", new { act, reason = "Fair in Lyon", policy = act == "policy" ? "fr-b2b-fast" : null, cases = paths.Select(Id).ToArray() }))["id"];
        var before = (await acts.Get(id, default))!.Value;
        Assert.Equal("2", (await host.Post($"/api/bulk/{id}/apply"))["changed"]);
        Assert.True(await acts.Put(id, null, before, (await acts.Get(id, default))!.Version, null, default));
        Assert.Equal(("2", "0", "0"), (await host.Post($"/api/bulk/{id}/apply")) is var again ? (again["changed"], again["already"], again["refusedCount"]) : default);
        foreach (var path in paths)
            Assert.Single(await host.Services.GetRequiredService<ICaseLists>().Log(Id(path), 0, 100, default), e => e.Logged.Event is CaseEvent.Held or CaseEvent.PolicyMoved);
    }

    [Fact]
    public async Task An_act_on_nothing_is_refused_and_nothing_of_it_is_kept()
    {
        await using var host = await TestHost.Run();
        await host.Register();
        Assert.Equal((422, "cases"), (await host.Post("/api/bulk", new { act = "hold", reason = "Fair", cases = Array.Empty<string>() })) is var none ? (none.Status, none.Fields.Single()) : default);
        Assert.Equal((422, "filter"), (await host.Post("/api/bulk", new { act = "hold", reason = "Fair", filter = new { status = "insolvent" } })) is var nobody ? (nobody.Status, nobody.Fields.Single()) : default);
        using var visitor = await Visitor.SignIn(host, language: "fr");
        await visitor.Get("/console/cases");
        Assert.Equal(422, (await visitor.Send("/console/cases/bulk", ("scope", "some"), ("act", "hold"), ("reason", "Foire"))).Status);
        Assert.Contains("Aucun dossier n’est choisi.", visitor.Page.Words, StringComparison.Ordinal);
        Assert.Empty(await host.Services.GetRequiredService<Registry>().BulkActs.List(null, null, 10, default));
    }

    [Fact]
    public async Task All_that_match_are_moved_to_a_policy_or_say_why_not()
    {
        await using var host = await TestHost.Run();
        for (var i = 0; i < 3; i++)
            await host.Register();
        var consumer = await host.Register(i => (i["debtor"]!["kind"], i["policy"]) = ("consumer", "fr-b2c"));
        var reply = await host.Post("/api/bulk", new { act = "policy", policy = "fr-b2b-fast", filter = new { creditor = "demo", open = "true" }, reason = "Known bad payers" });
        Assert.Equal((200, "4", "3", "1"), (reply.Status, reply["total"], reply["changed"], reply["refusedCount"]));
        Assert.Contains("does not fit", reply.Text, StringComparison.Ordinal);
        Assert.Equal(3, reply.Json["sample"]!.AsArray().Count);
        var id = reply["id"];
        // Told at once from two places, it happens once.
        var both = await Task.WhenAll(host.Post($"/api/bulk/{id}/apply"), host.Post($"/api/bulk/{id}/apply"));
        Assert.All(both, b => Assert.Equal(200, b.Status));
        Assert.Equal("3", (await host.Get($"/api/bulk/{id}"))["changed"]);
        Assert.Equal("fr-b2c", (await host.Get(consumer))["policy.name"]);
        foreach (var item in (await host.Get("/api/invoices?policy=fr-b2b-fast")).Json["items"]!.AsArray())
            Assert.Single((await host.Get($"/api/invoices/{item!["id"]}")).Timeline("event"), e => (string?)e["type"] is "policyMoved" or "policy");
        var released = await host.Post("/api/bulk", new { act = "release", filter = new { creditor = "demo" }, reason = "Over" });
        Assert.Equal(("0", "4"), (released["changed"], released["already"]));
    }

    [Fact]
    public async Task What_is_asked_for_wrongly_is_told_with_every_fault()
    {
        await using var host = await TestHost.Run();
        await host.Register();
        Assert.Equal(["act", "cases", "reason"], (await host.Post("/api/bulk", new { act = "sell" })).Fields.Order());
        Assert.Equal(["filter.status"], (await host.Post("/api/bulk", new { act = "hold", reason = "x", filter = new { status = "odd" } })).Fields);
        Assert.Equal(["policy"], (await host.Post("/api/bulk", new { act = "policy", reason = "x", cases = new[] { "a" } })).Fields);
        Assert.Equal(["cases"], (await host.Post("/api/bulk", new { act = "hold", reason = "x", cases = Enumerable.Range(0, 5001).Select(i => $"c{i}") })).Fields);
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get("/console/cases");
        await visitor.Send("/console/cases/bulk", ("scope", "all"), ("act", "hold"), ("until", "2026-12-01"));
        Assert.Equal((422, true), (visitor.Page.Status, visitor.Page.Filled("until") == "2026-12-01"));
        await visitor.Send("/console/cases/bulk", ("scope", "some"), ("act", "hold"), ("reason", "x"));
        Assert.Contains("No case is chosen.", visitor.Page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_acts_without_the_role_the_token_or_the_sight()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var (reader, stranger) = (await host.NewKey("read", "demo"), await host.NewKey("operator", "other"));
        using var reading = await Visitor.SignIn(host, reader);
        await reading.Get("/console/cases");
        Assert.Null(reading.Page.Document.QuerySelector("#bulk"));
        await reading.Send("/console/cases/bulk", ("scope", "some"), ("case", Id(path)), ("act", "hold"), ("reason", "x"));
        Assert.Contains("This needs the role operator", reading.Page.Words, StringComparison.Ordinal);
        Assert.Equal(403, (await host.Post("/api/bulk", new { act = "hold", reason = "x", cases = new[] { Id(path) } }, reader)).Status);
        using var forged = await Visitor.SignIn(host);
        await forged.Post("/console/cases/bulk", ("scope", "some"), ("case", Id(path)), ("act", "hold"), ("reason", "x"));
        Assert.Equal(403, forged.Page.Status);
        var unseen = await host.Post("/api/bulk", new { act = "hold", reason = "x", cases = new[] { Id(path) } }, stranger);
        Assert.Equal(("0", "1"), (unseen["changed"], unseen["refusedCount"]));
        Assert.DoesNotContain("F-", unseen.Json["refused"]![0]!["number"]!.ToString(), StringComparison.Ordinal);
        var mine = await host.Post("/api/bulk", new { act = "hold", reason = "x", cases = new[] { Id(path) } });
        Assert.Equal(404, (await host.Post($"/api/bulk/{mine["id"]}/apply", new { }, stranger)).Status);
        Assert.Equal("scheduled", (await host.Get(path))["status"]);
    }

    /// <summary>The holds on the record of a case, with who asked for them.</summary>
    internal static async Task<IReadOnlyList<(string By, CaseEvent.Held Held)>> Holds(TestHost host, string path) =>
        [.. (await host.Services.GetRequiredService<ICaseLists>().Log(Id(path), 0, 100, default)).Where(e => e.Logged.Event is CaseEvent.Held).Select(e => (e.Logged.By, (CaseEvent.Held)e.Logged.Event))];

    internal static string Id(string path) => path.Split('/')[^1];

    [Fact]
    public async Task A_hold_that_lasts_longer_is_one_already_and_is_not_shortened()
    {
        await using var host = await TestHost.Run();
        var (open, longer, free) = (await host.Register(), await host.Register(), await host.Register());
        await host.Post($"{open}/hold", new { reason = "Court" });
        await host.Post($"{longer}/hold", new { reason = "Court", until = "2026-12-31" });
        var shown = await host.Post("/api/bulk", new { act = "hold", reason = "Fair", until = "2026-12-01", cases = new[] { Id(open), Id(longer), Id(free) } });
        Assert.Equal(("1", "2"), (shown["changed"], shown["already"]));
        // One that was free when it was shown may be held for longer when it is done.
        await host.Post($"{free}/hold", new { reason = "Court", until = "2027-01-31" });
        var done = await host.Post($"/api/bulk/{shown["id"]}/apply");
        Assert.Equal(("0", "3"), (done["changed"], done["already"]));
        foreach (var path in (string[])[open, longer, free])
            Assert.Equal("Court", Assert.Single(await Holds(host, path)).Held.Reason);
    }

    [Fact]
    public async Task A_policy_is_moved_to_in_the_version_that_was_shown()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        var policy = (await host.Get("/api/policies/fr-b2b-fast")).Json.AsObject();
        foreach (var name in (string[])["version", "creditor"])
            policy.Remove(name);
        policy["name"] = "own";
        Assert.Equal(201, (await host.Put("/api/policies/own?creditor=demo", policy)).Status);
        var shown = await host.Post("/api/bulk", new { act = "policy", policy = "own", reason = "Bad payers", cases = new[] { Id(path) } });
        Assert.Equal("1", shown["changed"]);
        policy["tolerance"] = 3.00m;
        Assert.Equal(201, (await host.Put("/api/policies/own?creditor=demo", policy)).Status);
        Assert.Equal("1", (await host.Post($"/api/bulk/{shown["id"]}/apply"))["changed"]);
        Assert.Equal(("own", "1"), ((await host.Get(path))["policy.name"], (await host.Get(path))["policy.version"]));
    }

    [Fact]
    public async Task What_was_shown_is_what_is_done()
    {
        await using var host = await TestHost.Run();
        var (first, second) = (await host.Register(), await host.Register());
        var shown = await host.Post("/api/bulk", new { act = "hold", reason = "Fair", until = "2026-12-01", cases = new[] { Id(first), Id(second) } });
        Assert.Equal("2", (await host.Post($"/api/bulk/{shown["id"]}/apply"))["changed"]);
        foreach (var path in (string[])[first, second])
            Assert.Equal(("Fair", new DateOnly(2026, 12, 1)), Assert.Single(await Holds(host, path)).Held is var held ? (held.Reason, held.Until!.Value) : default);
    }

    [Fact]
    public async Task A_preview_stays_as_it_was_shown_and_is_good_for_a_day()
    {
        await using var host = await TestHost.Run();
        var (first, second) = (await host.Register(), await host.Register());
        var shown = await host.Post("/api/bulk", new { act = "hold", reason = "Fair", until = "2026-12-01", cases = new[] { Id(first), Id(second) } });
        await host.Post($"{second}/hold", new { reason = "Court" });
        var again = await host.Get($"/api/bulk/{shown["id"]}");
        Assert.Equal(("previewed", "2", "0"), (again["state"], again["changed"], again["already"]));
        Assert.Equal(Id(first), (string?)Assert.Single(again.Json["sample"]!.AsArray())!["caseId"]);
        await host.MoveTo("2026-10-02T10:00:01+02:00");
        Assert.Equal("expired", (await host.Get($"/api/bulk/{shown["id"]}"))["state"]);
        var late = await host.Post($"/api/bulk/{shown["id"]}/apply");
        Assert.Equal((409, "previewExpired"), (late.Status, late.Code));
        Assert.Equal("scheduled", (await host.Get(first))["status"]);
        using var visitor = await Visitor.SignIn(host);
        await visitor.Get($"/console/cases/bulk/{shown["id"]}");
        Assert.Contains("choose the cases again", visitor.Page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Confirm for", visitor.Page.Words, StringComparison.Ordinal);
    }
}
