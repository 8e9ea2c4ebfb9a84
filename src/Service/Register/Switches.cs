using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Service.Register;

/// <summary>The stop switches and the age of the books, read at every claim.</summary>
public sealed class Switches(Registry registry, bool off = false) : ISwitches
{
    public const string Global = "global";

    public async ValueTask<StopCause?> Stopped(string creditor, Policy policy, DateTimeOffset now, CancellationToken ct)
    {
        if (off || await registry.Sending.Get(Global, ct) is { Value.Stopped: true })
            return StopCause.Switch;
        var found = await registry.Creditors.Get(creditor, ct);
        if (found is { Value.SendingStopped: true })
            return StopCause.Switch;
        return policy.MaxLedgerAgeDays is { } days && IsTooOld(found?.Value.LedgerAsOf, policy.Zone.LocalDate(now), days) ? StopCause.Ledger : null;
    }

    private static bool IsTooOld(DateOnly? asOf, DateOnly today, int days) => asOf is null || asOf.Value.AddDays(days) < today;
}
