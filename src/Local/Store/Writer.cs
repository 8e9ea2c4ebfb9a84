using System.Threading.Channels;
using Dunning.Service.Engine;
using Microsoft.Data.Sqlite;

namespace Dunning.Local.Store;

/// <summary>
/// The one thread that writes, on the one connection that can. What has queued up while it was busy is committed together, so that a flush of
/// the disk serves many. SQLite below 3.51.3 may damage a database when two connections write and checkpoint at once: this one does both.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int Queued = 1024;
    private const int BatchOperations = 512;
    private const int BatchBytes = 4 * 1024 * 1024;

    private readonly Channel<Operation> _queue = Channel.CreateBounded<Operation>(new BoundedChannelOptions(Queued) { SingleReader = true });
    private readonly Func<Connection> _open;
    private readonly Action _beforeCommit;
    private readonly Action _inDoubt;
    private readonly Thread _thread;
    private Connection? _connection;

    /// <param name="inDoubt">What the disk holds is not known for sure any more: whoever remembers it must forget.</param>
    public Writer(Connection connection, Func<Connection> open, Action beforeCommit, Action inDoubt)
    {
        (_connection, _open, _beforeCommit, _inDoubt) = (connection, open, beforeCommit, inDoubt);
        _thread = new(Loop) { Name = "store writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Durable when it returns. Once queued it can no longer be cancelled: nobody could say whether it happened.</summary>
    /// <param name="once">Told the result on the writer's thread, in the order of writing, once it is durable.</param>
    /// <exception cref="StoreUnavailable">Nothing was stored.</exception>
    public async Task<T> Do<T>(Func<Connection, T> work, int bytes, CancellationToken ct, Action<T>? once = null)
    {
        var operation = new Operation<T>(work, bytes, once);
        try
        {
            await _queue.Writer.WriteAsync(operation, ct);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteStore));
        }
        return await operation.Outcome;
    }

    /// <summary>Serves what is queued, then stops; the connection stays for <see cref="Dispose"/>.</summary>
    public void Finish()
    {
        _queue.Writer.TryComplete();
        _thread.Join();
    }

    public void Dispose()
    {
        Finish();
        try
        {
            _connection?.Ask("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException failure) when (failure.IsStorage())
        {
            // The log keeps everything; the next start reads it.
        }
        _connection?.Dispose();
        _connection = null;
    }

    private void Loop()
    {
        var batch = new List<Operation>(BatchOperations);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            var bytes = 0;
            while (batch.Count < BatchOperations && bytes < BatchBytes && _queue.Reader.TryRead(out var operation))
            {
                batch.Add(operation);
                bytes += operation.Bytes;
            }
            Serve(batch);
            batch.Clear();
        }
    }

    private void Serve(List<Operation> batch)
    {
        try
        {
            Write(batch);
        }
        catch (SqliteException failure) when (failure.IsStorage())
        {
            // What a failed flush left on the disk is unknown: only a new connection, that reads it again, may go on.
            Abandon();
            batch.ForEach(o => o.Fail(failure.ToUnavailable()));
            return;
        }
        catch (Exception failure)
        {
            Undo();
            if (batch.Count == 1)
                batch[0].Fail(failure);
            else
                batch.ForEach(o => Serve([o]));
            return;
        }
        batch.ForEach(o => o.Complete());
    }

    private void Write(List<Operation> batch)
    {
        _connection ??= Reopen();
        _connection.Run("BEGIN IMMEDIATE");
        foreach (var operation in batch)
            operation.Run(_connection);
        _beforeCommit();
        _connection.Run("COMMIT");
    }

    private Connection Reopen()
    {
        try
        {
            return _open();
        }
        catch (Exception failure) when (failure is not SqliteException)
        {
            throw new StoreUnavailable("The database cannot be opened again.", failure);
        }
    }

    private void Undo()
    {
        try
        {
            if (_connection is { InTransaction: true })
                _connection.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            Abandon();
        }
    }

    private void Abandon()
    {
        _inDoubt();
        // Closing rolls back what was not committed.
        _connection?.Dispose();
        _connection = null;
    }
}
