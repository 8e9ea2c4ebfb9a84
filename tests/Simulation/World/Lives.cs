using Dunning.Service.Engine;

namespace Dunning.Simulation;

/// <summary>How lives of the process begin and end, and how time goes by.</summary>
internal sealed partial class Simulation
{
    private Host NewLife() => new(_store, _weakLadders, _weakPost, _switches, _clock, _tally);

    private void Crash()
    {
        _trace.Note("crash", "");
        _tally.Count("crashes");
        _turnstile.DropEveryone();
        _post.LoseConnections();
        _dispatched.Clear();
        if (_chance.OneIn(4))
            _clock.MoveTo(Now + _chance.Time(TimeSpan.FromDays(_chance.OneIn(3) ? 4 : 0.1)));
        foreach (var request in _client.Requests.Where(r => r.IsUnderway))
        {
            request.IsUnderway = false;
            Again(request, TimeSpan.FromHours(2));
        }
        _host = NewLife();
        Start();
    }

    private void Start() => Go(async () =>
    {
        try
        {
            await _host.Start();
        }
        finally
        {
            ResumeSending();
        }
    });

    // A disk that fails half-way does not end the duty to tell every case.
    private void ResumeSending() => Go(async () =>
    {
        try
        {
            await _host.ResumeSending();
        }
        catch (StoreUnavailable)
        {
            _agenda.Plan(Now.AddMinutes(1), ResumeSending);
        }
    });

    // Time passes while calls are in flight, but no provider is waited for longer than the engine's own patience.
    private void Tick()
    {
        var to = Now + _chance.Time(TimeSpan.FromSeconds(_chance.OneIn(5) ? 120 : 5));
        if (_post.Patience is { } limit && to > limit)
            to = limit;
        if (to > Now)
            _clock.MoveTo(to);
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private bool MoveClock(DateTimeOffset end)
    {
        var (wake, plan) = (_weakDisk.Due(Now, 0, default).Result.NextWake, _agenda.Next);
        var next = wake is null || plan < wake ? plan : wake;
        if (next is null || next > end)
        {
            _clock.MoveTo(end > Now ? end : Now);
            return false;
        }
        if (_chance.OneIn(_faults.Downtime))
        {
            _tally.Count("downtimes");
            _clock.MoveTo(Max(next.Value, Now) + _chance.Time(TimeSpan.FromDays(_chance.OneIn(2) ? 6 : 0.3)));
            Crash();
            return true;
        }
        _clock.MoveTo(Max(next.Value, Now));
        _post.ArriveLate();
        _trace.Note("clock", "");
        return true;
    }
}
