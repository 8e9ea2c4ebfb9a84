using Dunning.Domain;
using Dunning.Functions.Orchestration;
using Dunning.Functions.Store;
using Dunning.Service.Engine;
using Dunning.Simulation;
using Dunning.StandIns;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>
/// The storage account of a seed. Programs meet its faults on every attempt of every request, those the SDK makes by itself included; the promises read
/// past them.
/// </summary>
internal sealed class Account : IDisk, IDisposable
{
    private static int _accounts;

    private readonly Chance _chance;
    private readonly Func<Mood> _mood;
    private readonly AzureStore _plain;
    private readonly TableAccount _tables;
    private readonly BlobAccount _blobs;
    private bool _quiet;
    private int _outage;

    public Account(ulong seed, Chance chance, TimeProvider clock, Func<Mood> mood, Tally tally)
    {
        (_chance, _mood, Tally) = (chance, mood, tally);
        var name = $"simulated{Interlocked.Increment(ref _accounts)}";
        (_tables, _blobs) = (TableAccount.At(new Uri($"https://{name}.table.example")), BlobAccount.At(new Uri($"https://{name}.blob.example")));
        (_tables.Clock, _blobs.Clock) = (clock, clock);
        // A sequence of its own: what the promises read past the faults must change nothing of the story.
        var ids = new Chance(~seed);
        Guid NewId()
        {
            Span<byte> bytes = stackalloc byte[16];
            BitConverter.TryWriteBytes(bytes, ids.Next());
            BitConverter.TryWriteBytes(bytes[8..], ids.Next());
            return new(bytes);
        }
        _plain = Process.Open(_tables, _blobs, clock, NewId);
        _plain.Prepare(default).GetAwaiter().GetResult();
        (Worker, Front) = (new(_tables, _blobs, clock, NewId), new(_tables, _blobs, clock, NewId));
        Running = Worker;
        (_tables.Wire.Before, _tables.Wire.After) = (Before, After);
        (_blobs.Wire.Before, _blobs.Wire.After) = (Before, After);
    }

    public Tally Tally { get; }

    /// <summary>Runs orchestrations, activities and the sweep.</summary>
    public Process Worker { get; }

    /// <summary>Acknowledges.</summary>
    public Process Front { get; }

    /// <summary>Whose request it is that is on the wire.</summary>
    public Process Running { get; set; }

    /// <summary>Called before a request of the worker has its effect.</summary>
    public Action Overtake { get; set; } = () => { };

    public StoredCase? Load(string caseId) => Quietly(() => _plain.Load(caseId, default));

    public IReadOnlyList<LoggedEvent> Log(string caseId) => [.. Quietly(() => _plain.Log(caseId, 0, int.MaxValue, default)).Select(e => e.Logged)];

    public OutgoingMessage? FindMessage(MessageKey key) => Quietly(() => _plain.FindMessage(key, default));

    public long? FirstBroken(string caseId) => Quietly(() => _plain.FirstBroken(caseId, default));

    public IReadOnlyList<Document> SetAside(string caseId) => Quietly(() => _plain.List(FactSink.Kind, caseId, null, 1000, default));

    public void Dispose()
    {
        _tables.Clear();
        _blobs.Clear();
    }

    private T Quietly<T>(Func<Task<T>> read)
    {
        _quiet = true;
        try
        {
            return read().Result;
        }
        finally
        {
            _quiet = false;
        }
    }

    private Task Before(ServiceCall call)
    {
        if (_quiet)
            return Task.CompletedTask;
        if (Running == Worker)
            Overtake();
        Fail(call, "before");
        if (_outage == 0 && _chance.OneIn(_mood().Outage * 2))
            _outage = _chance.Between(1, 8);
        if (_outage > 0)
        {
            _outage--;
            Break("storage down");
        }
        return Task.CompletedTask;
    }

    private Task After(ServiceCall call)
    {
        if (_quiet)
            return Task.CompletedTask;
        Fail(call, "after");
        if (_chance.OneIn(_mood().Outage * 2))
        {
            // The answer is lost, and perhaps those to the next attempts too.
            _outage = _chance.Between(0, 6);
            Break("storage answers lost");
        }
        return Task.CompletedTask;
    }

    private void Fail(ServiceCall call, string when)
    {
        var process = Running;
        if (process.IsDead || _chance.OneIn(_mood().Death * 2))
            process.Die($"{when} {call.Operation}");
    }

    private void Break(string what)
    {
        Tally.Count(what);
        throw _chance.Below(3) switch
        {
            0 => new IOException("connection reset"),
            1 => Wire.Failure(503, "ServerBusy"),
            _ => Wire.Failure(500, "OperationTimedOut"),
        };
    }
}
