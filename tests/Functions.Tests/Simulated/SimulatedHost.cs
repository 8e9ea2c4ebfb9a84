using System.Text;
using Dunning.Domain;
using Dunning.Functions.Orchestration;
using Dunning.Functions.Store;
using Dunning.Service;
using Dunning.Service.Api;
using Dunning.Service.Api.Views;
using Dunning.Service.Claims;
using Dunning.Service.Engine;
using Dunning.Service.Json;
using Dunning.Service.Register;
using Dunning.Simulation;
using Dunning.TaskHub;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>What a seed went through, and a number that two runs of it share.</summary>
internal sealed record Outcome(Tally Tally, ulong Hash);

/// <summary>
/// Months in the life of a few invoices on the Azure host, from one seed: its orchestrations, activities, sweep and store, over a storage account that fails and
/// processes that die, among the providers and people of the engine's own simulation, held to the same promises. It ends in a calm in which everything must come to rest.
/// </summary>
internal sealed partial class SimulatedHost : IDisposable
{
    private const int MostSteps = 700;
    private const int MostRunsAtOneInstant = 400;

    private readonly Chance _chance;
    private readonly VirtualClock _clock;
    private readonly Trace _trace;
    private readonly Tally _tally = new();
    private readonly Account _account;
    private readonly Ladders _ladders = new(policy => policy);
    private readonly Switchboard _switches;
    private readonly PostOffice _post;
    private readonly Witness _witness;
    private readonly Client _client;
    private readonly FactMaker _facts;
    private readonly Operator _operator;
    private readonly Agenda _agenda = new();
    private readonly List<string> _cases = [];
    private readonly Hub _hub;
    private readonly Raised _raised;
    private readonly Cases _signals;
    private readonly Weakness _weakness;
    private readonly ServiceProvider _services;
    private Faults _faults;
    private Mood _mood;
    private bool _calm;
    private (DateTimeOffset At, int Runs) _busy;

    private SimulatedHost(ulong seed, Weakness weakness, TextWriter? lines)
    {
        (_chance, _weakness) = (new(seed), weakness);
        (_faults, _mood) = (Faults.Draw(_chance), Mood.Draw(_chance));
        _clock = new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero).AddMinutes(_chance.Below(365 * 24 * 60)));
        _trace = new(_clock, lines);
        _account = new(seed, _chance, _clock, () => _mood, _tally) { Overtake = Overtake };
        _switches = new(Pause, _clock);
        _witness = new(_account, _ladders, _switches, _trace, _tally);
        _post = new(Pause, _chance, () => _faults, _witness, _clock) { Taken = PlanNews };
        _facts = new(_chance);
        _operator = new(_chance, _facts, _post);
        _client = new(_account.Front, _clock, _witness);
        _hub = new(_clock) { Faults = Fault, Died = Revive };
        foreach (var functions in weakness.Functions)
            _hub.Add(functions);
        _raised = new(_hub);
        _services = Services();
        (_hub.Services, _signals) = (_services, _services.GetRequiredService<Cases>());
    }

    public static Outcome Run(ulong seed, Weakness? weakness = null, TextWriter? lines = null)
    {
        using var simulation = new SimulatedHost(seed, weakness ?? new(), lines);
        // What a test runner brings would wait for its own thread.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
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

    public void Dispose()
    {
        _services.Dispose();
        _account.Dispose();
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    private void WriteLogs(TextWriter? lines)
    {
        foreach (var id in lines is null ? [] : _cases)
            foreach (var logged in _account.Log(id))
                lines!.WriteLine($"{id} {Encoding.UTF8.GetString(DomainJson.Write(logged))}");
    }

    private ServiceProvider Services()
    {
        var store = new WatchedStore(_weakness.Disk(_account.Worker, _chance), _account, _witness, Claiming);
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton<ICaseStore>(store);
        services.AddSingleton<ICaseLists>(_account.Worker);
        services.AddSingleton<IDocuments>(_account.Worker);
        services.AddSingleton<IPassedOver>(_account.Worker);
        services.AddSingleton<IPolicyBook>(_ladders);
        services.AddSingleton<ISwitches>(_switches);
        services.AddSingleton(_weakness.Post(_post));
        services.AddSingleton<DunningEngine>();
        services.AddSingleton<Registry>();
        services.AddSingleton(p => new RateBook(RatesFile.Load(RatesFile.Shipped), p.GetRequiredService<Registry>()));
        services.AddSingleton<CaseViewer>();
        services.AddSingleton<Foresight>();
        services.AddSingleton<Acknowledger>();
        services.AddSingleton<FactSink>();
        services.AddSingleton<Resuming>();
        services.AddSingleton(new AzureOptions());
        services.AddSingleton<OperatorLog>();
        services.AddTransient<CaseActivities>();
        services.AddSingleton<Cases>();
        services.AddSingleton<Voices>();
        services.AddSingleton<Nudges>();
        services.AddSingleton<INudge>(p => p.GetRequiredService<Nudges>());
        // An activity that lacks a service would fail for ever, as one does whose storage is down.
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    private Outcome Live()
    {
        var end = PlanStory();
        LiveUntil(end);
        CalmDown();
        LiveUntil(end.AddDays(150));
        new LastLook(_account, _ladders, _client, _witness, _trace).Check(_cases, Now);
        CheckOrchestrations();
        ThrowIfBroken();
        return new(_tally, _trace.Hash);
    }

    private void LiveUntil(DateTimeOffset end)
    {
        for (var steps = 0; ; steps++)
        {
            if (steps > MostSteps)
                throw new BrokenPromise("P14", "the host", "it never comes to rest");
            if (NextInstant() is not { } next || next > end)
            {
                _clock.MoveTo(end > Now ? end : Now);
                return;
            }
            if (_chance.OneIn(_faults.Downtime))
            {
                _tally.Count("downtimes");
                next += _chance.Time(TimeSpan.FromDays(_chance.OneIn(2) ? 6 : 0.3));
            }
            Step(next > Now ? next : Now);
            ThrowIfBroken();
        }
    }

    // Timers, news and the sweep of one instant come in one batch, or one by one.
    private void Step(DateTimeOffset instant)
    {
        _hub.FireTimers(instant);
        _post.ArriveLate();
        if (_chance.OneIn(2))
            RunHub();
        _agenda.Play(Now);
        if (_sweepAt <= Now)
            Sweep();
        RunHub();
    }

    private void RunHub()
    {
        try
        {
            _hub.Run().GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is InvalidOperationException or NonDeterministicOrchestration)
        {
            throw new BrokenPromise("P14", "the orchestration", failure.Message);
        }
    }

    private ActivityFault Fault(ActivityRun run)
    {
        _trace.Note(run.Name, run.InstanceId, run.Attempt);
        _tally.Count("activities");
        _busy = _busy.At == Now ? (Now, _busy.Runs + 1) : (Now, 1);
        if (_busy.Runs > MostRunsAtOneInstant)
            throw new BrokenPromise("P14", run.InstanceId, $"{run.Name} runs at {Now:u} again and again");
        if (!_chance.OneIn(_mood.Activity))
            return ActivityFault.None;
        var fault = _chance.Of([ActivityFault.BeforeRun, ActivityFault.AfterRun, ActivityFault.RunTwice]);
        _tally.Count($"activity {fault}");
        return fault;
    }

    private void Revive()
    {
        _trace.Note("crash", "");
        _tally.Count("crashes");
        _post.LoseConnections();
        _account.Worker.LiveAgain();
    }

    // While a provider or a switch is waited for, time passes, and a process may die: no provider is waited for longer than the engine's own patience.
    private Task Pause()
    {
        if (_account.Worker.IsDead || _chance.OneIn(_mood.Death))
            _account.Worker.Die("waiting");
        if (_chance.OneIn(_faults.Tick))
        {
            var to = Now + _chance.Time(TimeSpan.FromSeconds(_chance.OneIn(5) ? 120 : 5));
            if (_post.Patience is { } limit && to > limit)
                to = limit;
            if (to > Now)
                _clock.MoveTo(to);
        }
        return Task.CompletedTask;
    }

    private void CalmDown()
    {
        (_calm, _faults, _mood) = (true, Faults.None, Mood.None);
        _trace.Note("calm", "");
        if (_switches.ResumeAll())
            ResumeSending();
    }

    private void ThrowIfBroken()
    {
        if (_witness.Found is { } broken)
            throw broken;
    }

    private void CheckOrchestrations()
    {
        foreach (var (id, @event, fact) in _raised.All)
        {
            var times = _account.Log(id).Count(l => l.Event.Id == fact);
            _witness.Check(times == 1 || (times == 0 && _account.SetAside(id).Any(d => d.Json.Contains(@event, StringComparison.Ordinal))),
                "P1", id, $"{@event} {fact} was raised, and is in the log {times} times and not set aside");
        }
        foreach (var id in _cases)
        {
            _witness.Check(_account.FirstBroken(id) is null, "P12", id, "the chain of its log is broken");
            var instance = _hub.Client.GetInstanceAsync(id).Result;
            var open = _account.Load(id)?.State is DunningCase.Open;
            _witness.Check(!open || instance?.RuntimeStatus == Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Running, "P14", id, $"it is open, and its orchestration {instance?.RuntimeStatus}");
            if (instance is not null)
                _tally.Count("generations", _hub.Count(id).Generations);
        }
    }
}
