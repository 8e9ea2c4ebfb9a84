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
public sealed record PlannedEvent(DateTimeOffset At, string Path, bool OperatorSaysSo, Func<FoldedCase, string, (CaseEvent? Event, Answer? Refusal)> Read);

/// <summary>
/// The very engine of the live system under a virtual clock and over a store in memory. Approvals are taken as given, registered letters as posted and
/// providers as accepting at the same instant; a reply is classified when its silence ends.
/// </summary>
public sealed class Simulator(MessageWriter writer, RateBook book)
{
    private const string Self = "simulation";
    private const int MaxSteps = 5000;

    public async Task<(SimulationView? View, Answer? Refusal)> Run(
        Registration registration, Policy policy, Creditor creditor, DateTimeOffset registeredAt, DateTimeOffset until, IEnumerable<PlannedEvent> events, CancellationToken ct)
    {
        var (clock, store, policies) = (new VirtualClock(registeredAt), new MemoryStore(), new OnePolicy(policy));
        var rates = await book.Current(ct);
        var engine = new DunningEngine(store, policies, new AcceptingPost(writer, creditor, rates), new NeverStopped(), clock);
        var id = registration.CaseId;
        var reference = new PolicyRef(policy.Name, policy.Version);
        var registered = new Registered(id, creditor.Id, registration.Invoice, registration.Debtor, reference)
        {
            AlreadySent = registration.AlreadySent,
            LimitationOn = Limitation.Of(policy.Regime, registration.Invoice),
        };
        var state = Decider.Decide(DunningCase.Unregistered.Instance, registered, policy, registeredAt).State;
        await store.Append([new(id, creditor.Id, registered, registeredAt, Self) { Created = new(id, 0, state, CaseIndex.Of(state, policy, registeredAt)) }], ct);
        foreach (var rung in policy.Rungs)
            await Append(store, id, creditor.Id, new StepApproved(rung.Id) { Id = $"approve:{rung.Id}" }, registeredAt, Self, ct);

        var planned = new Queue<PlannedEvent>(events.Where(e => e.At <= until).OrderBy(e => e.At));
        var count = 0;
        for (var step = 0; step < MaxSteps; step++)
        {
            var wake = await Settle(engine, store, id, creditor.Id, clock, ct);
            var next = planned.TryPeek(out var first) && (wake is null || first.At <= wake) ? first.At : wake;
            if (next is not { } at || at > until)
                break;
            clock.MoveTo(at > clock.GetUtcNow() ? at : clock.GetUtcNow());
            while (planned.TryPeek(out var due) && due.At <= clock.GetUtcNow())
                if (await Happen(engine, store, planned.Dequeue(), id, $"event-{++count}", clock.GetUtcNow(), ct) is { } refusal)
                    return (null, refusal);
        }
        clock.MoveTo(until > clock.GetUtcNow() ? until : clock.GetUtcNow());
        await Settle(engine, store, id, creditor.Id, clock, ct);
        return (await View(engine, store, policies, id, rates, ct), null);
    }

    private static async Task<Answer?> Happen(DunningEngine engine, MemoryStore store, PlannedEvent planned, string id, string eventId, DateTimeOffset now, CancellationToken ct)
    {
        var folded = (await engine.Look(id, ct))!;
        var (@event, refusal) = planned.Read(folded, eventId);
        // An event that cannot be read is passed over: whoever asked is told of all of them at once.
        if (@event is null)
            return null;
        if ((refusal ?? FactRules.Check(folded, @event, now, planned.OperatorSaysSo)) is { Body: Problem problem } broken)
            return broken with { Body = problem with { Faults = [.. problem.Faults.Select(f => f with { Field = $"{planned.Path}.{f.Field}" }).DefaultIfEmpty(new(planned.Path, problem.Code, problem.Detail))] } };
        return (await Append(store, id, folded.File.Creditor, @event, now, "you", ct))[0] is AppendOutcome.Known
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

    private static async Task<SimulationView> View(DunningEngine engine, MemoryStore store, OnePolicy policies, string id, Rates rates, CancellationToken ct)
    {
        var folded = (await engine.Look(id, ct))!;
        var full = await new Storyteller(policies, store.FindMessage, rates).Tell(store.Log(id), ct);
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
}
