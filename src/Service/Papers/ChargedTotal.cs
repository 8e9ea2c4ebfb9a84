using Dunning.Domain;

namespace Dunning.Service.Papers;

/// <summary>What follows from a debit note. Total is null when interest and indemnity are in different currencies.</summary>
public sealed record ChargedTotal(Money Accrued, Money EarlierInterest, Money? Total, bool Provisional)
{
    public static ChargedTotal Of(CaseEvent.DebitNoteIssued note)
    {
        var accrued = Money.HalfUp(note.Lines.Sum(l => l.Interest), note.Interest.Currency);
        var earlier = Money.Max(accrued - note.Interest, Money.Zero(accrued.Currency));
        Money? total = note.Indemnity.Currency == note.Interest.Currency ? note.Interest + note.Indemnity : note.Indemnity.IsZero ? note.Interest : null;
        return new(accrued, earlier, total, note.Lines.Any(l => l.Provisional));
    }
}
