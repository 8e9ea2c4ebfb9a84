namespace Dunning.Local.Tests.Crash;

/// <summary>
/// How often the program is killed, and by which choices. DUNNING_KILLS=n kills more often than the few that fit a build; DUNNING_KILL_SEED=n repeats the choices (not
/// the instants, which are the machine's).
/// </summary>
internal sealed record Kills(int Count, int Seed)
{
    public static Kills Asked(int usual, int seed = 4711) => new(Read("DUNNING_KILLS") ?? usual, Read("DUNNING_KILL_SEED") ?? seed);

    private static int? Read(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), out var asked) ? asked : null;
}
