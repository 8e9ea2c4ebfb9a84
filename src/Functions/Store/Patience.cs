using System.Security.Cryptography;
using Azure;

namespace Dunning.Functions.Store;

/// <summary>
/// How often a write that lost a race is tried again: at once at first, then after a pause of random length, so that two do not keep pace. Each loss
/// means that somebody else has written, so many in a row mean a case that is written to without rest.
/// </summary>
internal sealed class Patience
{
    private const int Most = 200;
    private const int AtOnce = 3;
    private const int LongestPause = 50;

    private int _lost;

    public bool IsFresh => _lost == 0;

    public Task Wait(CancellationToken ct)
    {
        if (++_lost > Most)
            throw new RequestFailedException(503, $"A write was overtaken {Most} times.");
        return _lost <= AtOnce ? Task.CompletedTask : Task.Delay(RandomNumberGenerator.GetInt32(1, Math.Min(_lost, LongestPause) + 1), ct);
    }
}
