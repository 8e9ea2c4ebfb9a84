using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Lifecycle;

namespace Dunning.Service.Api.Operations;

/// <summary>How the case stands after a platform status. Effect: recorded, superseded, held, disputed, suspended, awaited or paid.</summary>
public sealed record LifecycleView(string CaseId, string EventId, int Code, string Name, string Effect, string Status, NextView Next);

/// <summary>What e-invoicing platforms tell of an invoice.</summary>
public sealed class LifecycleOperations(LifecycleDesk desk, Acknowledger acknowledger)
{
    public async Task<Answer> Tell(ApiRequest r)
    {
        var caseId = r.Route("id");
        if (await acknowledger.Find(r.Caller, caseId, r.Ct) is not { } folded)
            return Answer.NotFound("invoice");
        var (entry, status) = Read(r.Body, folded, r.Now);
        if (r.Body.Faults.Exists(f => f.Code == "unknownStatus"))
            return Answer.Unprocessable([.. r.Body.Faults]);
        if (entry is null || r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        if (!await desk.Take(caseId, folded.File.Creditor, entry, r.Ct))
            return Answer.Conflict("statusKnown", "This id was used for another status.", new Fault("id", "used", "names a status with other content."));
        var log = await desk.Of(caseId, r.Ct);
        var view = Acknowledger.View(await acknowledger.Find(r.Caller, caseId, r.Ct) ?? folded, entry.FactId(caseId));
        return Answer.Accepted(new LifecycleView(caseId, entry.FactId(caseId), entry.Code, status!.Name, log.IsSuperseded(entry) ? "superseded" : Effect(entry.Code), view.Status, view.Next));
    }

    private static (LifecycleEntry? Entry, LifecycleStatus? Status) Read(BodyReader body, FoldedCase folded, DateTimeOffset now)
    {
        var (id, at, reason, date) = (body.Text("id", required: true, max: 60), body.Instant("at", required: true), body.Note("reason"), body.Date("date"));
        var told = body.Given("status");
        var status = told is null ? null : LifecycleStatus.Find(told);
        if (told is null)
            body.Add("status", "required", "is required.");
        else if (status is null)
            body.Add("status", "unknownStatus", $"must be one of {string.Join(", ", LifecycleStatus.All)}.");
        // A day to come would count above all that follows.
        if (at > now.AddDays(1))
            body.Add("at", "inTheFuture", "must not lie in the future.");
        var amount = body.Amount("amount", folded.File.Invoice.Amount.Currency, required: status is { Code: LifecycleStatus.Cashed or LifecycleStatus.PartiallyApproved });
        if (body.Text("currency", max: 3) is { } named && named != folded.File.Invoice.Amount.Currency.Code)
            body.Add("currency", "wrongCurrency", $"must be {folded.File.Invoice.Amount.Currency.Code}, the currency of the invoice.");
        return id is null || at is null || status is null ? (null, status)
            : (new(id, status.Code, at.Value) { Reason = reason, Amount = amount, Date = date }, status);
    }

    private static string Effect(int code) => code switch
    {
        LifecycleStatus.Rejected => "held",
        LifecycleStatus.Refused or LifecycleStatus.Disputed or LifecycleStatus.PartiallyApproved => "disputed",
        LifecycleStatus.Suspended => "suspended",
        LifecycleStatus.PaymentSent => "awaited",
        LifecycleStatus.Cashed => "paid",
        _ => "recorded",
    };
}
