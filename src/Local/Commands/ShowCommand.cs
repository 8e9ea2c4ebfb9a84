using System.CommandLine;

namespace Dunning.Local.Commands;

/// <summary>GET /api/invoices/{id}.</summary>
internal sealed class ShowCommand(Surroundings around, ProgramOptions options)
    : CaseAct("show", "Show a case: what is owed, how it stands, what is next and why, and its whole story.", around, options,
        "dunning show F-2026-0001 --creditor demo", "dunning show demo-f-2026-0001-3f2a… --json")
{
    protected override async Task<int> Run(ParseResult parsed, Screen screen, RunningHost host, string id, CancellationToken ct)
    {
        var found = await host.Get(RunningHost.Invoice(id), ct);
        if (screen.Json)
            screen.Write(found);
        else
            CaseSheet.Show(screen, found);
        return ExitCode.Fine;
    }
}
