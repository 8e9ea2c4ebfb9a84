using Dunning.Simulation;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>What else goes wrong around orchestrations, in this seed. Every figure reads "one in"; 0 is never.</summary>
internal sealed record Mood
{
    public static readonly Mood None = new();

    /// <summary>A process dies before or after one request to storage, or while it waits for a provider.</summary>
    public int Death { get; init; }

    /// <summary>Storage stops answering for some attempts in a row, before or after the effect.</summary>
    public int Outage { get; init; }

    /// <summary>An activity is not begun, not recorded, or run twice.</summary>
    public int Activity { get; init; }

    /// <summary>Nobody is told of what was acknowledged.</summary>
    public int LostSignal { get; init; }

    /// <summary>Something else is acknowledged in the middle of a request.</summary>
    public int Race { get; init; }

    /// <summary>What can be raised by name is, instead of told over HTTP.</summary>
    public int ByName { get; init; }

    public static Mood Draw(Chance chance)
    {
        int Some(params int[] rates) => chance.OneIn(3) ? 0 : chance.Of(rates);
        return new()
        {
            Death = Some(60, 150, 400),
            Outage = Some(40, 120, 300),
            Activity = Some(3, 8, 20),
            LostSignal = Some(2, 4, 10),
            Race = chance.Of([40, 120, 400]),
            ByName = Some(1, 2, 3),
        };
    }
}
