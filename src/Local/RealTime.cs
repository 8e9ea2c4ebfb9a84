using Dunning.Service;
using Dunning.Service.Engine;

namespace Dunning.Local;

/// <summary>What the host does again and again by itself. A test clock moves only when told to, and whoever moves it runs what is due: under one, nothing is done here.</summary>
internal static class RealTime
{
    /// <summary>Returns when it is cancelled.</summary>
    public static async Task Every(TimeSpan tick, TimeProvider clock, Func<CancellationToken, Task> act, CancellationToken ct)
    {
        if (clock is VirtualClock)
            return;
        using var timer = new PeriodicTimer(tick);
        try
        {
            do
                await act(ct);
            while (await timer.WaitForNextTickAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
    }

    /// <summary>The same for what reads the store: while it does not answer, <paramref name="failed"/> is logged and the next tick tries again.</summary>
    public static Task Every(TimeSpan tick, TimeProvider clock, Func<CancellationToken, Task> act, ILogger log, string failed, CancellationToken ct) =>
        Every(tick, clock, async ct =>
        {
            try
            {
                await act(ct);
            }
            catch (StoreUnavailable failure)
            {
                log.LogError(failure, "{Failed}", failed);
            }
        }, ct);
}
