using System.Globalization;
using System.Text;
using Dunning.Local.Commands;
using Dunning.Local.Store;
using Dunning.Service.Json;
using Dunning.Service.Register;
using Microsoft.Data.Sqlite;

namespace Dunning.Local.Backup;

/// <summary>Copies the database by SQLite's own backup, and stops the sending in the copy.</summary>
internal static class DatabaseCopy
{
    public static void Write(string data, string copy, DateTimeOffset now, IProgress<Portion> bar, CancellationToken ct)
    {
        var path = Path.Combine(copy, SqliteStore.FileName);
        PrivateFiles.Create(path).Dispose();
        using (var source = StoreReader.Open(data))
        using (var target = Connection.Open(path, SqliteOpenMode.ReadWrite))
            source.CopyTo(target, (done, all) =>
            {
                ct.ThrowIfCancellationRequested();
                bar.Report(new(done, all));
            });
        using var database = new Settings().OpenWriter(path);
        StopSending(database, now);
    }

    // What waits in the copy may have left since from the original: whoever restores it looks first, and then says go (P2).
    private static void StopSending(Connection database, DateTimeOffset now)
    {
        var known = DocumentRows.Find(database, Registry.SendingKind, Switches.Global);
        var before = known is null ? null : DomainJson.Read<SendingSwitch>(Encoding.UTF8.GetBytes(known.Json));
        var reason = string.Create(CultureInfo.InvariantCulture, $"Restored from the backup of {now:yyyy-MM-dd HH:mm} UTC: what it waits to send may have left since.")
            + (before is { Stopped: true } ? $" Sending was stopped before: {before.Reason ?? "no reason given"}" : "");
        var stopped = new SendingSwitch(true, reason, "backup", now);
        database.Run("BEGIN IMMEDIATE");
        DocumentRows.Put(database, new(Registry.SendingKind, Switches.Global, null, Encoding.UTF8.GetString(DomainJson.Write(stopped)), known?.Version ?? 0), null);
        database.Run("COMMIT");
    }
}
