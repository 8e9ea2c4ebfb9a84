using System.Text.Json.Nodes;
using Dunning.Local.Commands;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Commands;

/// <summary>What a command said, on each of its outputs, and what it ended with.</summary>
internal sealed record Called(int Code, string Out, string Error)
{
    public JsonNode Json => JsonNode.Parse(Out)!;

    public JsonNode[] Lines => [.. Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];

    public override string ToString() => $"{Code}\n{Out}\n{Error}";
}

/// <summary>Calls the command line as a program or as a person in front of a wide terminal would.</summary>
internal static class Cli
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public static Task<Called> Piped(params string[] arguments) => Call(true, null, arguments);

    public static Task<Called> Read(string language, params string[] arguments) => Call(false, null, [.. arguments, "--lang", language]);

    /// <summary>Asks the host of a test, under its first key.</summary>
    public static Task<Called> Ask(this TestHost host, params string[] arguments) => Call(true, TestHost.Key, [.. arguments, "--url", host.Address.ToString()]);

    public static Task<Called> Read(this TestHost host, string language, params string[] arguments) =>
        Call(false, TestHost.Key, [.. arguments, "--url", host.Address.ToString(), "--lang", language]);

    /// <summary>As a person sees it come into being, moving bars included.</summary>
    public static Task<Called> Watch(this TestHost host, string language, string? noColour, params string[] arguments) =>
        Call(false, TestHost.Key, [.. arguments, "--lang", language], moves: true, noColour);

    private static async Task<Called> Call(bool piped, string? key, string[] arguments, bool moves = false, string? noColour = null)
    {
        using var said = new StringWriter { NewLine = "\n" };
        using var told = new StringWriter { NewLine = "\n" };
        var around = new Surroundings(said, told, piped, name => name switch { "DUNNING_KEY" => key, "NO_COLOR" => noColour, _ => null }, new Standing(Now))
        {
            Width = 200,
            Moves = moves,
        };
        var code = await CommandLine.Run(arguments, around);
        return new(code, said.ToString().ReplaceLineEndings("\n"), told.ToString());
    }

    private sealed class Standing(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
