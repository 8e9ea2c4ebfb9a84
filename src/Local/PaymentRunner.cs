using Dunning.Service.Links;

namespace Dunning.Local;

/// <summary>Has providers asked once a day what webhooks did not tell, and links revoked that a provider would not revoke at once.</summary>
public sealed class PaymentRunner(Reconciliation reconciliation, TimeProvider clock, ILogger<PaymentRunner> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(10);

    // A provider lives in real time: under a test clock whoever tests says when it is asked.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RealTime.Every(Tick, clock, reconciliation.RunDue, log, "Payments could not be asked after; trying again in ten minutes", stoppingToken);
}
