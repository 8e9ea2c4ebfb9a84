using System.Text;
using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Service.Api;

/// <summary>
/// Turns a request into an acknowledged fact: read, checked against the case as it stands, appended on condition that it still stands so, answered.
/// The same fact again gets the same answer; other content under its id is a conflict.
/// </summary>
public sealed class Acknowledger(DunningEngine engine, ICaseStore store, IPolicyBook policies, IDocuments documents, CaseViewer caseViews, INudge nudge, TimeProvider clock)
{
    public CaseViewer CaseViews => caseViews;

    /// <summary>The case, if the caller may see it.</summary>
    public async Task<FoldedCase?> Find(Caller caller, string caseId, CancellationToken ct) =>
        await engine.Look(caseId, ct) is { } folded && caller.Sees(folded.File.Creditor) ? folded : null;

    public async Task<Answer> Acknowledge(ApiRequest request, string caseId, Func<FoldedCase, CaseEvent?> read)
    {
        var id = request.FactId();
        while (true)
        {
            if (await Find(request.Caller, caseId, request.Ct) is not { } folded)
                return Answer.NotFound("invoice");
            if (request.IfMatch is { } etag && etag != await Etag(folded))
                return Answer.Refuse(412, "preconditionFailed", "The case has changed since it was read.");
            var @event = read(folded);
            if (request.Body.Faults.Count > 0 || @event is null)
                return Answer.Invalid(request.Body.Faults);
            if (await Append(request, folded, @event with { Id = id }) is { } answer)
                return answer;
        }
    }

    /// <summary>Appends a fact nobody asked for in one request of its own: part of a larger act. Null if a rule forbids it or the case is gone.</summary>
    public async Task<bool> Tell(string caseId, CaseEvent @event, string by, CancellationToken ct)
    {
        while (await engine.Look(caseId, ct) is { } folded)
        {
            if (FactRules.Check(folded, @event, clock.GetUtcNow()) is not null)
                return false;
            var append = new CaseAppend(caseId, folded.File.Creditor, @event, clock.GetUtcNow(), by) { IfVersion = folded.Stored.Version };
            if ((await store.Append([append], ct))[0] is AppendOutcome.VersionMoved)
                continue;
            nudge.Nudge(caseId);
            return true;
        }
        return false;
    }

    public static FactView View(FoldedCase folded, string eventId, IEnumerable<string> ignored)
    {
        var names = ignored.ToList();
        return new(folded.Stored.Id, eventId, ApiJson.Name(Standing.Status(folded.State, folded.Policy)), NextView.Of(folded.State, folded.Policy))
        {
            Warnings = names.Count == 0 ? null : [.. names.Select(n => $"'{n}' is not a member of this request; it was ignored.")],
        };
    }

    // Null: the case moved between the look and the append; look again.
    private async Task<Answer?> Append(ApiRequest request, FoldedCase folded, CaseEvent @event)
    {
        if (await store.FindFact(folded.File.Creditor, @event.Id, request.Ct) is { } told)
            return Again(folded, @event, told);
        var now = clock.GetUtcNow();
        if (FactRules.Check(folded, @event, now, request.Caller.Role >= Role.Operator) is { } refusal)
            return refusal;
        var after = await policies.Apply(folded, @event, now, request.Ct);
        var answer = Answer.Accepted(View(after, @event.Id, request.Body.Unasked));
        var append = new CaseAppend(folded.Stored.Id, folded.File.Creditor, @event, now, request.Caller.KeyId)
        {
            IfVersion = folded.Stored.Version,
            Answer = answer.Json(),
            Receipt = request.Receipt(answer),
        };
        switch ((await store.Append([append], request.Ct))[0])
        {
            case AppendOutcome.Appended:
                nudge.Nudge(folded.Stored.Id);
                return answer;
            case AppendOutcome.Known known:
                return Again(folded, @event, known);
            case AppendOutcome.NoSuchCase:
                return Answer.NotFound("invoice");
            default:
                return request.IdempotencyKey is { } key && await documents.FindReceipt(request.Scope, key, request.Ct) is { } receipt
                    ? new Answer(receipt.Status, null) { Text = receipt.Body }
                    : null;
        }
    }

    private static Answer Again(FoldedCase folded, CaseEvent @event, AppendOutcome.Known told)
    {
        var same = told.CaseId == folded.Stored.Id && DomainJson.Write(told.Event).AsSpan().SequenceEqual(DomainJson.Write(@event));
        return same && told.Answer is { } text
            ? new Answer(202, null) { Text = text }
            : Answer.Conflict("factKnown", "This id was used for another fact.", new Fault("id", "used", $"names a fact of case {told.CaseId} with other content."));
    }

    private async Task<string> Etag(FoldedCase folded)
    {
        // The ETag of GET is the hash of what it shows; the version alone would do, had clients not been given the hash.
        var view = await CaseViews.Of(folded, CancellationToken.None);
        return ApiPipeline.Etag(Encoding.UTF8.GetBytes(Answer.Ok(view).Json()));
    }
}
