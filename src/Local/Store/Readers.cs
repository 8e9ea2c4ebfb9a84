using System.Collections.Concurrent;
using Dunning.Service.Engine;
using Microsoft.Data.Sqlite;

namespace Dunning.Local.Store;

/// <summary>Read-only connections, lent one read at a time. They see what was committed before the read began, and never checkpoint.</summary>
internal sealed class Readers : IDisposable
{
    private readonly Func<Connection> _open;
    private readonly int _count;
    private readonly SemaphoreSlim _free;
    private readonly ConcurrentBag<Connection> _idle = [];

    // Open as long as the store is: while somebody reads, a writer that comes back from a failed flush takes over the index of the log, in
    // which the failed transaction does not exist; alone it would read the log again, and might bring that transaction back.
    private readonly Connection _keeper;

    public Readers(Func<Connection> open, int count)
    {
        (_open, _count, _free) = (open, count, new(count));
        _keeper = open();
        _keeper.Ask("SELECT count(*) FROM meta");
    }

    /// <exception cref="StoreUnavailable">The disk does not answer.</exception>
    public async Task<T> Read<T>(Func<Connection, T> read, CancellationToken ct)
    {
        await _free.WaitAsync(ct);
        try
        {
            return Read(read);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        for (var i = 0; i < _count; i++)
            _free.Wait();
        foreach (var connection in _idle)
            connection.Dispose();
        _keeper.Dispose();
        _free.Dispose();
    }

    private T Read<T>(Func<Connection, T> read)
    {
        Connection? connection = null;
        try
        {
            if (!_idle.TryTake(out connection))
                connection = _open();
            var result = read(connection);
            _idle.Add(connection);
            return result;
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            if (failure is SqliteException storage && storage.IsStorage())
                throw storage.ToUnavailable();
            throw;
        }
    }
}
