using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>A mandated collector writes no letter without the mentions of R124-4 (CPCE).</summary>
public sealed class CollectorTests
{
    [Fact]
    public async Task A_letter_that_lacks_mentions_is_not_issued_and_a_person_is_told_which()
    {
        await using var host = await TestHost.Run();
        await Creditor(host, c =>
        {
            c["collector"]!.AsObject().Remove("address");
            c["address"] = null;
            c["iban"] = null;
        });
        var (path, notice) = await Noticed(host);
        Assert.Equal("refused", (string?)notice["status"]);
        var why = (string)notice["why"]!;
        Assert.Equal("The letter may not be issued without the mentions of CPCE R124-4: the collector's address; the creditor's address; a means of payment.", why);
        Assert.Empty(Directory.GetFiles(host.Outbox, "*.pdf"));
        var tasks = (await host.Get($"/api/tasks?case={path.Split('/')[^1]}")).Json["items"]!.AsArray();
        Assert.Contains(tasks, t => ((string?)t!["task"]!["note"])?.Contains("the collector's address", StringComparison.Ordinal) == true || ((string?)t["task"]!["subject"])?.EndsWith("formal-notice/letter/1", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task With_all_of_them_it_is_issued_and_says_them()
    {
        await using var host = await TestHost.Run();
        await Creditor(host, _ => { });
        var (path, notice) = await Noticed(host);
        Assert.Equal("accepted", (string?)notice["status"]);
        var text = (await host.Get($"{path}/messages/formal-notice/letter/1"))["body"];
        foreach (var mention in new[]
                 {
                     "Recouvrements Dupont, 3 rue de la Paix, 75002 Paris, exerce une activité de recouvrement amiable", "pour le compte de Moulins du Rhône, 14 quai des Minotiers, 69007 Lyon", "FR76 3000 6000 0112 3456 7890 189",
                     "Les frais de recouvrement entrepris sans titre exécutoire restent à la charge du créancier", "à la charge du débiteur de mauvaise foi.",
                 })
            Assert.Contains(mention, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_collects_is_shown_and_belongs_to_that_role_only()
    {
        await using var host = await TestHost.Run();
        await Creditor(host, c => c["collector"]!["mandateOf"] = new JsonObject { ["name"] = "Minoterie SA" });
        var view = await host.Get("/api/creditors/demo");
        Assert.Equal(("collector", "Recouvrements Dupont", "Minoterie SA"), (view["senderRole"], view["collector.name"], view["collector.mandateOf.name"]));
        var reply = await host.Put("/api/creditors/demo", new { name = "Moulins du Rhône", collector = new { name = "Recouvrements Dupont" } });
        Assert.Equal((400, "collector"), (reply.Status, reply.Fields.Single()));
        await host.Put("/api/creditors/demo", new { name = "Moulins du Rhône" });
        Assert.Equal("creditor", (await host.Get("/api/creditors/demo"))["senderRole"]);
    }

    private static async Task Creditor(TestHost host, Action<JsonObject> change)
    {
        var creditor = JsonNode.Parse("""
            { "name": "Moulins du Rhône", "email": "facturation@example.com", "country": "FR", "iban": "FR7630006000011234567890189",
              "address": { "line1": "14 quai des Minotiers", "postalCode": "69007", "city": "Lyon" }, "senderRole": "collector",
              "collector": { "name": "Recouvrements Dupont", "address": { "line1": "3 rue de la Paix", "postalCode": "75002", "city": "Paris" } } }
            """)!.AsObject();
        change(creditor);
        Assert.Equal(200, (await host.Put("/api/creditors/demo", creditor)).Status);
    }

    private static async Task<(string Path, JsonNode Letter)> Noticed(TestHost host)
    {
        var path = await host.Register();
        await host.MoveTo("2026-12-02T10:00:00+01:00");
        return (path, (await host.Get(path)).Json["steps"]!.AsArray().Single(s => (string?)s!["step"] == "formal-notice")!["messages"]!.AsArray().Single(m => (string?)m!["channel"] == "letter")!);
    }
}
