using Microsoft.Data.Sqlite;

namespace Dunning.Local.Store;

/// <summary>Opens the database of a folder beside a host that may have it: only to read, and without its lock.</summary>
internal static class StoreReader
{
    /// <exception cref="FileNotFoundException">The folder keeps no database.</exception>
    /// <exception cref="WrongSchema">The database belongs to another version.</exception>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public static Connection Open(string folder)
    {
        var path = Path.Combine(folder, SqliteStore.FileName);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no {SqliteStore.FileName} in {Path.GetFullPath(folder)}.", path);
        var connection = new Settings().OpenReader(path);
        try
        {
            Schema.Check(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
