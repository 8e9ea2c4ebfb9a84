using System.Globalization;
using Dunning.Local.Commands;
using Dunning.Local.Store;
using Dunning.Service.Audit;

namespace Dunning.Local.Verifying;

/// <summary>The log of each case against its hashes (P12): nothing was changed, taken away or put in between.</summary>
internal sealed class ChainCheck : IStoreCheck
{
    private const int AtOnce = 500;

    public string Name => "chain";

    public Said Title => new("The log of each case", "Le journal de chaque dossier");

    public IEnumerable<Finding> Run(StoreUnderCheck store, IProgress<Portion> progress)
    {
        var count = Count(store.Database);
        progress.Report(new(0, count));
        var done = 0L;
        for (var cases = After(store.Database, 0); cases.Count > 0; cases = After(store.Database, cases[^1].No))
            foreach (var (no, id) in cases)
            {
                // One snapshot each, and short: a host at work must be able to put its write-ahead log away.
                if (store.Database.Snapshot(c => CaseRow.Find(c, id) is { } head ? ChainRow.FirstBroken(EventLog.Chain(c, no), head.LastSeq, head.Hash) : null) is { } seq)
                    yield return new(Name, id, new($"its log is not what was acknowledged, from event {seq} on", $"son journal n’est plus ce qui a été enregistré, à partir de l’événement {seq}"));
                progress.Report(new(Math.Min(++done, count), count));
            }
    }

    public static long Count(Connection database) => long.Parse(database.Ask("SELECT count(*) FROM cases")!, CultureInfo.InvariantCulture);

    private static List<(long No, string Id)> After(Connection connection, long no)
    {
        using var select = connection.Use($"SELECT no, id FROM cases WHERE no > ? ORDER BY no LIMIT {AtOnce}");
        select.Set(1, no);
        var cases = new List<(long, string)>(AtOnce);
        while (select.Step())
            cases.Add((select.Long(0), select.Text(1)));
        return cases;
    }
}
