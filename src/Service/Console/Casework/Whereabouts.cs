using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Casework;

/// <summary>Why a case is where it is: what its status rests on, and the last step that was taken.</summary>
internal static class Whereabouts
{
    public static IEnumerable<string> Of(Ui ui, CaseView view)
    {
        if (Status(ui, view) is { } status)
            yield return status;
        if (view.Steps.LastOrDefault(s => s.Outcome is "happened" or "elsewhere" or "underway") is not { } last)
            yield return ui.Say("Aucune relance n’est encore partie.", "No reminder has left yet.");
        else if (last.Outcome == "underway")
            yield return ui.Say($"{StepWords.Capital(ui.Step(last.Step))} est en cours.", $"{StepWords.Capital(ui.Step(last.Step))} is under way.");
        else
            yield return ui.Say($"Dernière étape faite\u00A0: {ui.Step(last.Step)}, le {ui.Instant(last.At)}.", $"Last step taken: {ui.Step(last.Step)}, on {ui.Instant(last.At)}.");
        if (view.Steps.LastOrDefault(s => s.Deadline is not null && s.Outcome == "happened") is { Deadline: { } deadline })
            yield return ui.Say($"La mise en demeure donne jusqu’au {ui.LongDate(deadline)}.", $"The formal notice gives until {ui.LongDate(deadline)}.");
    }

    private static string? Status(Ui ui, CaseView view) => view.Status switch
    {
        "paid" => view.Payments is [.., var last] ? ui.Say($"Payé\u00A0: le dernier paiement est du {ui.Date(last.Date)}.", $"Paid: the last payment is of {ui.Date(last.Date)}.") : ui.Say("Plus rien n’est dû.", "Nothing is owed any more."),
        "held" => view.Silences.First(s => s.Kind is "hold" or "debtorHold") is var hold ? ui.Say($"Suspendu\u00A0: {hold.Note}", $"On hold: {hold.Note}") : null,
        "disputed" => ui.Say("Un litige porte sur toute la facture\u00A0: rien ne part avant son issue.", "A dispute is about the whole invoice: nothing leaves before its outcome."),
        "promised" => view.Promise is { } promise ? ui.Say($"Le débiteur a promis {ui.Amount(promise.Amount, view.Currency)} pour le {ui.LongDate(promise.Date)}.", $"The debtor promised {ui.Amount(promise.Amount, view.Currency)} for {ui.LongDate(promise.Date)}.") : null,
        "onPlan" => ui.Say("Un échéancier est convenu\u00A0: rien ne part tant qu’il est tenu.", "A plan is agreed: nothing leaves while it is kept."),
        "insolvent" => ui.Say("Une procédure collective est ouverte\u00A0: plus rien ne peut être réclamé ici.", "Insolvency proceedings are open: nothing may be claimed here any more."),
        "cancelled" or "writtenOff" => view.Timeline.LastOrDefault(e => e.Type == view.Status) is { } end ? $"{ui.Event(view.Status)}{ui.Say("\u00A0: ", ": ")}{end.Note}" : null,
        _ => null,
    };
}
