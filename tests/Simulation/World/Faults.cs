namespace Dunning.Simulation;

/// <summary>How bad the world is in this seed. Every figure reads "one in"; 0 is never.</summary>
internal sealed record Faults
{
    public static readonly Faults None = new();

    public int Crash { get; init; }

    public int DiskFull { get; init; }

    public int Tick { get; init; }

    public int Race { get; init; }

    public int Downtime { get; init; }

    public int Duplicate { get; init; }

    public int AcceptedThenLost { get; init; }

    public int Refused { get; init; }

    public int Throttled { get; init; }

    public int FailedBefore { get; init; }

    public int BadText { get; init; }

    public int Silent { get; init; }

    public int AskFails { get; init; }

    public int Late { get; init; }

    public int Bounce { get; init; }

    /// <summary>Each seed leaves some faults out: what only shows when a fault is absent shows too.</summary>
    public static Faults Draw(Chance chance)
    {
        int Some(params int[] rates) => chance.OneIn(3) ? 0 : chance.Of(rates);
        return new()
        {
            Crash = Some(25, 60, 150, 400),
            DiskFull = Some(30, 100, 300),
            Tick = Some(3, 10),
            Race = chance.Of([2, 4, 10]),
            Downtime = Some(15, 40),
            Duplicate = Some(2, 5),
            AcceptedThenLost = Some(6, 15),
            Refused = Some(8, 20),
            Throttled = Some(3, 8),
            FailedBefore = Some(8, 20),
            BadText = Some(15, 40),
            Silent = chance.Of([1, 2, 4, 0]),
            AskFails = Some(4, 12),
            Late = Some(8, 20),
            Bounce = Some(5, 12),
        };
    }
}
