using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Dunning.Local.Commands;

/// <summary>The program as it is called: a host without a command, and the acts on cases and on what is kept.</summary>
internal static class CommandLine
{
    /// <summary>Returns the exit code.</summary>
    public static async Task<int> Run(string[] arguments, Surroundings around)
    {
        var parsed = Root(around).Parse(arguments);
        var faults = parsed.Errors.Select(e => e.Message).ToList();
        if (parsed.CommandResult.Command is Act act)
            faults.AddRange(act.Misuse(parsed));
        if (faults.Count == 0 || parsed.Action is HelpWithExamples)
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = around.Out, Error = around.Error });
        foreach (var fault in faults.Distinct())
            await around.Error.WriteLineAsync(Cells.Clean(fault));
        await around.Error.WriteLineAsync($"See: {Called(parsed.CommandResult.Command)} --help");
        return ExitCode.BadUsage;
    }

    private static Command Root(Surroundings around)
    {
        var options = new ProgramOptions();
        var start = new HostStart(around, options);
        // Not a RootCommand, which would be shown under the name of the assembly.
        var root = new Command("dunning", "Dunning: gets invoices paid without anyone having to remember them. Without a command it starts a host.")
        {
            new DemoCommand(around, start),
            new ImportCommand(around, options),
            new ListCommand(around, options),
            new ShowCommand(around, options),
            new HoldCommand(around, options),
            new ReleaseCommand(around, options),
            new SimulateCommand(around, options),
            new RatesCommand(around),
            new VerifyCommand(around, options),
            new BackupCommand(around, options),
            new HelpOption { Action = new HelpWithExamples() },
            new VersionOption(),
        };
        start.AddTo(root);
        return root;
    }

    private static string Called(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Called(parent)} {command.Name}" : command.Name;

    /// <summary>The usual help, with the examples of a command below.</summary>
    private sealed class HelpWithExamples : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = new HelpAction().Invoke(parseResult);
            if (parseResult.CommandResult.Command is Act act)
                parseResult.InvocationConfiguration.Output.WriteLine($"Examples:\n{string.Concat(act.Examples.Select(e => $"  {e}\n"))}");
            return code;
        }
    }
}
