using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Dunning.Local.Store;

/// <summary>How connections are set. Each value is read back: SQLite may refuse one without a word, and a promise would rest on it.</summary>
internal sealed record Settings
{
    /// <summary>
    /// Pages of the write-ahead log after which the writer copies it into the database. Large enough that a page written by many commits is
    /// copied once; at 4 KiB a page it stays well below the 64 MiB at which operators are alerted.
    /// </summary>
    public int CheckpointPages { get; init; } = 8000;

    /// <summary>
    /// SQLite borrows the number of the locking page when it splits pages, and then goes through its whole cache at the commit: while the
    /// database is smaller than that number says (1 GiB), a cache of 64 MiB costs more than the reads it saves.
    /// </summary>
    public int WriterCacheKiB { get; init; } = 8 * 1024;

    public int ReaderCacheKiB { get; init; } = 2 * 1024;

    public int Readers { get; init; } = 4;

    /// <summary>What tests have the writer run after each opening, such as a limit on pages that stands for a full disk.</summary>
    public Func<string?> AfterOpening { get; init; } = () => null;

    /// <summary>What tests have happen just before a commit, such as the failure of a disk.</summary>
    public Action BeforeCommit { get; init; } = () => { };

    public Connection OpenWriter(string path)
    {
        var connection = Connection.Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Schema.Check(connection);
            foreach (var (pragma, value) in Writer())
                Set(connection, pragma, value);
            Schema.Create(connection);
            if (AfterOpening() is { } sql)
                connection.Ask(sql);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Connection OpenReader(string path)
    {
        var connection = Connection.Open(path, SqliteOpenMode.ReadOnly);
        try
        {
            Set(connection, "busy_timeout", "5000");
            Set(connection, "mmap_size", "0");
            Set(connection, "cache_size", Negative(ReaderCacheKiB));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private IEnumerable<(string Pragma, string Value)> Writer() =>
    [
        ("busy_timeout", "5000"),
        ("journal_mode", "wal"),
        // 2 is FULL: the log is flushed to disk before a commit returns.
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("mmap_size", "0"),
        // What is erased is gone from the file, not only from the tables.
        ("secure_delete", "1"),
        ("wal_autocheckpoint", CheckpointPages.ToString(CultureInfo.InvariantCulture)),
        ("journal_size_limit", (64 * 1024 * 1024).ToString(CultureInfo.InvariantCulture)),
        ("cache_size", Negative(WriterCacheKiB)),
    ];

    private static string Negative(int kibibytes) => (-kibibytes).ToString(CultureInfo.InvariantCulture);

    private static void Set(Connection connection, string pragma, string value)
    {
        connection.Ask($"PRAGMA {pragma}={value}");
        if (connection.Ask($"PRAGMA {pragma}") is var kept && kept != value)
            throw new InvalidOperationException($"SQLite keeps {pragma} at '{kept}' where '{value}' is needed.");
    }
}
