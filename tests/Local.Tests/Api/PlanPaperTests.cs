using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dunning.Service.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Api;

/// <summary>Plans in writing: the agreement, the e-mail that carries it, and its signature.</summary>
public sealed class PlanPaperTests
{
    private static readonly object Plan = new { id = "plan-1", instalments = new[] { new { date = "2026-12-15", amount = 500m }, new { date = "2027-01-15", amount = 700m } } };

    [Theory]
    [InlineData("fr", "RECONNAISSANCE DE DETTE|1 200,00 €|15 décembre 2026|500,00 €|15 janvier 2027|700,00 €|Pénalités de retard|7,99 €|40,00 €|1 247,99 €|article 2240 du Code civil|déchéance du terme|20 novembre 2026|Signature")]
    [InlineData("en", "ACKNOWLEDGEMENT OF DEBT|€1,200.00|15 December 2026|€500.00|15 January 2027|€700.00|Late-payment interest|€7.99|€40.00|€1,247.99|article 2240 of the French Civil Code|grace|20 November 2026|Signature")]
    [InlineData("nl", "SCHULDERKENNING|€ 1.200,00|15 december 2026|€ 500,00|15 januari 2027|€ 700,00|Verwijlinteresten|€ 7,99|€ 40,00|€ 1.247,99|artikel 2240 van het Franse|opeisbaar|20 november 2026|Handtekening")]
    [InlineData("de", "SCHULDANERKENNTNIS|1.200,00 €|15. Dezember 2026|500,00 €|15. Januar 2027|700,00 €|Verzugszinsen|7,99 €|40,00 €|1.247,99 €|Artikel 2240 des französischen|fällig|20. November 2026|Unterschrift")]
    public async Task The_agreement_says_what_was_agreed(string language, string said)
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => i["debtor"]!["language"] = language);
        await host.MoveTo("2026-11-20T10:00:00+01:00");
        await host.Post($"{path}/plans", Plan);
        var pdf = await host.Bytes($"{path}/plans/plan-1/document");
        var text = pdf.Words();
        foreach (var part in said.Split('|').Append("F-1").Append("Boulangerie Martin").Append("Moulins du Rhône").Append("FR76 3000"))
            Assert.True(text.Contains(part, StringComparison.Ordinal), $"no '{part}' in\n{text}");
        // What comes after does not change what was agreed.
        await host.Post($"{path}/payments", new { amount = 500m });
        await host.Post($"{path}/contact", new { name = "Another name" });
        Assert.Equal(pdf, await host.Bytes($"{path}/plans/plan-1/document"));
    }

    [Fact]
    public async Task A_plan_agreed_before_the_due_date_speaks_of_no_interest()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.Post($"{path}/plans", Plan);
        var text = (await host.Bytes($"{path}/plans/plan-1/document")).Words();
        Assert.DoesNotContain("Pénalités", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Indemnité", text, StringComparison.Ordinal);
        Assert.Contains("1 200,00 €", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Belgian_agreement_cites_no_French_article()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => i["debtor"]!["country"] = "BE");
        await host.Post($"{path}/plans", Plan);
        Assert.DoesNotContain("2240", (await host.Bytes($"{path}/plans/plan-1/document")).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_confirming_e_mail_carries_the_agreement_and_that_of_a_call_the_invoice()
    {
        await using var host = await TestHost.Run();
        Assert.InRange((await host.Put("/api/policies/confirming?creditor=demo", Confirming())).Status, 200, 201);
        var path = await host.Register(i => i["policy"] = "confirming");
        await host.Send("PUT", $"{path}/document", "%PDF-1.7 the invoice");
        await host.MoveTo("2026-11-20T10:00:00+01:00");
        await host.Post($"{path}/calls", new { outcome = "reached" });
        await host.MoveTo("2026-11-20T10:30:00+01:00");
        await host.Post($"{path}/plans", Plan);
        await host.MoveTo("2026-11-20T12:00:00+01:00");
        var pdf = await host.Bytes($"{path}/plans/plan-1/document");
        var store = host.Services.GetRequiredService<ICaseLists>();
        var mails = (await store.Messages(path["/api/invoices/".Length..], TestContext.Current.CancellationToken)).Where(m => m.Key.Step.StartsWith("confirm_", StringComparison.Ordinal)).ToDictionary(m => m.Key.Step.Split('_')[1]);
        Assert.Equal(("F-1-plan.pdf", pdf.Length, Convert.ToHexStringLower(SHA256.HashData(pdf))), mails["plan"].Enclosed is { } sent ? (sent.FileName, sent.Bytes, sent.Sha256) : default);
        Assert.Contains("en pièce jointe l’accord", mails["plan"].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("La facture est jointe", mails["plan"].Body, StringComparison.Ordinal);
        Assert.Equal("F-1.pdf", mails["call"].Enclosed!.FileName);
        // What really left, read by another program.
        var eml = Directory.GetFiles(host.Outbox, "*.eml").Select(File.ReadAllBytes).Single(m => System.Text.Encoding.ASCII.GetString(m).Contains("F-1-plan.pdf", StringComparison.Ordinal));
        var attached = Outside.Python("""
            import email, email.policy, hashlib, sys
            m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
            print([(a.get_filename(), a.get_content_type(), hashlib.sha256(a.get_content()).hexdigest()) for a in m.iter_attachments()])
            """, eml);
        Assert.Equal($"[('F-1-plan.pdf', 'application/pdf', '{mails["plan"].Enclosed!.Sha256}')]", attached.Trim());
    }

    [Fact]
    public async Task A_signature_is_kept_and_the_debt_may_lapse_later()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-20T10:00:00+01:00");
        await host.Post($"{path}/plans", Plan);
        var before = await host.Get(path);
        Assert.Equal("2031-09-30", before["limitationOn"]);
        object signed = new { id = "signed", date = "2026-11-18", by = "Jeanne Martin", evidence = "GED 12" };
        Assert.Equal(404, (await host.Post($"{path}/plans/nobody/accepted", signed)).Status);
        Assert.Equal(["date", "by"], (await host.Post($"{path}/plans/plan-1/accepted", new { })).Fields);
        Assert.Equal((422, "date"), (await host.Post($"{path}/plans/plan-1/accepted", new { date = "2026-11-21", by = "Jeanne Martin" })) is var early ? (early.Status, early.Fields.Single()) : default);
        Assert.Equal(202, (await host.Post($"{path}/plans/plan-1/accepted", signed)).Status);
        Assert.Equal(202, (await host.Post($"{path}/plans/plan-1/accepted", signed)).Status);
        Assert.Equal((409, "acceptedAlready"), (await host.Post($"{path}/plans/plan-1/accepted", new { date = "2026-11-19", by = "Jeanne Martin" })) is var twice ? (twice.Status, twice.Code) : default);
        var after = await host.Get(path);
        Assert.Equal(("2031-11-18", "onPlan", before["next"]), (after["limitationOn"], after["status"], after["next"]));
        Assert.Single(after.Timeline("event"), e => (string?)e["type"] == "planAccepted");
    }

    [Fact]
    public async Task Another_creditors_key_finds_no_plan()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var path = await host.Register();
        await host.Post($"{path}/plans", Plan);
        var other = await host.NewKey("operator", "other");
        Assert.Equal(404, (await host.Get($"{path}/plans/plan-1/document", other)).Status);
        Assert.Equal(404, (await host.Post($"{path}/plans/plan-1/accepted", new { date = "2026-10-01", by = "x" }, other)).Status);
        Assert.Equal(404, (await host.Get($"{path}/plans/plan-2/document")).Status);
    }

    [Fact]
    public async Task A_name_that_cannot_be_drawn_does_not_hold_the_e_mail_back()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/policies/confirming?creditor=demo", Confirming());
        var path = await host.Register(i => (i["policy"], i["debtor"]!["name"]) = ("confirming", "مخبز النور"));
        await host.MoveTo("2026-11-20T10:00:00+01:00");
        await host.Post($"{path}/plans", Plan);
        await host.MoveTo("2026-11-20T12:00:00+01:00");
        Assert.Equal(422, (await host.Get($"{path}/plans/plan-1/document")).Status);
        var sent = await host.Services.GetRequiredService<ICaseLists>().Messages(path["/api/invoices/".Length..], TestContext.Current.CancellationToken);
        Assert.Null(Assert.Single(sent, m => m.Key.Step.StartsWith("confirm_plan", StringComparison.Ordinal)).Enclosed);
    }

    private static JsonNode Confirming() => JsonNode.Parse("""
        { "name": "confirming", "regime": "fr-b2b", "timeZone": "Europe/Paris", "calendar": "FR", "sendAt": "09:00", "sendWindow": ["08:30", "18:00"], "minimumGapDays": 5,
          "confirmations": ["plan", "call"], "steps": [{ "id": "first", "offset": 7, "channels": ["email"], "template": "first-reminder" }] }
        """)!;
}
