using System.CommandLine;
using Dunning.Local.Store;
using Dunning.Local.Verifying;

namespace Dunning.Local.Commands;

/// <summary>Checks everything that is kept in a data folder, while a host may be using it.</summary>
internal sealed class VerifyCommand : Act
{
    private readonly Option<string> _data;

    public VerifyCommand(Surroundings around, ProgramOptions options)
        : base("verify", "Check what is kept: the database file, and the record against its hashes and signed digests. A host may be running.", around,
            "dunning verify --data ./data", "dunning verify --data ./data --json | jq .findings") => _data = options.Data;

    protected override async Task<int> Run(ParseResult parsed, Screen screen, CancellationToken ct)
    {
        var folder = parsed.GetValue(_data)!;
        if (!File.Exists(Path.Combine(folder, SqliteStore.FileName)))
            throw new BadUsage(screen.Words.Say($"There is no {SqliteStore.FileName} in {Path.GetFullPath(folder)}: say with --data where it is.",
                $"Il n’y a pas de {SqliteStore.FileName} dans {Path.GetFullPath(folder)}\u00A0: indiquez par --data où il se trouve."));
        var (cases, found) = await screen.Track([.. StoreChecks.All.Select(c => screen.Words.Say(c.Title))], bars => Task.Run(() => Check(folder, bars, ct), ct));
        if (screen.Json)
            screen.Write(new { Folder = Path.GetFullPath(folder), Checks = StoreChecks.All.Select(c => c.Name), Cases = cases, Findings = Faults(screen.Words, found), Remarks = Remarks(screen.Words, found) });
        else
            Show(screen, cases, found);
        return found.All(f => f.IsRemark) ? ExitCode.Fine : ExitCode.Wrong;
    }

    public static void Show(Screen screen, long? cases, IReadOnlyList<Finding> found)
    {
        var words = screen.Words;
        if (cases is { } whole)
            screen.Say(words.Say("Whole", "Intègre") + words.Colon("") + " " + words.Count(whole, new("case", "dossier"), new("cases", "dossiers")) + ".");
        foreach (var finding in found)
            screen.Warn($"{finding.Case ?? finding.Check}{words.Colon("")} {(finding.IsRemark ? words.Say("no fault, but", "sans être un défaut,") + " " : "")}{words.Say(finding.What)}");
        if (found.Count(f => !f.IsRemark) is > 0 and var faults)
            screen.Say(words.Count(faults, new("fault", "défaut"), new("faults", "défauts")) + ".");
    }

    public static IEnumerable<object> Faults(Words words, IReadOnlyList<Finding> found) => found.Where(f => !f.IsRemark).Select(f => new { f.Check, f.Case, What = words.Say(f.What) });

    public static IEnumerable<object> Remarks(Words words, IReadOnlyList<Finding> found) => found.Where(f => f.IsRemark).Select(f => new { f.Check, What = words.Say(f.What) });

    // Without faults, of how many cases.
    private static (long? Cases, IReadOnlyList<Finding> Findings) Check(string folder, IReadOnlyList<IProgress<Portion>> bars, CancellationToken ct)
    {
        try
        {
            using var database = StoreReader.Open(folder);
            var found = StoreChecks.Run(new(folder, database), bars, ct);
            return (found.All(f => f.IsRemark) ? RecordCheck.Cases(database) : null, found);
        }
        catch (Microsoft.Data.Sqlite.SqliteException unreadable)
        {
            return (null, [StoreChecks.Unreadable(StoreChecks.All[0], unreadable)]);
        }
    }
}
