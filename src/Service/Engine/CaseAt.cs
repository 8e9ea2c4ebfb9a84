using Dunning.Domain;

namespace Dunning.Service.Engine;

/// <summary>A case as it was right after an event of its log.</summary>
public sealed record CaseAt(LoggedEvent Logged, CaseFile File, Policy Policy)
{
    /// <summary>The day of the event, where the policy is.</summary>
    public DateOnly On => Policy.Zone.LocalDate(Logged.At);

    /// <summary>After the first event that is meant; null when the log has none, or it was set aside.</summary>
    public static async Task<CaseAt?> After(ICaseLists lists, IPolicyBook policies, string caseId, Func<CaseEvent, bool> meant, CancellationToken ct)
    {
        var log = await lists.Log(caseId, 0, int.MaxValue, ct);
        if (!log.Any(e => meant(e.Logged.Event)))
            return null;
        DunningCase state = DunningCase.Unregistered.Instance;
        var aside = log.Select(e => e.Logged.Event).OfType<CaseEvent.EventSetAside>().Select(e => e.Seq).ToHashSet();
        foreach (var (logged, _) in log)
        {
            if (aside.Contains(logged.Seq) || (state.Known?.Policy ?? (logged.Event as CaseEvent.Registered)?.Policy) is not { } own)
                continue;
            var (after, fault) = await policies.Decide(state, await policies.Get(own, ct), logged, ct);
            state = fault is null ? after : state;
            if (fault is null && meant(logged.Event) && state.Known is { } file)
                return new(logged, file, await policies.Get(file.Policy, ct));
        }
        return null;
    }
}
