using Dunning.Local.Store;

namespace Dunning.Local.Tests.Store;

/// <summary>A store in a folder of its own, gone with the test.</summary>
internal sealed class TempStore : IDisposable
{
    private readonly Settings _settings;

    public TempStore(Settings? settings = null)
    {
        _settings = settings ?? new();
        Store = SqliteStore.Open(Folder, _settings);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("dunning-").FullName;

    public string Database => Path.Combine(Folder, SqliteStore.FileName);

    public SqliteStore Store { get; private set; }

    public SqliteStore Reopen()
    {
        Store.Dispose();
        return Store = SqliteStore.Open(Folder, _settings);
    }

    /// <summary>Something done to the file behind the store's back.</summary>
    public void Tamper(params string[] statements)
    {
        using var connection = Connection.Open(Database, Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite);
        foreach (var sql in statements)
            connection.Ask(sql);
    }

    public string? Ask(string sql)
    {
        using var connection = Connection.Open(Database, Microsoft.Data.Sqlite.SqliteOpenMode.ReadOnly);
        return connection.Ask(sql);
    }

    public string Plan(string sql)
    {
        using var connection = Connection.Open(Database, Microsoft.Data.Sqlite.SqliteOpenMode.ReadOnly);
        using var select = connection.Prepare("EXPLAIN QUERY PLAN " + sql);
        var lines = new List<string>();
        while (select.Step())
            lines.Add(select.Text(3));
        return string.Join('\n', lines);
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
