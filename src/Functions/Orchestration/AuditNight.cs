using Dunning.Service.Audit;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Functions.Orchestration;

/// <summary>Makes the digest of the day, and erases what was kept long enough. Run again it does what is left.</summary>
public sealed class AuditNight(Digests digests, Retention retention)
{
    [Function("DigestNight")]
    public Task Digest([TimerTrigger("0 41 1 * * *")] TimerInfo timer, CancellationToken ct) => digests.Make(ct);

    [Function("RetentionNight")]
    public Task Erase([TimerTrigger("0 11 2 * * *")] TimerInfo timer, CancellationToken ct) => retention.Run(ct);
}
