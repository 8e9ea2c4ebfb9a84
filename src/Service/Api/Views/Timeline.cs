using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api.Views;

/// <summary>
/// One line of a case's life. Kind is message, task, event or status. Interest and indemnity are what was owed on the day of a message; null where no
/// claim can be computed.
/// </summary>
public sealed record TimelineEntry(DateTimeOffset At, string Kind)
{
    public string? Step { get; init; }

    public string? Channel { get; init; }

    public string? Subject { get; init; }

    public decimal? Balance { get; init; }

    public decimal? Interest { get; init; }

    public decimal? Indemnity { get; init; }

    /// <summary>The event's or the task's own kind.</summary>
    public string? Type { get; init; }

    public string? Status { get; init; }

    public string? Key { get; init; }

    public string? Id { get; init; }

    public string? Note { get; init; }

    public string? By { get; init; }

    /// <summary>The name of the key that brought it, where the case is looked at by itself.</summary>
    public string? ByName { get; init; }

    /// <summary>What the event is about: the money, the day it names.</summary>
    public decimal? Amount { get; init; }

    public DateOnly? Date { get; init; }
}

/// <summary>Tells a log as a story: replays it through the decider and notes what each event changed. The same for a live case and a simulated one.</summary>
public sealed class Storyteller(IPolicyBook policies, Func<MessageKey, CancellationToken, Task<OutgoingMessage?>> findMessage, Rates? rates = null)
{
    public async Task<IReadOnlyList<TimelineEntry>> Tell(IReadOnlyList<LoggedEvent> log, CancellationToken ct)
    {
        var entries = new List<TimelineEntry>();
        DunningCase state = DunningCase.Unregistered.Instance;
        var aside = log.Select(l => l.Event).OfType<EventSetAside>().ToLookup(e => e.Seq, e => e.Reason);
        foreach (var logged in log)
        {
            var (after, policy, fault) = aside[logged.Seq].FirstOrDefault() is { } known ? (state, null, known) : await Follow(state, logged, ct);
            if (policy is not null)
                await Note(entries, logged, state, after, policy, ct);
            else
                entries.Add(Event(await Local(logged.At, state, ct), logged) with { Status = "setAside", Note = fault });
            state = after;
        }
        return entries;
    }

    // Without a policy: the event cannot be applied, and why.
    private async Task<(DunningCase After, Policy? Policy, string? Fault)> Follow(DunningCase state, LoggedEvent logged, CancellationToken ct)
    {
        if ((state.Known?.Policy ?? (logged.Event as Registered)?.Policy) is not { } own)
            return (state, null, "the registration before it cannot be read");
        var (after, fault) = await policies.Decide(state, await policies.Get(own, ct), logged, ct);
        return fault is null ? (after, await policies.Get(after.Known!.Policy, ct), null) : (state, null, fault);
    }

    private async Task<DateTimeOffset> Local(DateTimeOffset at, DunningCase state, CancellationToken ct) =>
        state.Known is { } file ? NextView.Local(at, await policies.Get(file.Policy, ct))!.Value : at;

    private async Task Note(List<TimelineEntry> entries, LoggedEvent logged, DunningCase before, DunningCase after, Policy policy, CancellationToken ct)
    {
        var (old, file) = (before.Known, after.Known!);
        var at = NextView.Local(logged.At, policy)!.Value;
        if (logged.Event is MessageAccepted or MessageDelivered && Newly(old, file, KeyOf(logged.Event)!.Value))
            entries.Add(await Message(at, KeyOf(logged.Event)!.Value, file, policy, ct));
        else if (logged.Event is not (WokeUp or MessageClaimed or MessageAccepted))
            entries.Add(Event(at, logged));
        foreach (var step in file.Steps.Where(s => s.Outcome == StepOutcome.Lapsed && old?.Steps.Any(o => o.Id == s.Id && o.Outcome == StepOutcome.Lapsed) != true))
            entries.Add(new(at, "event") { Type = "stepLapsed", Step = step.Id, Note = step.Why });
        if (file.Silences.BrokenPromises > (old?.Silences.BrokenPromises ?? 0))
            entries.Add(new(at, "event") { Type = "promiseBroken" });
        if (file.Silences.KeptPromises > (old?.Silences.KeptPromises ?? 0))
            entries.Add(new(at, "event") { Type = "promiseKept" });
        foreach (var task in file.Tasks.Where(t => old?.Tasks.Any(o => o.Id == t.Id) != true))
            entries.Add(Task(at, task));
        var status = Standing.Status(after, policy);
        if (old is null || Standing.Status(before, policy) != status)
            entries.Add(new(at, "status") { Status = ApiJson.Name(status), Balance = file.Balance.Amount() });
    }

    private static bool Newly(CaseFile? old, CaseFile file, MessageKey key) =>
        MessageFates.Find(file, key) is (_, { WasHeard: true }) && (old is null || MessageFates.Find(old, key) is not (_, { WasHeard: true }));

    private async Task<TimelineEntry> Message(DateTimeOffset at, MessageKey key, CaseFile file, Policy policy, CancellationToken ct)
    {
        var message = await findMessage(key, ct);
        var claim = rates is null ? null : CaseClaim.Of(file, policy, rates, policy.Zone.LocalDate(at));
        return new(at, "message")
        {
            Step = key.Step,
            Channel = MessageKey.Name(key.Channel),
            Subject = message?.Subject,
            Balance = message?.Balance.Amount(),
            Interest = claim?.Interest.Amount(),
            Indemnity = claim?.Indemnity.Amount(),
            Key = key.ToString(),
        };
    }

    private static TimelineEntry Event(DateTimeOffset at, LoggedEvent logged) => new(at, "event")
    {
        Type = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(logged.Event.GetType().Name),
        Id = logged.Event.Id.Length > 0 ? logged.Event.Id : null,
        Step = KeyOf(logged.Event)?.Step,
        Channel = KeyOf(logged.Event) is { } key ? MessageKey.Name(key.Channel) : null,
        Key = KeyOf(logged.Event)?.ToString(),
        Note = EventWords.Why(logged.Event),
        By = logged.By,
        Amount = EventWords.Amount(logged.Event)?.Amount(),
        Date = EventWords.Date(logged.Event),
    };

    private static TimelineEntry Task(DateTimeOffset at, CaseTask task) => new(at, "task")
    {
        Type = ApiJson.Name(task.Kind),
        Step = TaskView.StepOf(task),
        Channel = task.Subject is { } subject && MessageKey.TryParse(subject, out var key) ? MessageKey.Name(key.Channel)
            : task.Kind == TaskKind.Call ? "call" : task.Kind == TaskKind.HandOver ? "handover" : task.Kind == TaskKind.InsurerDeclaration ? "declaration" : null,
        Id = task.Id,
        Note = task.Note,
    };

    private static MessageKey? KeyOf(CaseEvent @event) => @event switch
    {
        MessageClaimed e => e.Key,
        MessageAccepted e => e.Key,
        MessageDelivered e => e.Key,
        MessageBounced e => e.Key,
        MessageRefused e => e.Key,
        MessageUncertain e => e.Key,
        MessageDeferred e => e.Key,
        LetterPosted e => e.Key,
        LetterReturned e => e.Key,
        ResendAsked e => e.Key,
        _ => null,
    };
}
