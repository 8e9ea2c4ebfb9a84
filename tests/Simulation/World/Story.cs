using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Simulation;

/// <summary>Who does what and when, around the process.</summary>
internal sealed partial class Simulation
{
    private static readonly string[] Creditors = ["", "boulangerie", "garage"];

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
        if (FileOf(id) is { } file && _facts.Next(file, _ladders.Of(file).Zone.LocalDate(Now)) is { } fact)
            Bring(_client.Ask(id, file.Creditor, fact, "platform"));
    }

    // The worst moment: something is acknowledged while the case is being worked on, most often the money.
    private void Interfere(string id)
    {
        if (FileOf(id) is not { } file)
            return;
        _tally.Count("races");
        if (_chance.OneIn(3))
            Bring(_client.Ask(id, file.Creditor, _facts.PayInFull(file, _ladders.Of(file).Zone.LocalDate(Now)), "bank"));
        else if (_chance.OneIn(3) && _witness.Departures.Count > 0)
            Go(() => _host.Engine.Deliver(_chance.Of(_witness.Departures.Select(d => d.Key).ToList()), default));
        else
            Happen(id);
    }

    private void Overtake(string id)
    {
        if (_host.IsOpen && _chance.OneIn(_faults.Race * 3))
            Interfere(id);
    }

    private void Bring(Request request)
    {
        if (request.IsUnderway || request.IsRefused)
            return;
        if (!_host.IsOpen)
        {
            Again(request, TimeSpan.FromMinutes(10));
            return;
        }
        Go(async () =>
        {
            var told = false;
            try
            {
                told = await _client.Bring(request);
            }
            finally
            {
                if (!told || _chance.OneIn(_faults.Duplicate))
                    Again(request, TimeSpan.FromDays(told ? 10 : 1));
            }
            if (!_chance.OneIn(5))
                await _host.Engine.Run(request.CaseId, default);
        });
    }

    private void Again(Request request, TimeSpan within) =>
        _agenda.Plan(Now + TimeSpan.FromSeconds(1) + _chance.Time(within), () => Bring(request));

    private void Visit()
    {
        foreach (var id in _cases)
            if (_disk.Load(id, default).Result is { State.Known: { } file, Version: var seen })
                foreach (var task in file.Tasks)
                    if (_operator.Answer(task, file, _ladders.Of(file).Zone.LocalDate(Now), _calm) is { } act)
                        Bring(_client.Ask(id, file.Creditor, act, "operator", task.Kind == TaskKind.UncertainMessage ? seen : null));
        _agenda.Plan(Now + _chance.Time(TimeSpan.FromDays(_calm ? 2 : 6)) + TimeSpan.FromHours(1), Visit);
    }

    private void PlanNews(OutgoingMessage message)
    {
        var key = message.Key;
        if (message.Registered && !_chance.OneIn(3))
            Tell(key, new LetterPosted(key, DateOnly.FromDateTime(Now.Date).AddDays(_chance.Below(3))));
        if (_chance.OneIn(_faults.Bounce))
            Tell(key, new MessageBounced(key, "mailbox full"));
        else if (!_chance.OneIn(3))
            Tell(key, new MessageDelivered(key));
    }

    private void Tell(MessageKey key, CaseEvent news)
    {
        var creditor = FileOf(key.Case)!.Creditor;
        Again(_client.Ask(key.Case, creditor, news, "provider"), TimeSpan.FromDays(_chance.OneIn(2) ? 2 : 0.01));
    }

    private void CalmDown()
    {
        _calm = true;
        _faults = Faults.None;
        _trace.Note("calm", "");
        if (_switches.ResumeAll())
            ResumeSending();
    }

    private CaseFile? FileOf(string id) => _disk.Load(id, default).Result?.State.Known;
}
