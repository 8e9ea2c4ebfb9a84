using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Papers;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api.Operations;

/// <summary>Plans in writing: the agreement to be signed, and word that it was.</summary>
public sealed class PlanOperations(Acknowledger acknowledger, ICaseLists lists, PaperArchive papers)
{
    public async Task<Answer> Document(ApiRequest r)
    {
        if (await acknowledger.Find(r.Caller, r.Route("id"), r.Ct) is not { } folded)
            return Answer.NotFound("invoice");
        try
        {
            return await papers.Agreement(folded.Stored.Id, r.Route("plan"), r.Ct) is { } pdf ? new(200, pdf) { ContentType = "application/pdf" } : Answer.NotFound("agreed plan");
        }
        catch (ArgumentException undrawable)
        {
            return Answer.Unprocessable(new Fault("plan", "cannotBeDrawn", undrawable.Message));
        }
    }

    /// <summary>The debtor may sign late, and a plan may have been broken since: what was signed was signed.</summary>
    public async Task<Answer> Accept(ApiRequest r)
    {
        var plan = r.Route("plan");
        if (await acknowledger.Find(r.Caller, r.Route("id"), r.Ct) is not { } folded)
            return Answer.NotFound("invoice");
        var log = await lists.Log(folded.Stored.Id, 0, int.MaxValue, r.Ct);
        if (!log.Any(e => e.Logged.Event is PlanAgreed && e.Logged.Event.Id == plan))
            return Answer.NotFound("agreed plan");
        return await acknowledger.Acknowledge(r, folded.Stored.Id, _ => Accepted(r, plan));
    }

    private static (CaseEvent?, Answer?) Accepted(ApiRequest r, string plan)
    {
        var (on, by, evidence) = (r.Body.Date("date", required: true), r.Body.Text("by", required: true), r.Body.Text("evidence", max: 500));
        return on is { } date && by is not null ? (new PlanAccepted(plan, date, by, evidence), null) : (null, null);
    }
}
