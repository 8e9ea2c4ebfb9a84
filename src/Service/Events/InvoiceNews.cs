using Dunning.Domain;

namespace Dunning.Service.Events;

/// <summary>How the invoice itself stands: open or closed, and in which status; what it asks for, and by when.</summary>
internal static class InvoiceNews
{
    public static void Say(Saying s)
    {
        var (before, after) = (s.Change.Before, s.Change.After);
        if (!ReferenceEquals(s.Before.Account, s.After.Account))
            SayMoney(s);
        if (s.After.Invoice.DueDate != s.Before.Invoice.DueDate)
            s.Say(EventTypes.InvoiceDueDateChanged, ("dueDate", s.After.Invoice.DueDate));
        if (after is DunningCase.Closed closed && (before as DunningCase.Closed)?.Because != closed.Because)
            s.Say(
                closed.Because switch { CaseStatus.Cancelled => EventTypes.InvoiceCancelled, CaseStatus.WrittenOff => EventTypes.InvoiceWrittenOff, _ => EventTypes.InvoicePaid },
                ("balance", s.After.Balance), ("overpaid", s.After.Account.Overpaid));
        if (before is DunningCase.Closed && after is DunningCase.Open)
            s.Say(EventTypes.InvoiceReopened, ("balance", s.After.Balance));
        var (was, stands) = (Standing.Status(before, s.Change.Policy), Standing.Status(after, s.Change.Policy));
        if (was != stands)
            s.Say(EventTypes.InvoiceStatusChanged, ("from", was), ("to", stands), ("balance", s.After.Balance));
    }

    private static void SayMoney(Saying s)
    {
        var (before, after) = (s.Before.Account, s.After.Account);
        for (var i = before.CreditNotes.Count; i < after.CreditNotes.Count; i++)
            s.Say(EventTypes.CreditNoteRecorded, ("creditNoteId", after.CreditNotes[i].Id), ("amount", after.CreditNotes[i].Amount), ("date", after.CreditNotes[i].Date), ("balance", after.Balance));
        for (var i = before.DebitNotes.Count; i < after.DebitNotes.Count; i++)
            s.Say(EventTypes.DebitNoteIssued, ("debitNote", after.DebitNotes[i].Number), ("interest", after.DebitNotes[i].Interest), ("indemnityEur", after.DebitNotes[i].Indemnity),
                ("date", after.DebitNotes[i].On), ("asOf", after.DebitNotes[i].AsOf));
        if (after.Invoiced != before.Invoiced)
            s.Say(EventTypes.InvoiceAmended, ("amount", after.Invoiced), ("balance", after.Balance));
    }
}
