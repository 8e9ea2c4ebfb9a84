using System.Text.Json;
using Dunning.Service.Audit;
using Dunning.Service.Engine;

namespace Dunning.Local;

/// <summary>Makes the digest of each day, and erases what was kept long enough: at the first look of a day, and again until it is done.</summary>
public sealed class AuditRunner(Digests digests, Retention retention, TimeProvider clock, ILogger<AuditRunner> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(10);
    private DateOnly _done;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RealTime.Every(Tick, clock, Look, stoppingToken);

    private async Task Look(CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (_done == today)
            return;
        try
        {
            await digests.Make(ct);
            var (cases, documents) = await retention.Run(ct);
            if (cases + documents > 0)
                log.LogInformation("Kept long enough: the personal data of {Cases} cases and {Documents} documents was erased", cases, documents);
            _done = today;
        }
        catch (Exception failure) when (failure is StoreUnavailable or IOException or UnauthorizedAccessException or JsonException)
        {
            log.LogError(failure, "The day's digest or erasure was cut short; trying again in ten minutes");
        }
    }
}
