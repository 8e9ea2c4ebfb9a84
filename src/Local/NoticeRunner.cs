using Dunning.Service.Upcoming;

namespace Dunning.Local;

/// <summary>Has creditors told in the afternoon what leaves on the next business day.</summary>
public sealed class NoticeRunner(TomorrowsPost post, TimeProvider clock, ILogger<NoticeRunner> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    // Under a test clock whoever moves it tells what is due on the way.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RealTime.Every(Tick, clock, post.RunDue, log, "Creditors could not be told what leaves; trying again in a minute", stoppingToken);
}
