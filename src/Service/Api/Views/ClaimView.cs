using Dunning.Domain;

namespace Dunning.Service.Api.Views;

public sealed record ClaimSegmentView(DateOnly From, DateOnly To, int Days, decimal Base, decimal Rate, decimal Interest, string Basis, bool Provisional)
{
    // A segment is not rounded to cents: ten decimals, so that their sum rounds as the claim does.
    private const int Shown = 10;

    public static ClaimSegmentView Of(ClaimSegment s, Currency currency) =>
        new(s.From, s.To, s.Days, Trimmed(s.Base, currency.MinorUnits), s.Rate.Percent, Trimmed(s.Interest, currency.MinorUnits), s.Rate.Basis, s.Rate.Provisional);

    private static decimal Trimmed(decimal amount, int decimals)
    {
        while (decimals < Shown && decimal.Round(amount, decimals) != amount)
            decimals++;
        var rounded = decimal.Round(amount, decimals, MidpointRounding.AwayFromZero);
        return rounded + new decimal(0, 0, 0, false, (byte)decimals);
    }
}

public sealed record ClaimNoteView(string Code, string Message)
{
    private static readonly Dictionary<ClaimNote, string> Messages = new()
    {
        [ClaimNote.Provisional] = "At least one rate is not published yet; the last published one stands in for it.",
        [ClaimNote.NoFormalNotice] = "No interest runs before a formal notice.",
        [ClaimNote.WaitingPeriod] = "Nothing but the principal may be claimed before the end of the fourteen days of a first reminder.",
        [ClaimNote.ClauseBeyondCaps] = "The agreed rate is beyond the legal cap; nothing but the principal can be claimed.",
        [ClaimNote.IndemnityApart] = "The indemnity is in euros, whatever the currency of the invoice; it is owed beside the total.",
        [ClaimNote.InterestStopped] = "Insolvency proceedings stopped the interest.",
        [ClaimNote.UnusedTerms] = "Some of the terms given have no effect in this regime.",
    };

    public static ClaimNoteView Of(ClaimNote note) => new(ApiJson.Name(note), Messages[note]);
}

/// <summary>What is owed at the end of a day. Amounts are in the invoice's currency but the indemnity, which is in euros and part of the total only when the invoice is.</summary>
public sealed record ClaimView(
    DateOnly AsOf, string Regime, string Currency, decimal Principal, decimal Interest, decimal Indemnity, string IndemnityCurrency, decimal Total, decimal AccruedInterest,
    decimal Overpaid, bool Provisional, IReadOnlyList<ClaimSegmentView> Segments, IReadOnlyList<string> LegalBasis, IReadOnlyList<ClaimNoteView> Notes)
{
    public static ClaimView Of(Claim claim, string regime, DateOnly asOf)
    {
        var currency = claim.Principal.Currency;
        return new(asOf, regime, currency.Code, claim.Principal.Amount(), claim.Interest.Amount(), claim.Indemnity.Amount(), claim.Indemnity.Currency.Code, claim.Total.Amount(),
            claim.AccruedInterest.Amount(), claim.Overpaid.Amount(), claim.Provisional, [.. claim.Segments.Select(s => ClaimSegmentView.Of(s, currency))], [.. claim.LegalBasis],
            [.. claim.Notes.Select(ClaimNoteView.Of)]);
    }
}
