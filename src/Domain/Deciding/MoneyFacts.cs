using static Dunning.Domain.CaseEvent;

namespace Dunning.Domain;

/// <summary>What money does to a case. Each fact joins its set; the balance follows.</summary>
internal static class MoneyFacts
{
    public static void Receive(Turn turn, PaymentReceived received)
    {
        var payment = new Payment(received.Id, received.Amount, received.Date, received.Source, turn.Today, received.Reference);
        turn.File = turn.File with { Account = turn.File.Account with { Payments = turn.File.Account.Payments.And(payment) } };
        // The debit that was announced has arrived: its silence has nothing left to wait for.
        if (received.Reference is { } reference)
            SilenceFacts.EndPending(turn, reference);
        AskAboutSuspects(turn);
        SilenceFacts.KeepPromise(turn);
    }

    public static void Reverse(Turn turn, PaymentReversed reversed)
    {
        var reversal = new Reversal(reversed.Id, reversed.PaymentId, reversed.Amount);
        turn.File = turn.File with { Account = turn.File.Account with { Reversals = turn.File.Account.Reversals.And(reversal) } };
        AskAboutSuspects(turn);
    }

    public static void Credit(Turn turn, CreditNoteIssued issued) =>
        Credit(turn, new CreditNote(issued.Id, issued.Amount, issued.Date, issued.Reference));

    public static void Credit(Turn turn, CreditNote note) =>
        turn.File = turn.File with { Account = turn.File.Account with { CreditNotes = turn.File.Account.CreditNotes.And(note) } };

    /// <summary>A number names one note for ever.</summary>
    public static void Charge(Turn turn, DebitNoteIssued issued)
    {
        foreach (var note in turn.File.Account.DebitNotes)
            if (note.Number == issued.Number)
                return;
        var issuedNote = new DebitNote(issued.Number, issued.Interest, issued.Indemnity, issued.On, issued.AsOf);
        turn.File = turn.File with { Account = turn.File.Account with { DebitNotes = turn.File.Account.DebitNotes.And(issuedNote) } };
    }

    public static void Judge(Turn turn, DuplicateConfirmed verdict)
    {
        if (turn.File.Account.Verdicts.Any(v => v.PaymentId == verdict.PaymentId))
            return;
        var judged = new DuplicateVerdict(verdict.PaymentId, verdict.SameMoney);
        turn.File = turn.File with { Account = turn.File.Account with { Verdicts = turn.File.Account.Verdicts.And(judged) } };
        AskAboutSuspects(turn);
        SilenceFacts.KeepPromise(turn);
    }

    public static void Amend(Turn turn, InvoiceAmended amended) => turn.File = turn.File with
    {
        Invoice = turn.File.Invoice with { Amount = amended.Amount },
        Account = turn.File.Account with { Invoiced = amended.Amount },
    };

    private static void AskAboutSuspects(Turn turn)
    {
        if (turn.File.Account.Payments.Count < 2)
            return;
        var suspects = turn.File.Account.Suspects;
        turn.CloseTasks(t => t.Kind == TaskKind.PossibleDuplicate && suspects.All(s => s.Id != t.Subject));
        foreach (var suspect in suspects)
            if (!turn.HasTask(TaskKind.PossibleDuplicate, suspect.Id))
                turn.OpenTask(TaskKind.PossibleDuplicate, suspect.Id);
    }
}
