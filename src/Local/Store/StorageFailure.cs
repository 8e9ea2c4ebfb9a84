using Dunning.Service.Engine;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dunning.Local.Store;

/// <summary>Tells the failures of the disk, which come to everyone, from those of one operation.</summary>
internal static class StorageFailure
{
    public static bool IsStorage(this SqliteException failure) => failure.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_IOERR
        or raw.SQLITE_READONLY or raw.SQLITE_CORRUPT or raw.SQLITE_CANTOPEN or raw.SQLITE_NOTADB or raw.SQLITE_BUSY or raw.SQLITE_LOCKED
        or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_PERM or raw.SQLITE_AUTH;

    public static StoreUnavailable ToUnavailable(this SqliteException failure) => new(failure.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "The disk is full.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN => "The database cannot be written to.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "The database is damaged.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "Another program holds the database.",
        _ => "The disk does not work as it should.",
    }, failure);
}
