using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api.Operations;

/// <summary>What happens to an invoice from outside: money, promises, disputes, plans, replies.</summary>
public sealed class FactOperations(Acknowledger acknowledger)
{
    public Task<Answer> Payment(ApiRequest r) => Fact(r, f => FactBodies.Payment(r.Body, f.File, Today(r, f)));

    public Task<Answer> Reversal(ApiRequest r) => Fact(r, f => FactBodies.Reversal(r.Body, f.File));

    public Task<Answer> PendingPayment(ApiRequest r) => Fact(r, f => FactBodies.PendingPayment(r.Body, f.File));

    public Task<Answer> PendingPaymentFailed(ApiRequest r) => Fact(r, _ => new PendingPaymentFailed(r.Route("pending"), r.Body.Note("reason")));

    public Task<Answer> CreditNote(ApiRequest r) => Fact(r, f => FactBodies.CreditNote(r.Body, f.File, Today(r, f)));

    public Task<Answer> Duplicate(ApiRequest r) => Fact(r, _ =>
        r.Body.Flag("sameMoney") is { } same ? new DuplicateConfirmed(r.Route("payment"), same) : Missing(r, "sameMoney"));

    public Task<Answer> Promise(ApiRequest r) => Fact(r, f => FactBodies.Promise(r.Body, f.File));

    public Task<Answer> Dispute(ApiRequest r) => Fact(r, f => FactBodies.Dispute(r.Body, f.File));

    public Task<Answer> Resolve(ApiRequest r) => Fact(r, f => FactBodies.Resolution(r.Body, f.File, r.Route("dispute")));

    /// <summary>Posted by an operator or a platform a plan is an agreement; "proposed": true makes it a debtor's proposal, which opens a task.</summary>
    public Task<Answer> Plan(ApiRequest r) => Fact(r, f => FactBodies.Plan(r.Body, f.File, agreed: r.Body.Flag("proposed") != true));

    public Task<Answer> Reply(ApiRequest r) => Fact(r, _ => FactBodies.Reply(r.Body));

    public Task<Answer> ClassifyReply(ApiRequest r) => Fact(r, _ =>
        r.Body.Text("meaning", required: true, max: 40) is { } meaning ? new ReplyClassified(r.Route("reply"), meaning) : null);

    private Task<Answer> Fact(ApiRequest request, Func<FoldedCase, CaseEvent?> read) => acknowledger.Acknowledge(request, request.Route("id"), read);

    private static DateOnly Today(ApiRequest request, FoldedCase folded) => folded.Policy.Zone.LocalDate(request.Now);

    private static CaseEvent? Missing(ApiRequest request, string field)
    {
        request.Body.Add(field, "required", "is required: true or false.");
        return null;
    }
}
