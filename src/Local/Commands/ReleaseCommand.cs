using System.CommandLine;

namespace Dunning.Local.Commands;

/// <summary>POST /api/invoices/{id}/release.</summary>
internal sealed class ReleaseCommand(Surroundings around, ProgramOptions options)
    : CaseAct("release", "End the hold of a case.", around, options, "dunning release F-2026-0001 --creditor demo")
{
    protected override Task<int> Run(ParseResult parsed, Screen screen, RunningHost host, string id, CancellationToken ct) => Tell(screen, host, id, "release", [], ct);
}
