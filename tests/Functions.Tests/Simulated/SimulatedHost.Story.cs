using Dunning.Domain;
using Dunning.Functions.Orchestration;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Simulation;
using Dunning.TaskHub;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>Who does what and when, around the orchestrations.</summary>
internal sealed partial class SimulatedHost
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(5);
    private static readonly string[] Creditors = ["", "boulangerie", "garage"];

    private DateTimeOffset? _sweepAt;

    private DateTimeOffset PlanStory()
    {
        var start = Now;
        // In some stories all owe to one creditor, under one policy.
        var regular = _chance.OneIn(3) ? _chance.Of(_ladders.All) : null;
        for (var number = regular is null ? _chance.Between(1, 4) : _chance.Between(2, 5); number > 0; number--)
            PlanCase(start, regular ?? _chance.Of(_ladders.All), number, regular is not null);
        for (var stops = _chance.Below(3); stops > 0; stops--)
            PlanStop(start + _chance.Time(TimeSpan.FromDays(70)), _chance.Of(Creditors));
        _agenda.Plan(start.AddDays(1), Visit);
        return start.AddDays(80);
    }

    private void PlanCase(DateTimeOffset start, Policy policy, int number, bool isRegular)
    {
        var at = start + _chance.Time(TimeSpan.FromDays(!isRegular && _chance.OneIn(2) ? 20 : 0.1));
        var registered = Cast.Case(_chance, policy, number, policy.Zone.LocalDate(at), isRegular);
        var request = _client.Register(registered, policy);
        _cases.Add(registered.Case);
        _agenda.Plan(at, () => Bring(request));
        for (var facts = _chance.Below(_chance.OneIn(3) ? 3 : 12); facts > 0; facts--)
            _agenda.Plan(at + _chance.Time(TimeSpan.FromDays(70)), () => Happen(registered.Case));
    }

    private void PlanStop(DateTimeOffset at, string creditor)
    {
        _agenda.Plan(at, () =>
        {
            if (_calm)
                return;
            _switches.Stop(creditor);
            _tally.Count("stops");
        });
        _agenda.Plan(at + _chance.Time(TimeSpan.FromDays(6)), () =>
        {
            if (_switches.Resume(creditor))
                ResumeSending();
        });
    }

    private void Happen(string id)
    {
        if (FileOf(id) is { } file && _facts.Next(file, Today(file)) is { } fact)
            Tell(id, file, fact);
    }

    // By name, over HTTP, or both under one id.
    private void Tell(string id, CaseFile file, CaseEvent fact)
    {
        if (Raised.CanBe(fact) && _chance.OneIn(_mood.ByName) && _raised.Raise(id, fact))
        {
            _tally.Count("raised by name");
            if (_chance.OneIn(_faults.Duplicate))
                _agenda.Plan(Now + _chance.Time(TimeSpan.FromDays(2)), () => _raised.Raise(id, fact));
            return;
        }
        Bring(_client.Ask(id, file.Creditor, fact, "platform"));
    }

    // The worst moment: something is acknowledged while the case is being worked on, most often the money.
    private void Interfere(string id)
    {
        if (FileOf(id) is not { } file)
            return;
        _tally.Count("races");
        if (_chance.OneIn(4))
            Bring(_client.Ask(id, file.Creditor, _facts.PayInFull(file, Today(file)), "bank"));
        else
            Happen(id);
    }

    private void Overtake()
    {
        if (_chance.OneIn(_mood.Race))
            Interfere(_chance.Of(_cases));
    }

    private void Claiming(string id)
    {
        if (_chance.OneIn(_faults.Race * 3))
            Interfere(id);
    }

    private void Bring(Request request)
    {
        if (request.IsUnderway || request.IsRefused)
            return;
        var told = false;
        AsFront(() =>
        {
            told = _client.Bring(request).GetAwaiter().GetResult();
            // Its process dies with the acknowledgement, or the hub does not answer: nobody is told.
            if (_chance.OneIn(_mood.LostSignal))
                _tally.Count("signals lost");
            else
                Signal(request.CaseId, request.Registers is not null);
        });
        if (!told || _chance.OneIn(_faults.Duplicate))
            Again(request, TimeSpan.FromDays(told ? 10 : 1));
    }

    private void Signal(string id, bool isNew)
    {
        if (isNew && _account.Load(id) is { State: DunningCase.Open { File: var file } } stored)
            _signals.Start(_hub.Client, [(id, NextAct.Planned(new(stored, stored.State, _ladders.Of(file))))], default).GetAwaiter().GetResult();
        else
            _signals.Signal(_hub.Client, [id], default).GetAwaiter().GetResult();
    }

    private void Again(Request request, TimeSpan within) =>
        _agenda.Plan(Now + TimeSpan.FromSeconds(1) + _chance.Time(within), () => Bring(request));

    // The program that acknowledges is another one than that which does the work: it fails and dies by itself.
    private bool AsFront(Action act)
    {
        var outer = _account.Running;
        _account.Running = _account.Front;
        try
        {
            act();
            return true;
        }
        catch (StoreUnavailable)
        {
            return false;
        }
        catch (ProcessDied)
        {
            _tally.Count("crashes in front");
            _account.Front.LiveAgain();
            return false;
        }
        finally
        {
            _account.Running = outer;
        }
    }

    private void ResumeSending()
    {
        var done = AsFront(() =>
        {
            foreach (var id in _account.Front.Stopped(null, default).GetAwaiter().GetResult())
                if (FileOf(id) is { } file && _switches.Since(file.Creditor) is null)
                {
                    _ = _account.Front.Append([new(id, file.Creditor, new SendingResumed(), Now, "switch")], default).GetAwaiter().GetResult();
                    _tally.Count("resumed");
                    Signal(id, isNew: false);
                }
        });
        if (!done)
            _agenda.Plan(Now.AddMinutes(1), ResumeSending);
    }

    private void Visit()
    {
        foreach (var id in _cases)
            if (_account.Load(id) is { State.Known: { } file, Version: var seen })
                foreach (var task in file.Tasks)
                    if (_operator.Answer(task, file, Today(file), _calm) is { } act)
                        Bring(_client.Ask(id, file.Creditor, act, "operator", task.Kind == TaskKind.UncertainMessage ? seen : null));
        _agenda.Plan(Now + _chance.Time(TimeSpan.FromDays(_calm ? 4 : 6)) + TimeSpan.FromHours(1), Visit);
    }

    private void PlanNews(OutgoingMessage message)
    {
        var key = message.Key;
        if (message.Registered && !_chance.OneIn(3))
            News(key, new LetterPosted(key, DateOnly.FromDateTime(Now.Date).AddDays(_chance.Below(3))));
        if (_chance.OneIn(_faults.Bounce))
            News(key, new MessageBounced(key, "mailbox full"));
        else if (!_chance.OneIn(3))
            News(key, new MessageDelivered(key));
    }

    private void News(MessageKey key, CaseEvent news) =>
        Again(_client.Ask(key.Case, FileOf(key.Case)!.Creditor, news, "provider"), TimeSpan.FromDays(_chance.OneIn(2) ? 2 : 0.01));

    /// <summary>The next timer, plan or sweep that has something to find: those that would find nothing are left out.</summary>
    private DateTimeOffset? NextInstant()
    {
        _sweepAt = null;
        foreach (var stored in _weakness.Sweeps ? _cases.Select(_account.Load).OfType<StoredCase>() : [])
        {
            var file = stored.State.Known!;
            var found = stored.Unread.Count > 0 || MessageFates.Claimed(file).Any() ? Now : Decider.WakeAt(stored.State, _ladders.Of(file));
            if (found is { } at)
                _sweepAt = Earlier(_sweepAt, Boundary(at > Now ? at : Now));
        }
        return Earlier(Earlier(_hub.NextTimer, _agenda.Next), _sweepAt);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;

    private static DateTimeOffset Boundary(DateTimeOffset after) => new(after.Ticks - after.Ticks % SweepEvery.Ticks + SweepEvery.Ticks, TimeSpan.Zero);

    private void Sweep()
    {
        _tally.Count("sweeps");
        try
        {
            _hub.Trigger(nameof(Sweep), new TimerInfo()).GetAwaiter().GetResult();
        }
        catch (ProcessDied)
        {
            Revive();
        }
        catch (StoreUnavailable)
        {
            _tally.Count("sweeps that failed");
        }
    }

    private DateOnly Today(CaseFile file) => _ladders.Of(file).Zone.LocalDate(Now);

    private CaseFile? FileOf(string id) => _account.Load(id)?.State.Known;
}
