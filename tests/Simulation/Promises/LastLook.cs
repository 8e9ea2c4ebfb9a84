using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Simulation;

/// <summary>When everything has come to rest: what must be true of every case, whatever it went through.</summary>
internal sealed class LastLook(IDisk disk, Ladders ladders, Client client, Witness witness, Trace trace)
{
    public void Check(IEnumerable<string> cases, DateTimeOffset now)
    {
        foreach (var request in client.Requests)
            CheckKept(request);
        foreach (var id in cases)
        {
            var stored = disk.Load(id);
            witness.Check(stored is not null, "P1", id, "it was never registered");
            if (stored is null)
                continue;
            var (log, policy) = (disk.Log(id), ladders.Of(stored.State.Known!));
            CheckRecord(stored, log, policy);
            CheckMoney(stored, Reading.Of(log, policy, now));
            CheckSteps(stored.State.Known!, policy);
            CheckAwake(stored, policy, now);
            CheckLeft(stored.State.Known!);
            CountTime(stored, now);
            trace.Mix(DomainJson.Write(stored.State));
        }
        foreach (var departure in witness.Departures)
            witness.Check(disk.FindMessage(departure.Key) is { } kept && kept.Balance == departure.Balance,
                "P12", departure.Key.ToString(), "what was sent is not on the record");
    }

    private void CheckKept(Request request)
    {
        if (!request.IsAcknowledged)
        {
            if (request.IsRefused)
                return;
            witness.Check(false, "P1", request.CaseId, $"{request.Fact.GetType().Name} {request.Fact.Id} was never acknowledged");
            return;
        }
        var named = request.Fact.Id.Length > 0;
        var times = disk.Log(request.CaseId).Count(l => named ? l.Event.Id == request.Fact.Id : l.Event == request.Fact);
        witness.Check(times == 1 || (times > 1 && !named), "P1", request.CaseId,
            $"{request.Fact.GetType().Name} {request.Fact.Id} was acknowledged and is in the log {times} times");
    }

    private void CheckRecord(StoredCase stored, IReadOnlyList<LoggedEvent> log, Policy policy)
    {
        DunningCase replayed = DunningCase.Unregistered.Instance;
        for (var i = 0; i < log.Count; i++)
        {
            witness.Check(log[i].Seq == i + 1, "P12", stored.Id, $"event {i + 1} is numbered {log[i].Seq}");
            replayed = Decider.Decide(replayed, log[i].Event, policy, log[i].At).State;
        }
        witness.Check(stored.Unread.Count == 0, "P14", stored.Id, $"{stored.Unread.Count} facts were never read");
        witness.Check(DomainJson.Write(replayed).AsSpan().SequenceEqual(DomainJson.Write(stored.State)), "P12", stored.Id,
            "the log says otherwise than the state");
        var registered = (CaseEvent.Registered)log[0].Event;
        witness.Check(stored.State.Known!.Policy == registered.Policy, "P13", stored.Id, $"it runs under {stored.State.Known.Policy}");
    }

    private void CheckMoney(StoredCase stored, Reading reading)
    {
        witness.Check(stored.State.Known!.Balance.Minor == reading.Books.Balance, "P9", stored.Id,
            $"the case says {stored.State.Known.Balance}, the ledger {reading.Books.Balance} cents");
        witness.Check(stored.State is DunningCase.Open == reading.IsOpen, "P9", stored.Id, $"it is {stored.State.GetType().Name}");
    }

    private void CheckSteps(CaseFile file, Policy policy)
    {
        var happened = file.Steps.Where(s => s.Outcome is StepOutcome.Happened or StepOutcome.Elsewhere && s.At is not null).ToList();
        for (var i = 1; i < happened.Count; i++)
        {
            var (step, before) = (happened[i], policy.Zone.LocalDate(happened[i - 1].At!.Value));
            var inTime = step.Outcome == StepOutcome.Elsewhere || step.DecidedOn >= before.AddDays(policy.MinimumGapDays);
            witness.Check(inTime, "P5", file.Id, $"{step.Id} was decided on {step.DecidedOn}, {happened[i - 1].Id} happened on {before}");
        }
    }

    // What is on the record as taken was taken: in a message of its own, or in one with others.
    private void CheckLeft(CaseFile file)
    {
        foreach (var step in file.Steps)
            foreach (var leg in step.Legs.Where(l => l.Channel is Channel.Email or Channel.Sms or Channel.Letter && l.WasHeard))
            {
                var key = new MessageKey(file.Id, step.Id, leg.Channel, leg.Sending);
                witness.Check(witness.Departures.Any(d => d.Key == key), "P2", key.ToString(), $"it is {leg.Status} and never left");
            }
    }

    private void CheckAwake(StoredCase stored, Policy policy, DateTimeOffset now)
    {
        if (stored.State is not DunningCase.Open { File: var file })
            return;
        var (wake, waiting) = (Decider.WakeAt(stored.State, policy), Waiting.Of(file, policy));
        witness.Check(wake is null || wake > now, "P14", file.Id, $"it should have woken at {wake:u}");
        witness.Check(wake is not null || waiting != WaitReason.Nothing, "P14", file.Id, "it waits for nothing and nobody");
        witness.Check(waiting != WaitReason.Nothing || wake < now.AddDays(90), "P14", file.Id, $"it waits for nothing and nobody until {wake:u}");
        witness.Check(waiting is not (WaitReason.SendingStopped or WaitReason.Ledger), "P14", file.Id, "it waits for a switch that is on");
        TaskKind? asked = waiting switch
        {
            WaitReason.Approval => TaskKind.Approval,
            WaitReason.UncertainMessage => TaskKind.UncertainMessage,
            WaitReason.Reply => TaskKind.Reply,
            WaitReason.PossibleDuplicate => TaskKind.PossibleDuplicate,
            WaitReason.InvoiceNotSent => TaskKind.InvoiceNotSent,
            WaitReason.BouncedNotice => TaskKind.BouncedMessage,
            WaitReason.Insolvency or _ => null,
        };
        witness.Check(asked is null || file.Tasks.Any(t => t.Kind == asked), "P14", file.Id, $"it waits for {waiting} and nobody was asked");
        var named = wake is not null || asked is not null || file.Tasks.Count > 0 || waiting is WaitReason.Insolvency;
        witness.Check(named, "P14", file.Id, $"it waits for {waiting}, without a task or a wake-up");
    }

    private void CountTime(StoredCase stored, DateTimeOffset now)
    {
        var closed = stored.State as DunningCase.Closed;
        witness.Tally.Count(closed is null ? "open at the end" : $"closed {closed.Because}");
        witness.Tally.Count("cases");
        witness.Tally.CaseTime += (closed?.At ?? now) - stored.State.Known!.RegisteredAt;
    }
}
