using System.CommandLine;
using Dunning.Local.Store;
using Dunning.Service;
using Dunning.Service.Engine;

namespace Dunning.Local.Commands;

/// <summary>The options of the whole program: where its data is, and the key.</summary>
internal sealed class ProgramOptions
{
    public Option<string> Data { get; } = new("--data") { Description = "The folder everything is kept in.", DefaultValueFactory = _ => "data", Recursive = true };

    public Option<string?> Key { get; } = new("--key") { Description = "The key of whoever asks; for a host, the first admin's (or DUNNING_KEY).", Recursive = true };
}

/// <summary>A command that ends, with examples in its help. What stops it is told in one sentence, with an exit code.</summary>
internal abstract class Act : Command
{
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON, as when the output is piped." };
    private readonly Option<string?> _language = Values.OneOf("--lang", "The language of what is shown; the environment's unless said otherwise.", "fr", "en");

    protected Act(string name, string description, Surroundings around, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        Add(_json);
        Add(_language);
        SetAction(async (parsed, ct) =>
        {
            var screen = new Screen(around, parsed.GetValue(_json), Words.Of(parsed.GetValue(_language), around.Variable));
            return await Guarded(screen, () => Run(parsed, screen, ct), ct);
        });
    }

    public IReadOnlyList<string> Examples { get; }

    /// <summary>What is wrong with what was asked, beyond each option by itself; values that are wrong themselves must not be read here.</summary>
    public virtual IEnumerable<string> Misuse(ParseResult parsed) => [];

    protected abstract Task<int> Run(ParseResult parsed, Screen screen, CancellationToken ct);

    private static async Task<int> Guarded(Screen screen, Func<Task<int>> run, CancellationToken ct)
    {
        try
        {
            return await run();
        }
        catch (NoHost absent)
        {
            screen.Warn(absent.In(screen.Words));
            return ExitCode.NoHost;
        }
        catch (RefusedByHost refused)
        {
            Refusal.Tell(screen, refused.Problem);
            return ExitCode.Wrong;
        }
        catch (BadUsage wrong)
        {
            foreach (var fault in wrong.Faults)
                screen.Warn(fault);
            return ExitCode.BadUsage;
        }
        catch (Exception stopped) when (stopped is IOException or UnauthorizedAccessException or WrongSchema or BrokenFiles or StoreUnavailable or Microsoft.Data.Sqlite.SqliteException)
        {
            screen.Warn(stopped.Message);
            return ExitCode.Wrong;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            screen.Warn(screen.Words.Say("Stopped.", "Arrêté."));
            return ExitCode.Wrong;
        }
    }
}

/// <summary>What was asked cannot be done with what is there: a file that is missing, or one that must not be overwritten.</summary>
internal sealed class BadUsage(params IReadOnlyList<string> faults) : Exception(string.Join(' ', faults))
{
    public IReadOnlyList<string> Faults => faults;
}
