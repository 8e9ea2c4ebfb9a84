using Dunning.Domain;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api;

/// <summary>
/// Reads the bodies of facts, the same for a route and for an event of a simulation. Returns null after adding faults to the body.
/// </summary>
public static class FactBodies
{
    private static readonly Dictionary<string, DisputeKind?> DisputeKinds = new() { ["technical"] = DisputeKind.Technical, ["commercial"] = DisputeKind.Commercial };

    private static readonly Dictionary<string, DisputeCode?> DisputeCodes =
        Enum.GetValues<DisputeCode>().ToDictionary(ApiJson.Name, c => (DisputeCode?)c);

    private static readonly Dictionary<string, DisputeOutcome?> Outcomes =
        Enum.GetValues<DisputeOutcome>().ToDictionary(ApiJson.Name, o => (DisputeOutcome?)o);

    private static readonly Dictionary<string, Procedure?> Procedures = Enum.GetValues<Procedure>().ToDictionary(ApiJson.Name, p => (Procedure?)p);

    private static readonly Dictionary<string, ProcedureStage?> Stages = Enum.GetValues<ProcedureStage>().ToDictionary(ApiJson.Name, s => (ProcedureStage?)s);

    public static CaseEvent? Procedure(BodyReader body)
    {
        var (procedure, stage) = (body.OneOf("procedure", Procedures, required: true), body.OneOf("stage", Stages, required: true));
        var (on, reference) = (body.Date("date", required: true), body.Text("reference", max: 60));
        return procedure is null || stage is null || on is null ? null : new ProcedureRecorded(procedure.Value, stage.Value, on.Value, reference);
    }

    public static CaseEvent? Payment(BodyReader body, CaseFile file, DateOnly today)
    {
        var (amount, date) = (Amount(body, file, required: true), body.Date("date") ?? today);
        if (date > today.AddDays(366))
            body.Add("date", "dateOutOfRange", "must not lie more than a year ahead.");
        var (source, reference) = (body.Text("source", max: 40) ?? "platform", body.Text("reference", max: 140));
        return amount is null ? null : new PaymentReceived(amount.Value, date, source, reference);
    }

    public static CaseEvent? Reversal(BodyReader body, CaseFile file)
    {
        var (payment, amount) = (body.Text("paymentId", required: true, max: 100), Amount(body, file));
        return payment is null ? null : new PaymentReversed(payment, amount, body.Note("reason"));
    }

    public static CaseEvent? PendingPayment(BodyReader body, CaseFile file)
    {
        var (expected, amount, reference) = (body.Date("expectedOn", required: true), Amount(body, file), body.Text("reference", max: 140));
        return expected is null ? null : new PaymentPending(expected.Value, amount, reference);
    }

    public static CaseEvent? CreditNote(BodyReader body, CaseFile file, DateOnly today)
    {
        var (amount, date, reference) = (Amount(body, file, required: true), body.Date("date") ?? today, body.Text("reference", max: 140));
        return amount is null ? null : new CreditNoteIssued(amount.Value, date, reference);
    }

    public static CaseEvent? Promise(BodyReader body, CaseFile file)
    {
        var (date, amount) = (body.Date("date", required: true), Amount(body, file));
        return date is null ? null : new PromiseMade(date.Value, amount);
    }

    public static CaseEvent? Dispute(BodyReader body, CaseFile file)
    {
        var (kind, code) = (body.OneOf("kind", DisputeKinds, required: true), body.OneOf("code", DisputeCodes));
        var (amount, note) = (Amount(body, file), body.Note("note"));
        return kind is null ? null : new DisputeOpened(kind.Value, code ?? DisputeCode.Other, amount, note);
    }

    public static CaseEvent? Resolution(BodyReader body, CaseFile file, string? disputeId)
    {
        var outcome = body.OneOf("outcome", Outcomes, required: true);
        var amount = Amount(body, file, required: outcome == DisputeOutcome.Credited);
        return outcome is null || disputeId is null ? null : new DisputeResolved(disputeId, outcome.Value, amount);
    }

    public static CaseEvent? Plan(BodyReader body, CaseFile file, bool agreed)
    {
        var instalments = new List<Instalment>();
        foreach (var part in body.Members("instalments", required: true, max: 60))
            if (part.Date("date", required: true) is { } date && part.Amount("amount", file.Balance.Currency, required: true) is { } amount)
                instalments.Add(new(date, amount));
        return agreed ? new PlanAgreed(instalments) : new PlanProposed(instalments);
    }

    public static CaseEvent Cancel(BodyReader body) => new Cancelled(Reason(body));

    public static CaseEvent WriteOff(BodyReader body) => new WrittenOff(Reason(body));

    public static CaseEvent? Hold(BodyReader body, HoldScope scope)
    {
        var (reason, until) = (Reason(body), body.Date("until"));
        return new Held(reason, until, scope);
    }

    public static CaseEvent? Reply(BodyReader body) =>
        new ReplyReceived(body.Text("channel", max: 20) ?? "other", body.Note("text")) { From = body.Text("from"), At = body.Instant("at") };

    public static CaseEvent? DueDate(BodyReader body, CaseFile file)
    {
        var field = body.Has("date") && !body.Has("dueDate") ? "date" : "dueDate";
        if (body.Date(field, required: true) is not { } date)
            return null;
        if (date < file.Invoice.IssueDate)
            body.Add(field, "dueBeforeIssue", "must not be before the issue date.");
        if (date > file.Invoice.IssueDate.AddYears(RegistrationBody.MaxYearsToDue))
            body.Add(field, "dueTooLate", $"must not be more than {RegistrationBody.MaxYearsToDue} years after the issue date.");
        return new DueDateChanged(date);
    }

    public static CaseEvent? Insolvency(BodyReader body)
    {
        var judgment = body.Date("judgmentDate", required: true);
        var (published, declareBy) = (body.Date("publishedOn"), body.Date("declareBy"));
        if (judgment is null)
            return null;
        if (published < judgment)
            body.Add("publishedOn", "beforeJudgment", "must not be before the judgment.");
        if (declareBy < judgment)
            body.Add("declareBy", "beforeJudgment", "must not be before the judgment.");
        // Two months from the publication in the BODACC (R622-24 C. com.); without it, from the judgment: the earlier, safer date.
        return new InsolvencyOpened(judgment.Value, declareBy ?? (published ?? judgment.Value).AddMonths(2));
    }

    private static string Reason(BodyReader body) => body.Note("reason") ?? "no reason given";

    /// <summary>Reads the currency, if the body names one, as the case's own: any other is a fault.</summary>
    private static Money? Amount(BodyReader body, CaseFile file, bool required = false)
    {
        var currency = file.Invoice.Amount.Currency;
        if (body.Text("currency", max: 3) is { } named && named != currency.Code)
            body.Add("currency", "wrongCurrency", $"must be {currency.Code}, the currency of the invoice.");
        return body.Amount("amount", currency, required);
    }
}
