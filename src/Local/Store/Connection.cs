using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dunning.Local.Store;

/// <summary>A connection with its statements, prepared once. Used by one thread at a time.</summary>
internal sealed class Connection : IDisposable
{
    private const int PagesAtOnce = 256;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _kept = new(StringComparer.Ordinal);

    private Connection(SqliteConnection connection) => _connection = connection;

    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    public long LastRow => raw.sqlite3_last_insert_rowid(Handle);

    private sqlite3 Handle => _connection.Handle ?? throw new ObjectDisposedException(nameof(Connection));

    public static Connection Open(string path, SqliteOpenMode mode)
    {
        // Pooled connections stay open behind our back, and with them locks and the write-ahead log.
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A statement kept for the life of the connection; its text must be a constant.</summary>
    public Statement Use(string sql)
    {
        if (!_kept.TryGetValue(sql, out var statement))
            _kept.Add(sql, statement = new(Handle, sql, kept: true));
        return statement;
    }

    /// <summary>A statement whose text is put together for one use.</summary>
    public Statement Prepare(string sql) => new(Handle, sql, kept: false);

    public void Run(string sql)
    {
        using var statement = Use(sql);
        statement.Run();
    }

    /// <summary>The first column of the first row, as text.</summary>
    public string? Ask(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.MaybeText(0) : null;
    }

    /// <summary>Reads under one snapshot, whatever is written meanwhile.</summary>
    public T Snapshot<T>(Func<Connection, T> read)
    {
        Run("BEGIN");
        try
        {
            return read(this);
        }
        finally
        {
            Run("COMMIT");
        }
    }

    /// <summary>Copies the whole database as one snapshot of it into an empty one, whatever is written meanwhile; tells pages done and pages in all.</summary>
    public void CopyTo(Connection empty, Action<int, int> copied) => Snapshot(_ =>
    {
        // The snapshot begins with the first read; without one every commit of another process would begin the copy again.
        Ask("SELECT count(*) FROM sqlite_schema");
        using var backup = raw.sqlite3_backup_init(empty.Handle, "main", Handle, "main");
        if (backup.IsInvalid)
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(empty.Handle), empty.Handle);
        int code;
        while ((code = raw.sqlite3_backup_step(backup, PagesAtOnce)) == raw.SQLITE_OK)
            copied(raw.sqlite3_backup_pagecount(backup) - raw.sqlite3_backup_remaining(backup), raw.sqlite3_backup_pagecount(backup));
        if (code != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(code, empty.Handle);
        copied(raw.sqlite3_backup_pagecount(backup), raw.sqlite3_backup_pagecount(backup));
        return true;
    });

    public void Dispose()
    {
        foreach (var statement in _kept.Values)
            statement.Close();
        _kept.Clear();
        _connection.Dispose();
    }
}
