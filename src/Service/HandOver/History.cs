using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.HandOver;

/// <summary>What happened between the parties, in dates: what a reader needs to follow the case, not what the program did.</summary>
internal static class History
{
    public static IEnumerable<(DateOnly On, string What)> Of(HandOverCase c)
    {
        var invoice = c.File.Invoice;
        IEnumerable<(DateOnly On, string What)> told =
        [
            (invoice.IssueDate, c.Say("Émission de la facture", "Invoice issued")),
            (invoice.DueDate, c.Say("Échéance de la facture", "Invoice due")),
            .. c.Events.Select(e => Line(c, e)).OfType<(DateOnly On, string What)>(),
        ];
        return told.OrderBy(l => l.On);
    }

    private static (DateOnly On, string What)? Line(HandOverCase c, LoggedEvent logged)
    {
        var day = c.Policy.Zone.LocalDate(logged.At);
        return logged.Event switch
        {
            PaymentReceived e => (e.Date, c.Say($"Paiement reçu\u00A0: {c.Amount(e.Amount)}", $"Payment received: {c.Amount(e.Amount)}")),
            PaymentReversed e => (day, c.Say($"Paiement annulé ou rejeté{Of(e.Amount)}", $"Payment reversed{Of(e.Amount)}")),
            CreditNoteIssued e => (e.Date, c.Say($"Avoir émis\u00A0: {c.Amount(e.Amount)}", $"Credit note issued: {c.Amount(e.Amount)}")),
            InvoiceAmended e => (day, c.Say($"Montant de la facture corrigé\u00A0: {c.Amount(e.Amount)}", $"Invoice amended to {c.Amount(e.Amount)}")),
            DueDateChanged e => (day, c.Say($"Échéance portée au {c.Date(e.DueDate)}", $"Due date moved to {c.Date(e.DueDate)}")),
            PromiseMade e => (day, c.Say($"Promesse de paiement pour le {c.Date(e.Date)}{Of(e.Amount)}", $"Payment promised by {c.Date(e.Date)}{Of(e.Amount)}")),
            PlanAgreed e => (day, c.Say($"Échéancier convenu en {e.Instalments.Count} versements", $"Payment plan agreed in {e.Instalments.Count} instalments")),
            DisputeOpened e => (day, c.Say($"Contestation du débiteur{Of(e.Amount)}", $"Disputed by the debtor{Of(e.Amount)}")),
            DisputeResolved e => (day, e.Outcome switch
            {
                DisputeOutcome.Rejected => c.Say("Contestation écartée par le créancier", "Dispute rejected by the creditor"),
                DisputeOutcome.Credited => c.Say("Contestation réglée par un avoir", "Dispute settled by a credit note"),
                _ => c.Say("Contestation admise par le créancier", "Dispute upheld by the creditor"),
            }),
            ReplyReceived => (day, c.Say("Réponse du débiteur", "The debtor answered")),
            CallLogged => (day, c.Say("Appel téléphonique", "Telephone call")),
            InsolvencyOpened e => (e.JudgmentOn, c.Say($"Ouverture d’une procédure collective\u00A0; déclaration avant le {c.Date(e.DeclareBy)}", $"Insolvency proceedings opened; declare the claim by {c.Date(e.DeclareBy)}")),
            WrittenOff => (day, c.Say("Solde passé en perte dans les comptes du créancier", "Written off in the creditor’s books")),
            ProcedureRecorded e => (e.On, $"{RouteWords.Of(e.Procedure, c.Language)}{c.Say("\u00A0: ", ": ")}{Stage(c, e.Stage)}{(e.Reference is { } reference ? $" ({reference})" : "")}"),
            _ => null,
        };

        string Of(Money? amount) => amount is { } money ? $" ({c.Amount(money)})" : "";
    }

    private static string Stage(HandOverCase c, ProcedureStage stage) => stage switch
    {
        ProcedureStage.Filed => c.Say("demande déposée", "filed"),
        ProcedureStage.Ordered => c.Say("ordonnance rendue", "order made"),
        ProcedureStage.Served => c.Say("ordonnance signifiée", "order served"),
        ProcedureStage.Opposed => c.Say("opposition du débiteur", "opposed by the debtor"),
        ProcedureStage.Enforceable => c.Say("titre exécutoire", "enforceable"),
        _ => c.Say("fin de la procédure", "ended"),
    };
}
