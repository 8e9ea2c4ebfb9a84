using Dunning.Domain;

namespace Dunning.Service.Console.WhatIf;

/// <summary>What one policy does otherwise than another with the same invoice, in words.</summary>
public static class FutureDifferences
{
    public static IReadOnlyList<string> Of(Ui ui, Future first, Future second)
    {
        var words = new List<string>();
        foreach (var (french, english, which) in Moments)
            if (Of(ui, ui.Say(french, english), first.First(which), second.First(which), second.Name) is { } difference)
                words.Add(difference);
        if (second.Messages != first.Messages)
            words.Add(ui.Say($"{ui.Count(second.Messages)} message{(second.Messages > 1 ? "s" : "")} avec {second.Name}, {ui.Count(first.Messages)} avec {first.Name}.", $"{ui.Count(second.Messages)} message{(second.Messages == 1 ? "" : "s")} with {second.Name}, {ui.Count(first.Messages)} with {first.Name}."));
        if (first.View.Outcome.Status != second.View.Outcome.Status)
            words.Add(ui.Say(
                $"À la fin\u00A0: «\u00A0{ui.Status(second.View.Outcome.Status)}\u00A0» avec {second.Name}, «\u00A0{ui.Status(first.View.Outcome.Status)}\u00A0» avec {first.Name}.",
                $"At the end: “{ui.Status(second.View.Outcome.Status)}” with {second.Name}, “{ui.Status(first.View.Outcome.Status)}” with {first.Name}."));
        return words;
    }

    private static readonly (string French, string English, Func<Rung, bool> Which)[] Moments =
    [
        ("le premier message", "the first message", r => r.Speaks),
        ("la première relance après l’échéance", "the first reminder after the due date", r => r is { Speaks: true, IsPreDue: false }),
        ("l’appel", "the call", r => r.Step.Channels.Contains(Channel.Call)),
        ("la mise en demeure", "the formal notice", r => r.IsFormalNotice),
        ("le passage au contentieux", "the hand-over", r => r.IsHandOver),
    ];

    private static string? Of(Ui ui, string what, DateOnly? first, DateOnly? second, string name)
    {
        if (first == second)
            return null;
        var capital = StepWords.Capital(what);
        if (second is not { } then)
            return ui.Say($"{capital} n’a pas lieu avec {name}.", $"{capital} does not come with {name}.");
        if (first is not { } before)
            return ui.Say($"{capital} n’a lieu qu’avec {name}, le {ui.Date(then)}.", $"{capital} comes only with {name}, on {ui.Date(then)}.");
        var days = then.DayNumber - before.DayNumber;
        return ui.Say(
            $"{capital} part {ui.Days(Math.Abs(days))} plus {(days < 0 ? "tôt" : "tard")} avec {name}\u00A0: le {ui.Date(then)} au lieu du {ui.Date(before)}.",
            $"{capital} leaves {ui.Days(Math.Abs(days))} {(days < 0 ? "earlier" : "later")} with {name}: on {ui.Date(then)} instead of {ui.Date(before)}.");
    }
}
