using Dunning.Domain;
using Dunning.Service.Bank;

namespace Dunning.Service.Tests.Bank;

/// <summary>Which invoices a payment names, and how sure that is.</summary>
public sealed class MatchingTests
{
    private static readonly InvoiceIndex Index = InvoiceIndex.Of(new[]
    {
        "F-2026-0041", "F-2026-0042", "F-2026-0043", "2026-0077", "FA2026-0298", "F1-1", "F-11", "42", "123456", "20261005", "0042", "AVOIR-12", "FA-2026-0077", "É/2026/9",
    }.Select(n => new IndexedInvoice(n, Money.Of(100m, Currency.Euro), true)));

    [Theory]
    [InlineData("F-2026-0042", "F-2026-0042")]
    [InlineData("VIR SEPA MARTIN F-2026-0042 MERCI", "F-2026-0042")]
    [InlineData("facture f 2026 0042", "F-2026-0042")]
    [InlineData("Fact. n°F2026/0042.", "F-2026-0042")]
    [InlineData("REF F-2026-00 42", "F-2026-0042")]
    [InlineData("F-2026-0041/F-2026-0042", "F-2026-0041 F-2026-0042")]
    [InlineData("F-2026-0041, F-2026-0042 ET F-2026-0043", "F-2026-0041 F-2026-0042 F-2026-0043")]
    [InlineData("FACTURE2026-0077", "2026-0077")]
    [InlineData("FA2026-0298", "FA2026-0298")]
    [InlineData("PAIEMENT E/2026/9", "É/2026/9")]
    [InlineData("FA 2026-0077", "FA-2026-0077")]
    public void A_number_is_found_however_it_is_written(string text, string numbers)
    {
        var match = Find(text)!;
        Assert.Equal((numbers, null, false), (Numbers(match), match.Doubt, match.Exactly));
    }

    [Theory]
    [InlineData("CLI2026-0077")]
    [InlineData("2026-0077-B")]
    [InlineData("F-2026-00421")]
    [InlineData("XF-2026-0042")]
    [InlineData("F-11")]
    [InlineData("F11")]
    public void A_piece_of_something_else_and_two_invoices_written_alike_are_doubted(string text) => Assert.True(Find(text) is null or { Doubt: not null }, text);

    [Theory]
    [InlineData("LOYER 123456")]
    [InlineData("DU 20261005")]
    [InlineData("APPARTEMENT 0042")]
    public void A_number_that_may_be_there_by_chance_asks_for_the_very_amount(string text) =>
        Assert.True(Find(text) is { Doubt: not null } or { Exactly: true } or { Invoices: [{ Number: "123456" }] }, text);

    [Fact]
    public void A_short_number_is_never_sure() => Assert.NotNull(Find("FACTURE 42")!.Doubt);

    [Fact]
    public void Beside_a_telling_number_those_that_may_be_there_by_chance_are_left_out() => Assert.Equal("F-2026-0043", Numbers(Find("F-2026-0043 du 20261005, code 0042")!));

    [Fact]
    public void The_ways_are_tried_in_their_order()
    {
        var line = Line("F-2026-0043") with { References = [RfReference.For("F-2026-0041").Value], EndToEndId = "F-2026-0042" };
        Assert.Equal((MatchedBy.StructuredReference, "F-2026-0041"), Of(line));
        Assert.Equal((MatchedBy.DocumentNumber, "FA2026-0298"), Of(line with { References = [], Documents = ["FA 2026 0298"] }));
        Assert.Equal((MatchedBy.EndToEndId, "F-2026-0042"), Of(line with { References = [] }));
        Assert.Equal((MatchedBy.InvoiceNumber, "F-2026-0043"), Of(line with { References = [], EndToEndId = null }));
        Assert.Equal((MatchedBy.ReferenceInText, "F-2026-0041"), Of(Line($"merci {RfReference.For("F-2026-0041").Display} F-2026-0043")));
    }

    [Fact]
    public void A_belgian_reference_is_that_of_the_numbers_digits_in_every_way_it_is_written()
    {
        var reference = BelgianReference.For(20260042);
        Assert.Equal("F-2026-0042", Of(Line("") with { References = [reference.Value] }).Item2);
        foreach (var text in new[] { reference.Display, reference.Display.Replace('+', '*'), reference.Value, $"VIR {reference.Display[3..^3]} MERCI" })
            Assert.Equal((MatchedBy.ReferenceInText, "F-2026-0042"), Of(Line(text)));
        var wrong = reference.Value[..11] + (reference.Value[11] == '0' ? '1' : '0');
        Assert.Null(Matching.Find(Line(wrong), Index));
    }

    [Fact]
    public void An_rf_reference_of_two_invoices_written_alike_is_doubted() => Assert.NotNull(Matching.Find(Line("") with { References = [RfReference.For("F11").Value] }, Index)!.Doubt);

    [Fact]
    public void A_number_written_like_the_invoice_s_but_another_is_noticed()
    {
        Assert.True(PaymentText.NamesAnother("facture F-2026-0099", "F-2026-0042"));
        Assert.False(PaymentText.NamesAnother("facture du 05/10/2026", "F-2026-0042"));
    }

    [Theory]
    [InlineData("SARL Boulangerie Martin", "BOULANGERIE MARTIN SARL", true)]
    [InlineData("Etablissements Béraudier", "M. BERAUDIER JEAN", true)]
    [InlineData("Boulangerie Martin", "Boucherie Durand", false)]
    [InlineData("SARL", "SAS", false)]
    public void Names_are_alike_without_their_forms_and_accents(string one, string other, bool alike) => Assert.Equal(alike, NameLikeness.Alike(one, other));

    private static Match? Find(string text) => Matching.Find(Line(text), Index);

    private static (MatchedBy, string) Of(BankLine line) => Matching.Find(line, Index) is { } match ? (match.By, Numbers(match)) : throw new InvalidOperationException("nothing found");

    private static string Numbers(Match match) => string.Join(' ', match.Invoices.Select(i => i.Number));

    private static BankLine Line(string text) => new(1, 1, Movement.Credit, Money.Of(100m, Currency.Euro)) { Text = text, ValueDate = new(2026, 10, 5) };
}
