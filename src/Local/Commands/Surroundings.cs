namespace Dunning.Local.Commands;

/// <summary>What a command is called in: where it writes, whether a program reads that, what the environment says, and what time it is.</summary>
internal sealed record Surroundings(TextWriter Out, TextWriter Error, bool Piped, Func<string, string?> Variable, TimeProvider Clock)
{
    /// <summary>Columns of the terminal; null is as many as it has.</summary>
    public int? Width { get; init; }

    /// <summary>The output is a terminal that moves its cursor, whatever it looks like.</summary>
    public bool Moves { get; init; }

    public static Surroundings OfProcess() =>
        new(Console.Out, Console.Error, Console.IsOutputRedirected, Environment.GetEnvironmentVariable, TimeProvider.System);
}
