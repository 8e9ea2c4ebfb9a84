using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Api;

/// <summary>Interest and indemnity as numbered documents.</summary>
public sealed class DebitNoteTests
{
    [Fact]
    public async Task A_note_charges_interest_and_indemnity_and_its_paper_says_what_its_data_say()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        var issued = await host.Post($"{path}/debit-notes", new { id = "dn" });
        Assert.Equal((201, "ND-2026-0001", $"{path}/debit-notes/ND-2026-0001"), (issued.Status, issued["number"], issued.Location));
        Assert.Equal("11.98 40.00 51.98 outOfScope 2026-11-30 2026-11-30", $"{issued["interest"]} {issued["indemnity"]} {issued["total"]} {issued["vat"]} {issued["issuedOn"]} {issued["asOf"]}");
        Assert.Equal(("2026-11-01", 30, 12.15m), ((string?)issued.Json["segments"]![0]!["from"], (int)issued.Json["segments"]![0]!["days"]!, (decimal)issued.Json["segments"]![0]!["rate"]!));
        Assert.Equal(["Code de commerce, art. L441-10 II", "Code de commerce, art. L441-10 II et D441-5"], issued.Json["legalBasis"]!.AsArray().Select(a => (string?)a));
        Assert.Equal(issued.Text, (await host.Get(issued.Location!)).Text);
        Assert.Equal(issued.Text, (await host.Get($"{issued.Location}?format=json")).Text);
        var text = (await host.Bytes($"{issued.Location}?format=pdf")).Words();
        foreach (var said in new[]
                 {
                     "NOTE DE DÉBIT", "ND-2026-0001", "30 novembre 2026", "F-1", "Boulangerie Martin", "11,98 €", "40,00 €", "51,98 €", "hors champ", "12,15 %", "01/11/2026", "30/11/2026", "provisoire",
                     "L441-10 II et D441-5", "FR76",
                 })
            Assert.True(text.Contains(said, StringComparison.Ordinal), $"no '{said}' in\n{text}");
        var listed = (await host.Get(path)).Json["debitNotes"]!.AsArray().Single()!;
        Assert.Equal("ND-2026-0001 11.98 40.00", $"{listed["number"]} {listed["interest"]} {listed["indemnity"]}");
        Assert.Single((await host.Get(path)).Timeline("event"), e => (string?)e["type"] == "debitNoteIssued");
        // What is owed is what it was.
        Assert.Equal("1251.98", (await host.Get(path))["claim.total"]);
    }

    [Fact]
    public async Task A_paper_stays_as_it_was_drawn_up()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        var note = (await host.Post($"{path}/debit-notes")).Location;
        var before = await host.Bytes($"{note}?format=pdf");
        await host.Put("/api/rates/ecb/2026-H2", new { value = 2.40m, source = "ECB" });
        await host.Post($"{path}/contact", new { name = "Another name" });
        Assert.Equal(200, (await host.Put("/api/creditors/demo", new { name = "Another house", iban = "BE68539007547034" })).Status);
        Assert.Equal(before, await host.Bytes($"{note}?format=pdf"));
        Assert.Equal("11.98", (await host.Get(note!))["interest"]);
    }

    [Fact]
    public async Task The_same_is_never_charged_twice()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        var first = await host.Post($"{path}/debit-notes", new { id = "dn", asOf = "2026-11-15" });
        Assert.Equal("5.99 40.00", $"{first["interest"]} {first["indemnity"]}");
        Assert.Equal((201, first.Text), (await host.Post($"{path}/debit-notes", new { id = "dn", asOf = "2026-11-15" })) is var again ? (again.Status, again.Text) : default);
        Assert.Equal((409, "factKnown"), Refusal(await host.Post($"{path}/debit-notes", new { id = "dn", asOf = "2026-11-16" })));
        Assert.Equal((409, "chargedAlready"), Refusal(await host.Post($"{path}/debit-notes", new { asOf = "2026-11-15" })));
        Assert.Equal((409, "chargedAlready"), Refusal(await host.Post($"{path}/debit-notes", new { asOf = "2026-11-10" })));
        var next = await host.Post($"{path}/debit-notes");
        Assert.Equal("ND-2026-0002 5.99 0.00 11.98 5.99", $"{next["number"]} {next["interest"]} {next["indemnity"]} {next["accruedInterest"]} {next["earlierInterest"]}");
        Assert.Contains("dont 5,99 € ont déjà fait l’objet", (await host.Bytes($"{next.Location}?format=pdf")).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_charged_where_nothing_is_owed_beside_the_principal()
    {
        await using var host = await TestHost.Run();
        var (business, consumer, other) = (await host.Register(), await host.Register(i => i["debtor"]!["kind"] = "consumer"), await host.Register());
        Assert.Equal((409, "nothingToCharge"), Refusal(await host.Post($"{business}/debit-notes")));
        await host.Post($"{other}/payments", new { id = "p", amount = 1200m, date = "2026-10-31" });
        await host.MoveTo("2026-12-20T10:00:00+01:00");
        Assert.Equal((409, "nothingToCharge"), Refusal(await host.Post($"{consumer}/debit-notes")));
        Assert.Equal((409, "nothingToCharge"), Refusal(await host.Post($"{other}/debit-notes")));
        Assert.Equal((422, "asOf"), (await host.Post($"{business}/debit-notes", new { asOf = "2026-12-21" })) is var early ? (early.Status, early.Fields.Single()) : default);
        Assert.Equal(400, (await host.Post($"{business}/debit-notes", new { asOf = "soon" })).Status);
        await host.Post($"{business}/cancel");
        Assert.Equal(422, (await host.Post($"{business}/debit-notes")).Status);
        // After the formal notice a consumer owes interest, and never an indemnity.
        await host.Post($"{consumer}/steps/formal-notice/approve");
        await host.MoveTo("2026-12-31T10:00:00+01:00");
        var note = await host.Post($"{consumer}/debit-notes");
        Assert.Equal("ND-2026-0001 0.86 0.00", $"{note["number"]} {note["interest"]} {note["indemnity"]}");
        Assert.DoesNotContain("Indemnité", (await host.Bytes($"{note.Location}?format=pdf")).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_at_once_get_fifty_numbers_without_a_gap_and_each_creditor_and_year_its_own()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var cases = new List<string>();
        for (var i = 0; i < 50; i++)
            cases.Add(await host.Register());
        var foreign = await host.Register(i => i["creditor"] = "other");
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        var replies = await Task.WhenAll(cases.Append(foreign).Select(c => host.Post($"{c}/debit-notes", new { id = $"dn-{c}" })));
        Assert.All(replies, r => Assert.Equal(201, r.Status));
        Assert.Equal(Enumerable.Range(1, 50).Select(n => $"ND-2026-{n:0000}"), replies.SkipLast(1).Select(r => r["number"]).Order());
        Assert.Equal("ND-2026-0001", replies[^1]["number"]);
        // Asked again, in whatever order, each has the number it had.
        var again = await Task.WhenAll(cases.AsEnumerable().Reverse().Select(c => host.Post($"{c}/debit-notes", new { id = $"dn-{c}" })));
        Assert.Equal(replies.SkipLast(1).Select(r => r.Text), again.Reverse().Select(r => r.Text));
        await host.MoveTo("2027-01-04T10:00:00+01:00");
        Assert.Equal("ND-2027-0001", (await host.Post($"{cases[7]}/debit-notes"))["number"]);
    }

    [Fact]
    public async Task A_note_that_a_crash_left_reserved_is_finished_before_the_next_is_numbered()
    {
        await using var host = await TestHost.Run();
        var (first, second) = (await host.Register(), await host.Register());
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        var counters = new Shelf<DebitNoteCounter>(host.Services.GetRequiredService<IDocuments>(), "debit-notes");
        var eur = Money.Of(1m, Currency.Euro);
        var lost = new CaseEvent.DebitNoteIssued("ND-2026-0001", eur, eur, new(2026, 11, 30), new(2026, 11, 30)) { Id = "lost" };
        var reserved = new ReservedNote(first["/api/invoices/".Length..], "key", lost);
        Assert.True(await counters.Put("demo/2026", "demo", new(0) { Reserved = reserved }, 0, null, TestContext.Current.CancellationToken));
        Assert.Equal(404, (await host.Get($"{first}/debit-notes/ND-2026-0001")).Status);
        Assert.Equal("ND-2026-0002", (await host.Post($"{second}/debit-notes"))["number"]);
        Assert.Equal("1.00", (await host.Get($"{first}/debit-notes/ND-2026-0001"))["interest"]);
        // It died after writing the note and before counting it: the same note is found, not written again.
        var counter = (await counters.Get("demo/2026", TestContext.Current.CancellationToken))!;
        Assert.Equal(new(2), counter.Value);
        Assert.True(await counters.Put("demo/2026", "demo", new(0) { Reserved = reserved }, counter.Version, null, TestContext.Current.CancellationToken));
        await host.Post($"{second}/debit-notes");
        Assert.Single((await host.Get(first)).Json["debitNotes"]!.AsArray());
    }

    [Fact]
    public async Task Another_creditors_key_finds_nothing()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var path = await host.Register();
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        var note = (await host.Post($"{path}/debit-notes")).Location!;
        var other = await host.NewKey("operator", "other");
        Assert.Equal(404, (await host.Post($"{path}/debit-notes", new { }, other)).Status);
        Assert.Equal(404, (await host.Get(note, other)).Status);
        Assert.Equal(404, (await host.Get($"{note}?format=pdf", other)).Status);
        Assert.Equal(404, (await host.Get($"{path}/debit-notes/ND-2026-0002")).Status);
        Assert.Equal(403, (await host.Post($"{path}/debit-notes", new { }, await host.NewKey("ingest", "demo"))).Status);
    }

    private static (int Status, string? Code) Refusal(Reply reply) => (reply.Status, reply.Code);
}
