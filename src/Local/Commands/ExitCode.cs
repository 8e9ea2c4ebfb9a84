namespace Dunning.Local.Commands;

/// <summary>What the program ends with, told in docs/command-line.md.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>Something was refused, or found wrong.</summary>
    public const int Wrong = 1;

    public const int BadUsage = 2;

    /// <summary>The command needs a running host, and none answers.</summary>
    public const int NoHost = 3;
}
