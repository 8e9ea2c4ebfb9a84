using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Papers;

namespace Dunning.Service.Api.Views;

/// <summary>A debit note among the others of its case.</summary>
public sealed record DebitNoteSummary(string Number, DateOnly IssuedOn, DateOnly AsOf, decimal Interest, decimal Indemnity, string IndemnityCurrency)
{
    public static DebitNoteSummary Of(DebitNote note) => new(note.Number, note.On, note.AsOf, note.Interest.Amount(), note.Indemnity.Amount(), note.Indemnity.Currency.Code);
}

public sealed record ChargedInterestView(DateOnly From, DateOnly To, int Days, decimal Base, decimal Rate, decimal Interest, string Basis, bool Provisional)
{
    // As many decimals as the segments of a claim.
    public static ChargedInterestView Of(ChargedInterest l) =>
        new(l.From, l.To, l.Days, l.Base, l.Percent, decimal.Round(l.Interest, 10, MidpointRounding.AwayFromZero), l.Basis, l.Provisional);
}

/// <summary>
/// A debit note as it can be booked. Vat is always "outOfScope". AccruedInterest is all that ran up to AsOf, EarlierInterest what earlier notes charged of it;
/// Total is null when the indemnity is in another currency.
/// </summary>
public sealed record DebitNoteView(
    string Number, string CaseId, string Creditor, string Invoice, string DebtorId, string DebtorName, DateOnly IssuedOn, DateOnly AsOf, string Currency, decimal Interest, decimal Indemnity,
    string IndemnityCurrency, decimal? Total, string Vat, decimal AccruedInterest, decimal EarlierInterest, bool Provisional, IReadOnlyList<ChargedInterestView> Segments, IReadOnlyList<string> LegalBasis)
{
    public static DebitNoteView Of(CaseAt at, CaseEvent.DebitNoteIssued note)
    {
        var (file, charged) = (at.File, ChargedTotal.Of(note));
        return new(note.Number, file.Id, file.Creditor, file.Invoice.Number, file.Debtor.Id, file.Debtor.Name, note.On, note.AsOf, note.Interest.Currency.Code, note.Interest.Amount(), note.Indemnity.Amount(),
            note.Indemnity.Currency.Code, charged.Total?.Amount(), "outOfScope", charged.Accrued.Amount(), charged.EarlierInterest.Amount(), charged.Provisional,
            [.. note.Lines.Select(ChargedInterestView.Of)], [.. note.LegalBasis]);
    }
}
