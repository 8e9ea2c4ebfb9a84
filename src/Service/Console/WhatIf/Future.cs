using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Console.Casework;
using Dunning.Service.Simulation;

namespace Dunning.Service.Console.WhatIf;

/// <summary>What happens on a day: something that leaves, something a person has to do, something that was told, an end.</summary>
public sealed record FutureEntry(DateOnly On, FutureKind Kind, string Words, string? Step = null, decimal? Balance = null);

public enum FutureKind
{
    Message,
    Act,
    Fact,
    End,
}

/// <summary>A simulation under a policy, day by day.</summary>
public sealed record Future(Policy Policy, SimulationView View, BusinessCalendar Calendar, string Currency, DateOnly DueDate)
{
    private static readonly string[] Ends = ["paid", "cancelled", "writtenOff", "insolvent"];

    public string Name => $"{Policy.Name} v{Policy.Version}";

    public IReadOnlyList<FutureEntry> Entries(Ui ui)
    {
        var entries = new List<FutureEntry>();
        foreach (var messages in View.Timeline.Where(e => e.Kind == "message").GroupBy(e => (On: Day(e), e.Step)))
            entries.Add(new(messages.Key.On, FutureKind.Message, $"{ui.StepName(messages.Key.Step!)} — {ui.Channels(messages.Select(m => m.Channel!))}", messages.Key.Step, messages.First().Balance));
        foreach (var entry in View.Timeline.Where(e => e.Kind != "message"))
            if (Of(ui, entry) is { } told)
                entries.Add(told);
        return [.. entries.OrderBy(e => e.On).ThenBy(e => e.Kind)];
    }

    /// <summary>The first day a message or an act of a kind of step comes; null if none does.</summary>
    public DateOnly? First(Func<Rung, bool> which) =>
        View.Timeline.Where(e => e.Kind is "message" or "task" && e.Step is { } step && Policy.FindRung(step) is { } rung && which(rung)).Select(e => (DateOnly?)Day(e)).Min();

    public int Messages => View.Timeline.Count(e => e.Kind == "message");

    public bool IsQuiet(DateOnly day) => Policy.IsQuiet(day);

    public static DateOnly Day(TimelineEntry entry) => DateOnly.FromDateTime(entry.At.DateTime);

    private static FutureEntry? Of(Ui ui, TimelineEntry entry) => entry switch
    {
        { Kind: "task" } => new(Day(entry), FutureKind.Act, ui.TaskKind(entry.Type!), entry.Step),
        { Kind: "status", Status: { } status } when Ends.Contains(status) => new(Day(entry), FutureKind.End, ui.Status(status), null, entry.Balance),
        { Kind: "event", Type: "stepLapsed" } => new(Day(entry), FutureKind.Fact, ui.Say($"{ui.Event(entry.Type)}\u00A0: {ui.Step(entry.Step!)}", $"{ui.Event(entry.Type)}: {ui.Step(entry.Step!)}"), entry.Step),
        { Kind: "event", Type: not (null or "stepApproved" or "messageDelivered" or "letterPosted" or "sendingStopped" or "sendingResumed") } => new(Day(entry), FutureKind.Fact, ui.Event(entry.Type), entry.Step),
        _ => null,
    };
}
