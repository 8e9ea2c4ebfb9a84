using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Dunning.Local.Commands;

/// <summary>POST /api/invoices/{id}/hold.</summary>
internal sealed class HoldCommand : CaseAct
{
    private readonly Option<string> _reason = new("--reason") { Description = "Why; it stays on the record.", Required = true };
    private readonly Option<DateOnly?> _until = Values.Date("--until", "The last day of the hold; without it, until it is released.");

    public HoldCommand(Surroundings around, ProgramOptions options)
        : base("hold", "Keep a case silent: nothing leaves until the hold ends.", around, options, "dunning hold F-2026-0001 --creditor demo --reason \"call of Mr Martin\" --until 2026-11-20")
    {
        Add(_reason);
        Add(_until);
    }

    protected override Task<int> Run(ParseResult parsed, Screen screen, RunningHost host, string id, CancellationToken ct) => Tell(screen, host, id, "hold",
        new JsonObject { ["reason"] = parsed.GetValue(_reason), ["until"] = parsed.GetValue(_until)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }, ct);
}
