using Dunning.Local.Commands;
using Microsoft.Data.Sqlite;

namespace Dunning.Local.Verifying;

/// <summary>Everything that is checked, in this order. A new check is one more in the list.</summary>
internal static class StoreChecks
{
    public static IReadOnlyList<IStoreCheck> All { get; } = [new FileCheck(), new LinkCheck(), new RecordCheck()];

    /// <summary>Runs every check, with a bar for each; a database too damaged for one of them is a finding of it, and the others go on.</summary>
    public static IReadOnlyList<Finding> Run(StoreUnderCheck store, IReadOnlyList<IProgress<Portion>> bars, CancellationToken ct)
    {
        var found = new List<Finding>();
        foreach (var (check, bar) in All.Zip(bars))
            try
            {
                foreach (var finding in check.Run(store, new Stoppable(bar, ct)))
                    found.Add(finding);
            }
            catch (SqliteException unreadable)
            {
                found.Add(Unreadable(check, unreadable));
            }
        return found;
    }

    public static Finding Unreadable(IStoreCheck check, SqliteException failure) =>
        new(check.Name, null, new($"cannot be read: {failure.Message}", $"illisible\u00A0: {failure.Message}"));

    private sealed class Stoppable(IProgress<Portion> bar, CancellationToken ct) : IProgress<Portion>
    {
        public void Report(Portion value)
        {
            ct.ThrowIfCancellationRequested();
            bar.Report(value);
        }
    }
}
