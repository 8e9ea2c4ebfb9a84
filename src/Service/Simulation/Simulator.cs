using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Api.Views;
using Dunning.Service.Claims;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.Service.Rendering;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Simulation;

public sealed record SimulationOutcome(string Status, decimal Balance, string? NextStep, DateTimeOffset? NextAt, string? WaitingFor);

public sealed record SimulationView(IReadOnlyList<TimelineEntry> Timeline, SimulationOutcome Outcome);

/// <summary>Something that will happen: read and checked against the case as it stands at that instant.</summary>
public sealed record PlannedEvent(DateTimeOffset At, string Path, bool OperatorSaysSo, Func<FoldedCase, string, (CaseEvent? Event, Answer? Refusal)> Read)
{
    /// <summary>It did happen: nobody asks whether it may.</summary>
    public bool IsFact { get; init; }

    public string By { get; init; } = "you";
}

/// <summary>
/// The very engine of the live system under a virtual clock and over a store in memory. Approvals are taken as given, registered letters as posted and
/// providers as accepting at the same instant; a reply is classified when its silence ends.
/// </summary>
public sealed class Simulator(MessageWriter writer, RateBook book)
{
    private const string Self = "simulation";
    private const int MaxSteps = 5000;

    public Task<(SimulationView? View, Answer? Refusal)> Run(
        Registration registration, Policy policy, Creditor creditor, DateTimeOffset registeredAt, DateTimeOffset until, IEnumerable<PlannedEvent> events, CancellationToken ct) =>
        Run(new Registered(registration.CaseId, creditor.Id, registration.Invoice, registration.Debtor, new(policy.Name, policy.Version)) { AlreadySent = registration.AlreadySent },
            policy, creditor, registeredAt, until, events, ct);

    /// <summary>A case that was registered, under this policy.</summary>
    public async Task<(SimulationView? View, Answer? Refusal)> Run(
        Registered registered, Policy policy, Creditor creditor, DateTimeOffset registeredAt, DateTimeOffset until, IEnumerable<PlannedEvent> events, CancellationToken ct)
    {
        var rates = await book.Current(ct);
        var life = new Life(registered, policy, new AcceptingPost(writer, creditor, rates), registeredAt);
        return await life.Live(until, events, ct) is { } refusal ? (null, refusal) : (await View(life, rates, ct), null);
    }

    /// <summary>What a case would have received under another policy by an instant, with the facts it was told; the texts are not written.</summary>
    internal static async Task<Received> Replay(CaseFacts facts, Policy policy, Creditor creditor, DateTimeOffset until, CancellationToken ct)
    {
        var life = new Life(facts.Registered with { Policy = new(policy.Name, policy.Version) }, policy, new BlankPost(creditor), facts.At);
        await life.Live(until, facts.Planned(), ct);
        return Received.Of(life.Store.Log(life.Id), (await life.Engine.Look(life.Id, ct))!.State, policy);
    }

    /// <summary>One case, from its registration on, alone in a world of its own.</summary>
    private sealed class Life(Registered registered, Policy policy, IPostOffice post, DateTimeOffset from)
    {
        private readonly VirtualClock _clock = new(from);

        public MemoryStore Store { get; } = new();

        public OnePolicy Policies { get; } = new(policy);

        public string Id => registered.Case;

        public DunningEngine Engine => field ??= new(Store, Policies, post, new NeverStopped(), _clock);

        public async Task<Answer?> Live(DateTimeOffset until, IEnumerable<PlannedEvent> events, CancellationToken ct)
        {
            var first = registered with { Policy = new(policy.Name, policy.Version), LimitationOn = Limitation.Of(policy.Regime, registered.Invoice) };
            var state = Decider.Decide(DunningCase.Unregistered.Instance, first, policy, from).State;
            await Store.Append([new(Id, first.Creditor, first, from, Self) { Created = new(Id, 0, state, CaseIndex.Of(state, policy, from)) }], ct);
            foreach (var rung in policy.Rungs)
                await Append(Store, Id, first.Creditor, new StepApproved(rung.Id) { Id = $"approve:{rung.Id}" }, from, Self, ct);
            var planned = new Queue<PlannedEvent>(events.Where(e => e.At <= until).OrderBy(e => e.At));
            var count = 0;
            for (var step = 0; step < MaxSteps; step++)
            {
                var wake = await Settle(Engine, Store, Id, first.Creditor, _clock, ct);
                var next = planned.TryPeek(out var soonest) && (wake is null || soonest.At <= wake) ? soonest.At : wake;
                if (next is not { } at || at > until)
                    break;
                _clock.MoveTo(at > _clock.GetUtcNow() ? at : _clock.GetUtcNow());
                while (planned.TryPeek(out var due) && due.At <= _clock.GetUtcNow())
                    if (await Happen(Engine, Store, planned.Dequeue(), Id, $"event-{++count}", _clock.GetUtcNow(), ct) is { } refusal)
                        return refusal;
            }
            _clock.MoveTo(until > _clock.GetUtcNow() ? until : _clock.GetUtcNow());
            await Settle(Engine, Store, Id, first.Creditor, _clock, ct);
            return null;
        }
    }

    private static async Task<Answer?> Happen(DunningEngine engine, MemoryStore store, PlannedEvent planned, string id, string eventId, DateTimeOffset now, CancellationToken ct)
    {
        var folded = (await engine.Look(id, ct))!;
        var (@event, refusal) = planned.Read(folded, eventId);
        // An event that cannot be read is passed over: whoever asked is told of all of them at once.
        if (@event is null)
            return null;
        if ((refusal ?? (planned.IsFact ? null : FactRules.Check(folded, @event, now, planned.OperatorSaysSo))) is { Body: Problem problem } broken)
            return broken with { Body = problem with { Faults = [.. problem.Faults.Select(f => f with { Field = $"{planned.Path}.{f.Field}" }).DefaultIfEmpty(new(planned.Path, problem.Code, problem.Detail))] } };
        return (await Append(store, id, folded.File.Creditor, @event, now, planned.By, ct))[0] is AppendOutcome.Known
            ? Answer.Conflict("factKnown", "An id names one fact.", new Fault($"{planned.Path}.id", "used", "names another event of this simulation."))
            : null;
    }

    // Runs the case, and does what people are taken to do at once, until nothing more is due at this instant.
    private static async Task<DateTimeOffset?> Settle(DunningEngine engine, MemoryStore store, string id, string creditor, VirtualClock clock, CancellationToken ct)
    {
        while (true)
        {
            var wake = await engine.Run(id, ct);
            var folded = (await engine.Look(id, ct))!;
            var acts = Presumed(folded, clock.GetUtcNow()).ToList();
            if (acts.Count == 0)
                return wake;
            foreach (var act in acts)
                await Append(store, id, creditor, act, clock.GetUtcNow(), Self, ct);
        }
    }

    private static IEnumerable<CaseEvent> Presumed(FoldedCase folded, DateTimeOffset now)
    {
        foreach (var step in folded.File.Steps)
            foreach (var leg in step.Legs)
                if (leg.AwaitsPosting)
                    yield return new LetterPosted(new(folded.File.Id, step.Id, leg.Channel, leg.Sending), folded.Policy.Zone.LocalDate(now));
        foreach (var reply in folded.File.Silences.Replies)
            if (reply.Expired)
                yield return new ReplyClassified(reply.Id, "read") { Id = $"read:{reply.Id}" };
    }

    private static async Task<SimulationView> View(Life life, Rates rates, CancellationToken ct)
    {
        var folded = (await life.Engine.Look(life.Id, ct))!;
        var full = await new Storyteller(life.Policies, life.Store.FindMessage, rates).Tell(life.Store.Log(life.Id), ct);
        var shown = full.Where(e => e.By != Self || e.Type == "registered");
        var next = NextView.Of(folded.State, folded.Policy);
        return new([.. shown], new(ApiJson.Name(Standing.Status(folded.State, folded.Policy)), folded.File.Balance.Amount(), next.Step, next.At, next.WaitingFor));
    }

    private static Task<IReadOnlyList<AppendOutcome>> Append(MemoryStore store, string id, string creditor, CaseEvent @event, DateTimeOffset at, string by, CancellationToken ct) =>
        store.Append([new(id, creditor, @event, at, by)], ct);

    private sealed class OnePolicy(Policy policy) : IPolicyBook
    {
        public ValueTask<Policy> Get(PolicyRef _, CancellationToken ct) => ValueTask.FromResult(policy);
    }

    private sealed class NeverStopped : ISwitches
    {
        public ValueTask<StopCause?> Stopped(string creditor, Policy policy, DateTimeOffset now, CancellationToken ct) => ValueTask.FromResult<StopCause?>(null);
    }

    private sealed class AcceptingPost(MessageWriter writer, Creditor creditor, Rates rates) : IPostOffice
    {
        public ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
            ValueTask.FromResult(writer.Write(file, key, policy, creditor, now, rates: rates));

        public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct) => Task.FromResult<SendOutcome>(new SendOutcome.Accepted("simulated"));

        public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => Task.FromResult<SendOutcome?>(new SendOutcome.Accepted("simulated"));
    }
    /// <summary>For who only counts messages.</summary>
    private sealed class BlankPost(Creditor creditor) : IPostOffice
    {
        public ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
            ValueTask.FromResult(new OutgoingMessage(key, creditor.Id, "", null, null, "", now) { Balance = file.Balance });

        public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct) => Task.FromResult<SendOutcome>(new SendOutcome.Accepted("simulated"));

        public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => Task.FromResult<SendOutcome?>(new SendOutcome.Accepted("simulated"));
    }
}
