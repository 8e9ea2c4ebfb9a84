using System.Text;
using Dunning.Domain;
using Dunning.Service;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Simulation;

internal sealed record Outcome(Tally Tally, ulong Hash);

/// <summary>
/// Months in the life of a few invoices, from one seed: the real engine on a disk that remembers, in a process that dies, among
/// providers that fail and people who act at the worst moment. It ends in a calm in which everything must come to rest.
/// </summary>
internal sealed partial class Simulation
{
    private const int MostSteps = 200_000;

    private readonly Chance _chance;
    private readonly VirtualClock _clock;
    private readonly Trace _trace;
    private readonly Tally _tally = new();
    private readonly Turnstile _turnstile;
    private readonly MemoryStore _disk = new();
    private readonly ICaseStore _weakDisk;
    private readonly CrashableStore _store;
    private readonly Ladders _ladders = new(policy => policy);
    private readonly Ladders _weakLadders;
    private readonly Switchboard _switches;
    private readonly PostOffice _post;
    private readonly IPostOffice _weakPost;
    private readonly Witness _witness;
    private readonly Client _client;
    private readonly FactMaker _facts;
    private readonly Operator _operator;
    private readonly Agenda _agenda = new();
    private readonly List<string> _cases = [];
    private readonly Dictionary<string, (long Version, DateTimeOffset At, int Times)> _dispatched = [];
    private Host _host;
    private Faults _faults;
    private Exception? _trouble;
    private bool _calm;
    private int _steps;

    private Simulation(ulong seed, Weakness weakness, TextWriter? lines)
    {
        _chance = new(seed);
        _faults = Faults.Draw(_chance);
        _clock = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero).AddMinutes(_chance.Below(365 * 24 * 60)));
        _trace = new(_clock, lines);
        _turnstile = new(_chance, _trace);
        _switches = new(_turnstile.Pause, _clock);
        _witness = new(new MemoryDisk(_disk), _ladders, _switches, _trace, _tally);
        _weakDisk = weakness.Disk(_disk, _chance);
        _weakLadders = new(weakness.Policy);
        _store = new(_weakDisk, _turnstile, _chance, () => _faults, _witness) { Claiming = Overtake };
        _post = new(_turnstile.Pause, _chance, () => _faults, _witness, _clock) { Taken = PlanNews };
        _weakPost = weakness.Post(_post);
        _facts = new(_chance);
        _operator = new(_chance, _facts, _post);
        _client = new(_store, _clock, _witness);
        _host = NewLife();
    }

    public static Outcome Run(ulong seed, Weakness? weakness = null, TextWriter? lines = null)
    {
        // Whatever context a test runner brings would take the continuations away from the turnstile.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        var simulation = new Simulation(seed, weakness ?? new(), lines);
        try
        {
            return simulation.Live();
        }
        finally
        {
            simulation.WriteLogs(lines);
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    private void WriteLogs(TextWriter? lines)
    {
        foreach (var id in lines is null ? [] : _cases.Where(id => FileOf(id) is not null))
        {
            foreach (var logged in _disk.Log(id))
                lines!.WriteLine($"{id} {Encoding.UTF8.GetString(DomainJson.Write(logged))}");
            lines!.WriteLine($"{id} {Encoding.UTF8.GetString(DomainJson.Write(_disk.Load(id, default).Result!.State))}");
        }
    }

    private Outcome Live()
    {
        var end = PlanStory();
        Start();
        LiveUntil(end);
        CalmDown();
        LiveUntil(end.AddDays(150));
        new LastLook(new MemoryDisk(_disk), _ladders, _client, _witness, _trace).Check(_cases, Now);
        ThrowIfBroken();
        return new(_tally, _trace.Hash);
    }

    private void LiveUntil(DateTimeOffset end)
    {
        do
        {
            while (!_turnstile.IsIdle)
                GoOn();
            ThrowIfBroken();
        }
        while (_agenda.Play(Now) | RunDue() || MoveClock(end));
    }

    private void GoOn()
    {
        if (_chance.OneIn(_faults.Crash))
        {
            Crash();
            return;
        }
        if (_chance.OneIn(_faults.Tick))
            Tick();
        _turnstile.LetOneGo();
        if (++_steps > MostSteps)
            throw new BrokenPromise("P14", "the engine", "it never comes to rest");
        ThrowIfBroken();
    }

    private void ThrowIfBroken()
    {
        if (_witness.Found is { } broken)
            throw broken;
        if (_trouble is not null)
            throw new BrokenPromise("the engine", "a task", _trouble.ToString());
    }

    private void Go(Func<Task> work)
    {
        _ = Guarded();

        async Task Guarded()
        {
            try
            {
                await work();
            }
            catch (StoreUnavailable)
            {
                _dispatched.Clear();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                _trouble ??= failure;
            }
        }
    }

    private bool RunDue()
    {
        if (!_host.IsOpen)
        {
            // A start that failed on its disk is tried again.
            Crash();
            return true;
        }
        var due = _weakDisk.Due(Now, 100, default).Result.Cases;
        foreach (var id in due)
        {
            CheckProgress(id);
            Go(() => _host.Engine.Run(id, default));
            if (_chance.OneIn(3))
                Go(() => _host.Engine.Run(id, default));
            if (_chance.OneIn(_faults.Race))
                Interfere(id);
        }
        return due.Count > 0;
    }

    private void CheckProgress(string id)
    {
        var version = _disk.Load(id, default).Result!.Version;
        var last = _dispatched.GetValueOrDefault(id);
        var times = last.Version == version && last.At == Now ? last.Times + 1 : 0;
        _dispatched[id] = (version, Now, times);
        _witness.Check(times < 4, "P14", id, $"due at {Now:u} again and again, and nothing changes");
    }
}
