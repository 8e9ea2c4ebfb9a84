using Dunning.Local.Commands;
using Dunning.Local.Store;
using Dunning.Local.Verifying;

namespace Dunning.Local.Backup;

/// <summary>What was written, and what is wrong with it: a damaged store is still backed up.</summary>
internal sealed record BackupOutcome(string Destination, long Files, long Bytes, IReadOnlyList<Finding> Findings);

/// <summary>
/// Copies a data folder while a host may be using it. The database is copied as of one instant, the files after it: whatever the copy knows to have left has its
/// file. It appears under its name when it is whole, checked, and told not to send.
/// </summary>
internal static class DataBackup
{
    public static IReadOnlyList<Said> Parts { get; } =
        [new("Database", "Base de données"), new("Files", "Fichiers"), .. StoreChecks.All.Select(c => c.Title), new("Archive", "Archive")];

    /// <exception cref="IOException">The disk is full, or the destination came into being meanwhile.</exception>
    public static BackupOutcome Write(string data, string destination, DateTimeOffset now, IReadOnlyList<IProgress<Portion>> bars, CancellationToken ct)
    {
        var zipped = destination.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        var copy = $"{destination}.{Guid.NewGuid():N}.part";
        try
        {
            PrivateFiles.CreateFolder(copy);
            DatabaseCopy.Write(data, copy, now, bars[0], ct);
            FileCopies.Write(data, copy, bars[1], ct);
            DigestCopies.Write(data, copy);
            var findings = Check(copy, bars, ct);
            var files = Directory.GetFiles(copy, "*", SearchOption.AllDirectories);
            var outcome = new BackupOutcome(destination, files.Length, files.Sum(f => new FileInfo(f).Length), findings);
            if (zipped)
                Archive.Write(copy, destination, bars[^1], ct);
            else
                Directory.Move(copy, destination);
            bars[^1].Report(new(1, 1));
            return outcome;
        }
        finally
        {
            if (Directory.Exists(copy))
                Directory.Delete(copy, recursive: true);
        }
    }

    private static IReadOnlyList<Finding> Check(string copy, IReadOnlyList<IProgress<Portion>> bars, CancellationToken ct)
    {
        // A connection that only reads would leave its write-ahead log in the copy.
        using var database = Connection.Open(Path.Combine(copy, SqliteStore.FileName), Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite);
        return StoreChecks.Run(new(copy, database), [.. bars.Skip(2)], ct);
    }
}
