using System.Text.Json.Nodes;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Console;

/// <summary>Whatever is done in the console stands on the record as if a key had done it.</summary>
public sealed class RecordTests
{
    [Fact]
    public async Task An_act_in_the_console_leaves_the_entry_a_key_would_leave()
    {
        await using var host = await TestHost.Run();
        await host.Register(i => i["debtor"]!["id"] = "d1");
        using var clerk = await Visitor.SignIn(host);
        await clerk.Get("/console/settings");
        await Alike(host, "putSending", () => host.Put("/api/sending", new { stopped = true, reason = "Prices" }), () => clerk.Send("/console/settings/sending", ("stopped", "true"), ("reason", "Prices"), ("confirm", "yes")));
        await Alike(host, "putCreditorSending", () => host.Put("/api/creditors/demo/sending", new { stopped = false }), () => clerk.Send("/console/settings/creditors/demo/sending", ("stopped", "false"), ("confirm", "yes")));
        await Alike(host, "putLedger", () => host.Put("/api/creditors/demo/ledger", new { asOf = "2026-09-01" }), () => clerk.Send("/console/settings/creditors/demo/ledger", ("asOf", "2026-09-02")));
        await Alike(host, "addKey", () => host.Post("/api/keys", new { name = "n", role = "read" }), () => clerk.Send("/console/settings/keys", ("name", "n"), ("role", "read")));
        await Alike(host, "holdDebtor", () => host.Post("/api/debtors/d1/hold?creditor=demo", new { reason = "Fair", until = "2026-10-20" }), async () =>
        {
            using var visitor = await Visitor.SignIn(host);
            await host.Post("/api/debtors/d1/release?creditor=demo");
            await host.MoveTo("2026-10-01T10:01:00+02:00");
            await visitor.Do(await visitor.Submit(await visitor.Get("/console/debtors/d1/acts/hold?creditor=demo"), ("reason", "Fair"), ("until", "2026-10-21")));
        });
        var text = (string)(await host.Get("/api/creditors/demo/texts/fr/first-reminder.email")).Json["text"]!;
        await Alike(host, "putText", () => host.Send("PUT", "/api/creditors/demo/texts/fr/first-reminder.email", text + "\nBien à vous.\n"), async () =>
        {
            using var visitor = await Visitor.SignIn(host, language: "fr");
            await visitor.Do(await visitor.Submit(await visitor.Get("/console/settings/texts/demo/fr/first-reminder.email"), ("text", text + "\nÀ bientôt.\n")), ("confirm", "yes"));
        });
        var all = (await host.Get("/api/audit?limit=500")).Json["items"]!.AsArray().Select(i => (string)i!["what"]!).ToList();
        Assert.DoesNotContain("consoleAct", all);
        Assert.Equal(2, all.Count(w => w == "holdDebtor"));
    }

    [Fact]
    public async Task What_is_only_shown_or_refused_leaves_nothing()
    {
        await using var host = await TestHost.Run();
        var before = (await host.Get("/api/audit")).Text;
        using var clerk = await Visitor.SignIn(host);
        await clerk.Get("/console/settings");
        await clerk.Send("/console/settings/sending", ("stopped", "true"));
        await clerk.Send("/console/settings/keys", ("name", ""), ("role", "king"));
        await clerk.Send("/console/settings/creditors/nobody/ledger", ("asOf", "2026-09-02"));
        Assert.Equal(before, (await host.Get("/api/audit")).Text);
    }

    private static async Task Alike(TestHost host, string act, Func<Task> byKey, Func<Task> inConsole)
    {
        await byKey();
        await inConsole();
        var entries = (await host.Get($"/api/audit?kind={act}")).Json["items"]!.AsArray().Select(i => Said(i!)).ToList();
        Assert.True(entries.Count == 2, $"{act}: {entries.Count}");
        Assert.Equal(entries[1], entries[0]);
    }

    private static string Said(JsonNode entry) => $"{entry["by"]} {entry["byName"]} {entry["what"]} {entry["creditor"]} {entry["subject"]} {entry["why"]}";
}
