using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Casework;

/// <summary>What happens next, when and why, in a sentence: told from the decision the engine takes, rule by rule.</summary>
public static class NextSentence
{
    public static string Of(Ui ui, NextView next)
    {
        if (next.WaitingFor is { } reason)
            return Waiting(ui, next, reason);
        if (next.Step is not { } step)
            return ui.Say("Plus rien n’est prévu.", "Nothing more is planned.");
        if (next.At is not { } at)
            return ui.Say($"{StepWords.Capital(ui.Step(step))} est en cours.", $"{StepWords.Capital(ui.Step(step))} is under way.");
        if (next.Rules is not { Count: > 0 } rules)
            return ui.Say($"{StepWords.Capital(ui.Step(step))} est en cours, la suite part le {ui.LongInstant(at)}.", $"{StepWords.Capital(ui.Step(step))} is under way; the rest leaves on {ui.LongInstant(at)}.");
        return ui.Say($"{Leaves(ui, step)} le {ui.LongInstant(at)}\u00A0: {Why(ui, rules)}.", $"{Leaves(ui, step)} on {ui.LongInstant(at)}: {Why(ui, rules)}.");
    }

    /// <summary>Each rule in words, with the instant it gives; the one that decides comes with true.</summary>
    public static IReadOnlyList<(string Words, DateTimeOffset At, bool Decides)> Rules(Ui ui, NextView next)
    {
        if (next.Rules is not { Count: > 0 } rules)
            return [];
        var decisive = rules.Where(r => r.Rule != "window").MaxBy(r => r.At);
        return [.. rules.Select(r => (StepWords.Capital(Words(ui, r)), r.At, ReferenceEquals(r, decisive)))];
    }

    private static string Waiting(Ui ui, NextView next, string reason)
    {
        var waits = ui.Say($"Le dossier attend {ui.WaitsFor(reason)}.", $"The case waits for {ui.WaitsFor(reason)}.");
        if (next.Step is not { } step)
            return waits;
        return waits + " " + (next.At is { } at
            ? ui.Say($"Sinon, {Uncapital(Leaves(ui, step))} le {ui.LongInstant(at)}.", $"Failing that, {Uncapital(Leaves(ui, step))} on {ui.LongInstant(at)}.")
            : ui.Say($"{StepWords.Capital(ui.Step(step))} viendra ensuite.", $"{StepWords.Capital(ui.Step(step))} comes after."));
    }

    private static string Leaves(Ui ui, string step) => StepWords.Capital(ui.Step(step)) + (step switch
    {
        "call" => ui.Say(" sera à passer", " will be to make"),
        "hand-over" => ui.Say(" sera à décider", " will be to decide"),
        _ => ui.Say(" partira", " will leave"),
    });

    // Registration and the like bound every step: said only where they decide.
    private static string Why(Ui ui, IReadOnlyList<DueRuleView> rules)
    {
        var last = rules.Where(r => r.Rule != "window").Max(r => r.At);
        var said = rules.Where(r => r.Rule != "unblocked" || r.At == last).Select(r => Words(ui, r)).Distinct().ToList();
        return said.Count == 1 ? said[0] : string.Join(", ", said[..^1]) + ui.Say(", et ", ", and ") + said[^1];
    }

    private static string Words(Ui ui, DueRuleView rule) => rule.Rule switch
    {
        "nominal" => Offset(ui, rule) + (IsMoved(rule) ? ui.Say(", au jour d’envoi le plus proche", ", on the nearest sending day") : ""),
        "gap" => ui.Say($"au moins {ui.Days(rule.Days!.Value)} après la relance précédente ({ui.Date(rule.From)})", $"at least {ui.Days(rule.Days!.Value)} after the step before it ({ui.Date(rule.From)})"),
        "paymentGap" => ui.Say($"au moins {ui.Days(rule.Days!.Value)} après le dernier paiement ({ui.Date(rule.From)})", $"at least {ui.Days(rule.Days!.Value)} after the last payment ({ui.Date(rule.From)})"),
        "deadline" => ui.Say($"après le délai de la mise en demeure ({ui.Date(rule.From)})", $"after the days the formal notice gives ({ui.Date(rule.From)})"),
        "window" => ui.Say("aux jours et heures d’envoi", "on sending days and hours"),
        _ => ui.Say($"pas avant la fin de ce qui l’a retenue ({ui.Instant(rule.At)})", $"not before what held it back ended ({ui.Instant(rule.At)})"),
    };

    private static string Offset(Ui ui, DueRuleView rule) => rule.Days switch
    {
        0 => ui.Say("le jour de l’échéance", "the due date"),
        < 0 => ui.Say($"échéance − {ui.Days(-rule.Days.Value)}", $"due date − {ui.Days(-rule.Days.Value)}"),
        _ => ui.Say($"échéance + {ui.Days(rule.Days ?? 0)}", $"due date + {ui.Days(rule.Days ?? 0)}"),
    };

    private static bool IsMoved(DueRuleView rule) =>
        rule is { From: { } from, Days: { } days } && from.AddDays(days) != DateOnly.FromDateTime(rule.At.DateTime);

    private static string Uncapital(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
