using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Api;

/// <summary>The day up to which a creditor's books are known, told by what brings them: it only advances, and lets go on what waited for it.</summary>
public sealed class LedgerDates(Registry registry, ICaseStore store, Acknowledger acknowledger, TimeProvider clock)
{
    /// <summary>The day the books are known to after it; null when there is no such creditor. A day to come counts as today: a slip would switch the rule off.</summary>
    public async Task<DateOnly?> Advance(string creditor, DateOnly asOf, string by, CancellationToken ct)
    {
        var latest = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(14));
        var day = asOf < latest ? asOf : latest;
        for (var races = new Races(creditor); await registry.Creditors.Get(creditor, ct) is { } found; races.Lose())
        {
            if (found.Value.LedgerAsOf >= day)
                return found.Value.LedgerAsOf;
            if (!await registry.Creditors.Put(creditor, creditor, found.Value with { LedgerAsOf = day }, found.Version, null, ct))
                continue;
            // What stays stopped for another reason finds that out at its next claim.
            foreach (var id in await store.Stopped(creditor, ct))
                await acknowledger.Tell(id, new CaseEvent.SendingResumed(), by, ct);
            return day;
        }
        return null;
    }
}
