using Dunning.Service.Engine;
using Microsoft.Data.Sqlite;

namespace Dunning.Local.Store;

/// <summary>
/// Cases, lists and documents in one SQLite file. What a method has returned is on the disk: it survives the death of the process and the
/// loss of power.
/// </summary>
public sealed partial class SqliteStore : ICaseStore, ICaseLists, IDocuments, IDisposable
{
    public const string FileName = "dunning.db";

    private readonly StoreLock _lock;
    private readonly Readers _readers;
    private readonly Writer _writer;
    private readonly BusyCases _busy = new();
    private bool _disposed;

    private SqliteStore(StoreLock @lock, Connection connection, string path, Settings settings)
    {
        _lock = @lock;
        SqliteVersion = connection.Ask("SELECT sqlite_version()")!;
        _readers = new(() => settings.OpenReader(path), settings.Readers);
        _writer = new(connection, () => settings.OpenWriter(path), settings.BeforeCommit, _busy.ForgetAll);
    }

    public string SqliteVersion { get; }

    /// <summary>Opens the store of a folder, or begins it.</summary>
    /// <exception cref="AlreadyRunning">Another process has the folder.</exception>
    /// <exception cref="WrongSchema">The database belongs to another version.</exception>
    /// <exception cref="StoreUnavailable">The disk is full, read-only or damaged.</exception>
    public static SqliteStore Open(string folder) => Open(folder, new Settings());

    internal static SqliteStore Open(string folder, Settings settings)
    {
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        if (new DriveInfo(folder).DriveType == DriveType.Network)
            throw new NotSupportedException($"{folder} is on a network file system, where SQLite cannot keep what it promises. Choose a local disk.");
        var held = StoreLock.Take(folder, TimeProvider.System.GetUtcNow());
        Connection? connection = null;
        try
        {
            var path = Path.Combine(folder, FileName);
            connection = settings.OpenWriter(path);
            return new(held, connection, path, settings);
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            held.Dispose();
            if (failure is SqliteException storage && storage.IsStorage())
                throw storage.ToUnavailable();
            throw;
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _writer.Finish();
        // The last to close copies the log into the database, which a reader could not do.
        _readers.Dispose();
        _writer.Dispose();
        _lock.Dispose();
    }
}
