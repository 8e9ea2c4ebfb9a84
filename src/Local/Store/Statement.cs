using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dunning.Local.Store;

/// <summary>
/// One prepared statement, bound by position and stepped by hand: an import binds thirty values per case, and ADO.NET's parameter objects
/// would cost more than the inserts. Disposing one that its connection keeps only makes it ready again.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _handle;
    private readonly bool _kept;

    public Statement(sqlite3 db, string sql, bool kept)
    {
        (_db, _kept) = (db, kept);
        Check(raw.sqlite3_prepare_v3(db, sql, kept ? (uint)raw.SQLITE_PREPARE_PERSISTENT : 0, out _handle));
    }

    public Statement Set(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_handle, index, value));
        return this;
    }

    public Statement Set(int index, long? value) => value is { } number ? Set(index, number) : SetNull(index);

    public Statement Set(int index, bool value) => Set(index, value ? 1L : 0L);

    public Statement Set(int index, string? value)
    {
        if (value is null)
            return SetNull(index);
        Span<byte> utf8 = stackalloc byte[256];
        // An empty span has no address, and SQLite takes a text without an address for NULL.
        if (value.Length is > 0 and < 85)
            Check(raw.sqlite3_bind_text(_handle, index, utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
        else
            Check(raw.sqlite3_bind_text(_handle, index, value));
        return this;
    }

    public Statement Set(int index, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_handle, index, value));
        return this;
    }

    /// <summary>True while there is a row.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_handle);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(code, _db);
        return false;
    }

    /// <summary>Runs a statement that returns no rows; returns how many it changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }
        return raw.sqlite3_changes(_db);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(_handle, column);

    public long? MaybeLong(int column) => IsNull(column) ? null : Long(column);

    public int Int(int column) => raw.sqlite3_column_int(_handle, column);

    public bool Bool(int column) => Int(column) != 0;

    public string Text(int column) => raw.sqlite3_column_text(_handle, column).utf8_to_string() ?? "";

    public string? MaybeText(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Valid until the next step: read it or copy it.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_handle, column);

    /// <summary>Makes it ready to be bound and run again.</summary>
    public void Rewind()
    {
        // An error of the last step comes back here; it has been thrown already.
        _ = raw.sqlite3_reset(_handle);
        _ = raw.sqlite3_clear_bindings(_handle);
    }

    public void Dispose()
    {
        if (_kept)
            Rewind();
        else
            Close();
    }

    public void Close() => _handle.Dispose();

    private Statement SetNull(int index)
    {
        Check(raw.sqlite3_bind_null(_handle, index));
        return this;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, _db);
    }
}
