using System.CommandLine;
using Dunning.Local.Store;
using Dunning.Service;

namespace Dunning.Local.Commands;

/// <summary>Starts a host: what the program does when no command is named.</summary>
internal sealed class HostStart(Surroundings around, ProgramOptions program)
{
    private readonly Option<DateTimeOffset?> _clock = Values.Instant("--clock", "Start a test clock at this instant, for instance 2026-10-01T08:00:00+02:00.");

    public Option<string> Urls { get; } = new("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => "http://localhost:7071" };

    public void AddTo(Command root)
    {
        foreach (var option in new Option[] { program.Data, Urls, program.Key, _clock })
            root.Add(option);
        root.SetAction((parsed, ct) => Guarded(() => Run(parsed, ct)));
    }

    public LocalOptions Options(ParseResult parsed) => LocalOptions.FromEnvironment() with
    {
        DataFolder = parsed.GetValue(program.Data)!,
        Urls = parsed.GetValue(Urls)!,
        Key = parsed.GetValue(program.Key) ?? around.Variable("DUNNING_KEY"),
    };

    /// <summary>What stops a start is told in one line.</summary>
    public async Task<int> Guarded(Func<Task> run)
    {
        try
        {
            await run();
            return ExitCode.Fine;
        }
        catch (Exception refused) when (refused is AlreadyRunning or BrokenFiles or FormatException or WrongSchema or Dunning.Service.Engine.StoreUnavailable or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            await around.Error.WriteLineAsync(refused.Message);
            return ExitCode.Wrong;
        }
    }

    private async Task Run(ParseResult parsed, CancellationToken ct)
    {
        var options = Options(parsed) with { Clock = parsed.GetValue(_clock) };
        string? first = null;
        await using var app = await LocalHost.Build(options, secret => first = secret);
        await app.StartAsync(ct);
        around.Out.WriteLine($"Dunning listens on {string.Join(", ", app.Urls)}; everything is kept in {Path.GetFullPath(options.DataFolder)}.");
        if (app.Urls.Any(url => Uri.TryCreate(url, UriKind.Absolute, out var at) && !at.IsLoopback))
            around.Out.WriteLine("Other machines can reach it: put TLS in front of it.");
        if (first is not null)
            around.Out.WriteLine($"""
                First key, shown once: {first}
                Try it:  curl -H "Authorization: Bearer {first}" {app.Urls.First()}/api/creditors
                """);
        await app.WaitForShutdownAsync(ct);
    }
}
