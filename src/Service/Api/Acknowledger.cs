using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Service.Api;

/// <summary>
/// Turns a request into an acknowledged fact: read, checked against the case as it stands, appended on condition that it still stands so, answered.
/// The same fact again gets the same answer; other content under its id is a conflict.
/// </summary>
public sealed class Acknowledger(
    DunningEngine engine, ICaseStore store, ICaseLists lists, IPolicyBook policies, IDocuments documents, CaseViewer caseViews, Foresight foresight, INudge nudge, TimeProvider clock)
{
    public CaseViewer CaseViews => caseViews;

    /// <summary>The case, if the caller may see it.</summary>
    public async Task<FoldedCase?> Find(Caller caller, string caseId, CancellationToken ct) =>
        await engine.Look(caseId, ct) is { } folded && caller.Sees(folded.File.Creditor) ? folded : null;

    public Task<Answer> Acknowledge(ApiRequest request, string caseId, Func<FoldedCase, CaseEvent?> read) => Acknowledge(request, caseId, f => (read(f), null));

    /// <summary>Reads the event, or says why this case cannot take it.</summary>
    public async Task<Answer> Acknowledge(ApiRequest request, string caseId, Func<FoldedCase, (CaseEvent? Event, Answer? Refusal)> read)
    {
        var (id, operatorSaysSo) = (request.FactId(), request.OperatorSaysSo);
        for (var races = new Races(caseId); ; races.Lose())
        {
            if (await Find(request.Caller, caseId, request.Ct) is not { } folded)
                return Answer.NotFound("invoice");
            var told = await Told(folded, id, request.Ct);
            // An id derived from an Idempotency-Key: the key's own rule comes first.
            if (told is not null && await documents.Replay(request) is { } kin)
                return kin;
            if (told is not null && FactAnswer.Of(told) is { } kept && kept.Fingerprint == request.FactFingerprint)
                return kept.Answer;
            var (@event, refusal) = read(folded);
            if (request.Body.Faults.Count > 0)
                return Answer.Invalid(request.Body.Faults);
            if (@event is not null && told is not null)
                return Again(folded, @event with { Id = id }, told);
            if (@event is null || refusal is not null)
                return refusal ?? Answer.Invalid(request.Body.Faults);
            if (request.HasCondition && request.Precondition(ApiPipeline.Etag(await CaseViews.Of(folded, request.Ct))) is { } moved)
                return moved;
            if (request.IsForesight)
                return await Foresee(request, folded, @event with { Id = id }, operatorSaysSo);
            if (await Append(request, folded, @event with { Id = id }, operatorSaysSo) is { } answer)
                return answer;
            // The case moved between the look and the append, or the very same request was faster.
            if (await documents.Replay(request) is { } replayed)
                return replayed;
        }
    }

    /// <summary>Appends a fact that is part of a larger act. False if a rule forbids it, its id names another fact, or the case is gone.</summary>
    /// <param name="may">A rule of whoever tells it, for the case as it stands when it is appended.</param>
    public async Task<bool> Tell(string caseId, CaseEvent @event, string by, CancellationToken ct, Func<FoldedCase, bool>? may = null)
    {
        for (var races = new Races(caseId); await engine.Look(caseId, ct) is { } folded; races.Lose())
        {
            if (FactRules.Check(folded, @event, clock.GetUtcNow()) is not null || may?.Invoke(folded) == false)
                return false;
            var append = new CaseAppend(caseId, folded.File.Creditor, @event, clock.GetUtcNow(), by) { IfVersion = folded.Stored.Version };
            switch ((await store.Append([append], ct))[0])
            {
                case AppendOutcome.VersionMoved:
                    continue;
                case AppendOutcome.Known known:
                    return IsSame(folded, @event, known);
                default:
                    nudge.Nudge(caseId);
                    return true;
            }
        }
        return false;
    }

    /// <summary>Whether <see cref="Tell"/> would tell it now, or has.</summary>
    public async Task<bool> CanTell(string caseId, CaseEvent @event, CancellationToken ct) =>
        await engine.Look(caseId, ct) is { } folded && FactRules.Check(folded, @event, clock.GetUtcNow()) is null
        && (await Told(folded, @event.Id, ct) is not { } told || IsSame(folded, @event, told));

    public static FactView View(FoldedCase folded, string eventId) =>
        new(folded.Stored.Id, eventId, ApiJson.Name(Standing.Status(folded.State, folded.Policy)), NextView.Of(folded.State, folded.Policy));

    private async Task<Answer> Foresee(ApiRequest request, FoldedCase folded, CaseEvent @event, bool operatorSaysSo)
    {
        var now = clock.GetUtcNow();
        if (FactRules.Check(folded, @event, now, operatorSaysSo) is { } refusal)
            return refusal;
        var etag = ApiPipeline.Etag(await CaseViews.Of(folded, request.Ct));
        return Answer.Ok(ConsequenceView.Of(await foresight.Of(folded, [@event], now, request.Ct), etag));
    }

    // Null: the case moved between the look and the append; look again.
    private async Task<Answer?> Append(ApiRequest request, FoldedCase folded, CaseEvent @event, bool operatorSaysSo)
    {
        var now = clock.GetUtcNow();
        if (FactRules.Check(folded, @event, now, operatorSaysSo) is { } refusal)
            return refusal;
        var after = await policies.Apply(folded, @event, now, request.Ct);
        var answer = request.Finish(Answer.Accepted(View(after, @event.Id)));
        var append = new CaseAppend(folded.Stored.Id, folded.File.Creditor, @event, now, request.Caller.KeyId)
        {
            IfVersion = folded.Stored.Version,
            Answer = new FactAnswer(request.FactFingerprint, answer).ToString(),
            Receipt = request.Receipt(answer),
        };
        switch ((await store.Append([append], request.Ct))[0])
        {
            case AppendOutcome.Appended:
                nudge.Nudge(folded.Stored.Id);
                return answer;
            case AppendOutcome.NoSuchCase:
                return Answer.NotFound("invoice");
            default:
                return null;
        }
    }

    // Facts that came with a registration have no answer of their own, but they are facts.
    private async Task<AppendOutcome.Known?> Told(FoldedCase folded, string id, CancellationToken ct)
    {
        if (await store.FindFact(folded.File.Creditor, id, ct) is { } told)
            return told;
        if (!folded.File.Applied.Contains(id))
            return null;
        var log = await lists.Log(folded.Stored.Id, 0, int.MaxValue, ct);
        return log.FirstOrDefault(e => e.Logged.Event.Id == id) is { } audited ? new(folded.Stored.Id, audited.Logged.Event, null) : null;
    }

    private static Answer Again(FoldedCase folded, CaseEvent @event, AppendOutcome.Known told) =>
        IsSame(folded, @event, told)
            ? FactAnswer.Of(told)?.Answer ?? Answer.Accepted(View(folded, @event.Id))
            : Answer.Conflict("factKnown", "This id was used for another fact.", new Fault("id", "used", $"names a fact of case {told.CaseId} with other content."));

    private static bool IsSame(FoldedCase folded, CaseEvent @event, AppendOutcome.Known told) =>
        told.CaseId == folded.Stored.Id && DomainJson.Write(told.Event).AsSpan().SequenceEqual(DomainJson.Write(@event));

    /// <summary>What is kept with a fact: the words it was told in, by their hash, and the answer they got.</summary>
    private sealed record FactAnswer(string Fingerprint, Answer Answer)
    {
        public static FactAnswer? Of(AppendOutcome.Known told) =>
            told.Answer?.Split('\n', 2) is [var fingerprint, var text] ? new(fingerprint, new Answer(202, null) { Text = text }) : null;

        public override string ToString() => $"{Fingerprint}\n{Answer.Json()}";
    }
}
