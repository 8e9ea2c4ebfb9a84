using Dunning.Service;

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
}
