using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Lifecycle;

/// <summary>
/// Platform statuses become facts of the case: what is known is written down first, then the case is brought to where the latest status of each track puts it. Cut
/// short anywhere, the same status told again does the rest.
/// </summary>
public sealed class LifecycleDesk(Registry registry, Acknowledger acknowledger, DunningEngine engine, ICaseStore store, TimeProvider clock)
{
    private const string By = "lifecycle";
    private const int DaysToArrive = 5;
    private const int MostDaysAhead = 90;

    public async Task<LifecycleLog> Of(string caseId, CancellationToken ct) => (await registry.Lifecycles.Get(caseId, ct))?.Value ?? LifecycleLog.Empty;

    /// <summary>False when the id was told with another content.</summary>
    public async Task<bool> Take(string caseId, string creditor, LifecycleEntry entry, CancellationToken ct)
    {
        for (var races = new Races(caseId); ; races.Lose())
        {
            var kept = await registry.Lifecycles.Get(caseId, ct);
            var known = kept?.Value ?? LifecycleLog.Empty;
            if (known.Find(entry.Id) is { } told && told != entry)
                return false;
            if (known.Find(entry.Id) is null && !await registry.Lifecycles.Put(caseId, creditor, known.With(entry), kept?.Version ?? 0, null, ct))
                continue;
            break;
        }
        await Follow(caseId, ct);
        return true;
    }

    // Whoever learns more meanwhile may have ended what is only begun here: it is looked at again.
    private async Task Follow(string caseId, CancellationToken ct)
    {
        for (var races = new Races(caseId); await registry.Lifecycles.Get(caseId, ct) is { } kept; races.Lose())
        {
            var log = kept.Value;
            foreach (var rejected in log.Of(LifecycleStatus.Rejected))
                await Reject(caseId, rejected, ct);
            foreach (var cashed in log.Of(LifecycleStatus.Cashed))
                await Cash(caseId, log, cashed, ct);
            await Dispute(caseId, log, LifecycleTrack.Agreement, ct);
            await Dispute(caseId, log, LifecycleTrack.Completeness, ct);
            await Await(caseId, log, ct);
            if ((await registry.Lifecycles.Get(caseId, ct))?.Version == kept.Version)
                return;
        }
    }

    // A rejected invoice was never validly issued. The hold silences until a person lifts it; the word itself is put before them now.
    private async Task Reject(string caseId, LifecycleEntry rejected, CancellationToken ct)
    {
        await Once(caseId, _ => new Held(Said(rejected)) { Id = rejected.FactId(caseId) }, ct);
        await Once(caseId, _ => new ReplyReceived("platform", Said(rejected)) { Id = $"{rejected.FactId(caseId)}:told", At = rejected.At }, ct);
    }

    // Named after the announcement before it, whose silence it ends.
    private async Task Cash(string caseId, LifecycleLog log, LifecycleEntry cashed, CancellationToken ct)
    {
        var announced = log.Of(LifecycleStatus.PaymentSent).LastOrDefault(a => a.At <= cashed.At);
        await Once(caseId, f => new PaymentReceived(cashed.Amount!.Value, cashed.Date ?? f.Policy.Zone.LocalDate(cashed.At), "platform", announced?.FactId(caseId)) { Id = cashed.FactId(caseId) }, ct);
    }

    // The new dispute first, then the end of those before it: no moment between them without a silence.
    private async Task Dispute(string caseId, LifecycleLog log, LifecycleTrack track, CancellationToken ct)
    {
        var latest = log.Latest(track);
        if (latest is not null && track.Silencing.Contains(latest.Code))
            await Once(caseId, f => DisputeOf(f, latest, caseId), ct);
        foreach (var earlier in log.Entries.Where(e => e != latest && track.Silencing.Contains(e.Code)))
            await Once(caseId, f => f.File.Silences.Disputes.Any(d => d.Id == earlier.FactId(caseId))
                ? new DisputeResolved(earlier.FactId(caseId), DisputeOutcome.Rejected) { Id = $"{latest!.FactId(caseId)}:ends:{earlier.Id}" }
                : null, ct);
    }

    private static DisputeOpened? DisputeOf(FoldedCase folded, LifecycleEntry entry, string caseId)
    {
        var (kind, code) = entry.Code == LifecycleStatus.Suspended ? (DisputeKind.Technical, DisputeCode.Other) : (DisputeKind.Commercial, DisputeCode.Other);
        if (entry.Code != LifecycleStatus.PartiallyApproved)
            return new(kind, code, null, Said(entry)) { Id = entry.FactId(caseId) };
        var (invoiced, approved, balance) = (folded.File.Invoice.Amount, entry.Amount!.Value, folded.File.Balance);
        if (approved >= invoiced)
            return null;
        var rest = invoiced - approved;
        return new(kind, DisputeCode.WrongAmount, rest < balance ? rest : null, Said(entry)) { Id = entry.FactId(caseId) };
    }

    private async Task Await(string caseId, LifecycleLog log, CancellationToken ct)
    {
        var latest = log.Latest(LifecycleTrack.Payment);
        if (latest is { Code: LifecycleStatus.PaymentSent })
            await Once(caseId, f => new PaymentPending(ExpectedOn(f, latest), latest.Amount, latest.FactId(caseId)) { Id = latest.FactId(caseId) }, ct);
        foreach (var earlier in log.Of(LifecycleStatus.PaymentSent).Where(e => e != latest))
            await Once(caseId, f => f.File.Silences.Pending.Any(p => p.Id == earlier.FactId(caseId))
                ? new PendingPaymentFailed(earlier.FactId(caseId), $"{LifecycleStatus.Of(latest!.Code)}") { Id = $"{latest.FactId(caseId)}:ends:{earlier.Id}" }
                : null, ct);
    }

    // A transfer takes days. One whose day is over when it is announced is awaited today.
    private DateOnly ExpectedOn(FoldedCase folded, LifecycleEntry sent)
    {
        var (today, told) = (folded.Policy.Zone.LocalDate(clock.GetUtcNow()), sent.Date ?? folded.Policy.Zone.LocalDate(sent.At).AddDays(DaysToArrive));
        return told < today ? today : told > today.AddDays(MostDaysAhead) ? today.AddDays(MostDaysAhead) : told;
    }

    // A fact is told once; one the case cannot take, being closed, is about something that is over.
    private async Task Once(string caseId, Func<FoldedCase, CaseEvent?> read, CancellationToken ct)
    {
        if (await engine.Look(caseId, ct) is { } folded && read(folded) is { } @event && await store.FindFact(folded.File.Creditor, @event.Id, ct) is null)
            await acknowledger.Tell(caseId, @event, By, ct);
    }

    private static string Said(LifecycleEntry entry) => $"{LifecycleStatus.Of(entry.Code)}{(entry.Reason is { } reason ? $": {reason}" : "")}";
}
