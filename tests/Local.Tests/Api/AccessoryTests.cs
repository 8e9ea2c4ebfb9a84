using System.Text;
using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>What is demanded beside the principal, as creditors and debtors see it.</summary>
public sealed class AccessoryTests
{
    [Fact]
    public async Task The_formal_notice_demands_the_total_and_the_case_remembers_it()
    {
        await using var host = await TestHost.Run();
        var path = await Noticed(host);
        var accessories = (await host.Get(path)).Json["accessories"]!;
        Assert.Equal("2026-11-30 11.98 0.00 40.00 0.00 51.98 owed", Told(accessories));
        var email = await host.Get($"{path}/messages/formal-notice/email/1");
        Assert.Contains("1\u202F251,98\u00A0€", email.Json["body"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("EUR1251.98", email.Json["paymentCode"]!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("1\u202F251,98", (await host.Get($"{path}/messages/second/email/1")).Json["body"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_letter_is_kept_as_it_was_printed()
    {
        await using var host = await TestHost.Run();
        var path = await Noticed(host);
        var letter = await host.Get($"{path}/messages/formal-notice/letter/1");
        using var http = new HttpClient { DefaultRequestHeaders = { { "Authorization", $"Bearer {TestHost.Key}" } } };
        using var pdf = await http.GetAsync(new Uri(host.Address, $"{path}/messages/formal-notice/letter/1?format=pdf"));
        var bytes = await pdf.Content.ReadAsByteArrayAsync();
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);
        Assert.Equal((int)letter.Json["pdfBytes"]!, bytes.Length);
        Assert.Equal("%PDF-1.7", Encoding.ASCII.GetString(bytes, 0, 8));
        Assert.Equal(404, (await host.Get($"{path}/messages/formal-notice/email/1?format=pdf")).Status);
        Assert.Equal(404, (await host.Get($"{path}/messages/formal-notice/letter/1?format=docx")).Status);
    }

    [Fact]
    public async Task The_principal_paid_asks_the_creditor_and_what_comes_on_top_pays_them()
    {
        await using var host = await TestHost.Run();
        var path = await Noticed(host);
        await host.Post($"{path}/payments", new { id = "p1", amount = 1230.00m, date = "2026-12-02" });
        var paid = await host.Get(path);
        Assert.Equal(("paid", "0.00"), ((string?)paid["status"], paid.Json["overpaid"]!.ToString()));
        Assert.Equal("2026-11-30 11.98 11.98 40.00 18.02 21.98 owed", Told(paid.Json["accessories"]!));
        Assert.Equal("accessoriesOwed 21.98 EUR", string.Join(' ', paid.Json["tasks"]!.AsArray().Select(t => $"{t!["kind"]} {t["note"]}")));
        await host.Post($"{path}/payments", new { id = "p2", amount = 25.00m, date = "2026-12-03" });
        var settled = await host.Get(path);
        Assert.Equal(("paid", "3.02"), ((string?)settled.Json["accessories"]!["standing"], settled.Json["overpaid"]!.ToString()));
        Assert.Empty(settled.Json["tasks"]!.AsArray());
    }

    [Fact]
    public async Task A_policy_may_agree_another_rate_but_none_under_the_floor()
    {
        await using var host = await TestHost.Run();
        var low = await host.Send("PUT", "/api/policies/agreed?creditor=demo", Agreed(5m));
        Assert.Equal((422, "accessories.contractualRate"), (low.Status, low.Fields.Single()));
        Assert.Contains("7.86 %", low.Text, StringComparison.Ordinal);
        Assert.Equal(201, (await host.Send("PUT", "/api/policies/agreed?creditor=demo", Agreed(15m))).Status);
        var path = await host.Register(i => i["policy"] = "agreed");
        await host.MoveTo("2026-12-02T10:00:00+01:00");
        // Thirty days at 15 %.
        Assert.Equal("14.79", (await host.Get(path)).Json["accessories"]!["interest"]!.ToString());
    }

    [Fact]
    public async Task An_assigned_invoice_is_paid_to_its_payee_everywhere()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => i["payee"] = JsonNode.Parse("""{ "name": "Affacturage du Rhône", "iban": "BE68 5390 0754 7034" }"""));
        await host.MoveTo("2026-12-02T10:00:00+01:00");
        foreach (var step in new[] { "first", "second", "formal-notice" })
        {
            var message = await host.Get($"{path}/messages/{step}/email/1");
            Assert.Contains("BE68 5390 0754 7034", message.Json["body"]!.ToString(), StringComparison.Ordinal);
            Assert.Contains("Affacturage du Rhône\nBE68539007547034", message.Json["paymentCode"]!.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("FR76", message.Json["body"]!.ToString(), StringComparison.Ordinal);
        }
        var wrong = await host.Post("/api/invoices", JsonNode.Parse("""{ "creditor": "demo", "number": "X", "issueDate": "2026-09-30", "dueDate": "2026-10-31", "amount": 1, "currency": "EUR", "payee": { "iban": "FR00" }, "debtor": { "name": "M", "kind": "business", "country": "FR" } }"""));
        Assert.Equal(["payee.iban", "payee.name"], wrong.Fields.Order(StringComparer.Ordinal));
    }

    private static async Task<string> Noticed(TestHost host)
    {
        var path = await host.Register(i => i["debtor"]!["address"] = JsonNode.Parse("""{ "line1": "12 rue des Lilas", "postalCode": "69003", "city": "Lyon" }"""));
        await host.MoveTo("2026-12-01T10:00:00+01:00");
        return path;
    }

    private static string Told(JsonNode a) =>
        $"{a["claimedOn"]} {a["interest"]} {a["interestPaid"]} {a["indemnity"]} {a["indemnityPaid"]} {a["owed"]} {a["standing"]}";

    private static JsonNode Agreed(decimal rate) => JsonNode.Parse($$"""
        { "name": "agreed", "regime": "fr-b2b", "timeZone": "Europe/Paris", "calendar": "FR", "sendAt": "09:00", "sendWindow": ["08:30", "18:00"],
          "accessories": { "contractualRate": {{rate}} },
          "steps": [ { "id": "first", "offset": 7, "channels": ["email"], "template": "first-reminder" },
                     { "id": "formal-notice", "offset": 30, "channels": ["email"], "template": "formal-notice", "deadlineDays": 8 } ] }
        """)!;
}
