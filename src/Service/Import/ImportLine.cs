using System.Text.Json;

namespace Dunning.Service.Import;

/// <summary>What became of one data line of a ledger. Lines are numbered as in the file; a CSV header is line 1.</summary>
public abstract record ImportLine
{
    private ImportLine(int line) => Line = line;

    public int Line { get; }

    /// <summary>
    /// A line that could be converted. <paramref name="Body"/> is the body of <c>POST /api/invoices</c>, not yet judged, plus for CSV
    /// <c>payments</c> <c>[{ id, amount, date }]</c> and <c>alreadySent</c> where the ledger says so.
    /// </summary>
    public sealed record Read(int Line, JsonElement Body) : ImportLine(Line);

    /// <summary>A line that could not be converted, with everything that is wrong with it; never empty.</summary>
    public sealed record Broken(int Line, IReadOnlyList<Fault> Faults) : ImportLine(Line);

    internal static Broken Whole(int line, string code, string message) => new(line, [new Fault("line", code, message)]);
}
