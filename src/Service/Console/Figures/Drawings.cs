using Dunning.Service.Console.Figures.Charts;
using Dunning.Service.Figures;
using Microsoft.AspNetCore.Components;

namespace Dunning.Service.Console.Figures;

/// <summary>How each figure is drawn. Null where a table says it better, or there is nothing to draw.</summary>
internal static class Drawings
{
    private const int Cohorts = 4;

    public static MarkupString? Of(Ui ui, KpiView kpis, string figure, string name)
    {
        var id = $"f-{figure}";
        var period = ui.Say($"Du {ui.Date(kpis.From)} au {ui.Date(kpis.To)}, en {kpis.Currency}.", $"From {ui.Date(kpis.From)} to {ui.Date(kpis.To)}, in {kpis.Currency}.");
        return figure switch
        {
            "dso" => Months(id, ui, kpis, name, period, ("DSO", m => m.Dso), (ui.Say("par épuisement", "count-back"), m => m.DsoCountBack), (ui.Say("meilleur possible", "best possible"), m => m.BestPossibleDso)),
            "dsoCountBack" => Months(id, ui, kpis, name, period, (name, m => m.DsoCountBack)),
            "bestPossibleDso" => Months(id, ui, kpis, name, period, (name, m => m.BestPossibleDso)),
            "averageDaysDelinquent" => Months(id, ui, kpis, name, period, (name, m => m.AverageDaysDelinquent)),
            "cei" => Months(id, ui, kpis, name, period, (name, m => m.Cei)),
            "daysToPay" => Months(id, ui, kpis, name, period, (ui.Say("par facture", "by invoice"), m => m.DaysToPay), (ui.Say("par euro", "by amount"), m => m.DaysToPayByAmount)),
            "daysLate" => Months(id, ui, kpis, name, period, (name, m => m.DaysLate)),
            "lateRate" => Months(id, ui, kpis, name, period, (ui.Say("en nombre", "by count"), m => m.LateRate), (ui.Say("en montant", "by amount"), m => m.LateRateByAmount)),
            "promises" => Months(id, ui, kpis, name, period, (name, m => m.PromisesKeptRate)),
            "ageing" => kpis.Ageing.Owed == 0 ? null : Bars.Draw(id, name, ui.Say("L’encours selon le retard.", "What is owed by how late it is."), (double)kpis.Ageing.Owed, [.. kpis.Ageing.Buckets.Select(b =>
                new Bar(ui.Bucket(b.Bucket), (double)b.Amount, $"{ui.Round(b.Amount, kpis.Currency)} · {ui.Percent(b.Percent)}"))]),
            "steps" => Effects(id, ui, name, kpis.Steps, e => $"{ui.StepName(e.Step!)} ({e.Policy})"),
            "channels" => Effects(id, ui, name, kpis.Channels, e => ui.Channels(e.Channels!)),
            "policies" => Effects(id, ui, name, kpis.Policies, e => e.Policy!),
            "recovery" => Recovery(id, ui, kpis, name),
            "cash" => kpis.Cash is not { } cash || cash.Weeks.All(w => w.Said + w.Usual == 0) ? null : Columns.Draw(id, name, ui.Say("Par semaine, ce qui est annoncé et ce qui est habituel.", "By week, what was announced and what is usual."),
                ui.Say("annoncé", "announced"), ui.Say("habituel", "as usual"), ui.Short, [.. cash.Weeks.Select(w => new Column(FigureWords.DayMonth(w.Monday), (double)w.Said, (double)w.Usual))]),
            "trial" => kpis.Trial is not { } trial || trial.Arms.Any(a => a.PercentPaid is null) ? null : Bars.Draw(id, name, ui.Say("La part soldée de chaque côté, avec son intervalle.", "The share paid of each side, with its interval."), 100, [.. trial.Arms.Select(a =>
                new Bar($"{a.Arm} · {a.Policy}@{a.Version}", (double)a.PercentPaid!.Value, ui.Say($"{ui.Percent(a.PercentPaid)} (de {ui.Percent(a.Low)} à {ui.Percent(a.High)})", $"{ui.Percent(a.PercentPaid)} ({ui.Percent(a.Low)} to {ui.Percent(a.High)})")))]),
            _ => null,
        };
    }

    private static MarkupString? Months(string id, Ui ui, KpiView kpis, string name, string period, params (string Name, Func<MonthView, decimal?> Value)[] curves) =>
        kpis.Months.All(m => curves.All(c => c.Value(m) is null)) ? null
        : Curves.Draw(id, name, period, [.. kpis.Months.Select(m => FigureWords.Month(m.To))], ui.Short, [.. curves.Select(c => new Curve(c.Name, [.. kpis.Months.Select(m => (double?)c.Value(m))]))]);

    private static MarkupString? Effects(string id, Ui ui, string name, EffectsView effects, Func<EffectView, string> named) =>
        effects.Items.Count == 0 ? null : Bars.Draw(id, name, ui.Say($"La part de ce qui était dû qui est rentrée dans les {ui.Days(effects.WithinDays)}.", $"The share of what was owed that came in within {effects.WithinDays} days."),
            100, [.. effects.Items.Select(e => new Bar(named(e), (double)e.PercentOfAmount, $"{ui.Percent(e.PercentOfAmount)} · {e.PaidInFull}/{e.Taken}"))]);

    private static MarkupString? Recovery(string id, Ui ui, KpiView kpis, string name)
    {
        var cohorts = kpis.Recovery.Cohorts.Where(c => c.Recovery.Count(r => r.Percent is not null) > 1).TakeLast(Cohorts).ToList();
        return cohorts.Count == 0 ? null : Curves.Draw(id, name, ui.Say("Les derniers mois d’échéance\u00A0: part encaissée selon les jours écoulés.", "The latest months of due dates: share paid by days since."),
            [.. cohorts[0].Recovery.Select(r => ui.Say($"J+{r.DaysAfterDue}", $"D+{r.DaysAfterDue}"))], v => ui.Short(v) + ui.Say("\u00A0%", "%"),
            [.. cohorts.Select(c => new Curve(FigureWords.Month(c.Month), [.. c.Recovery.Select(r => (double?)r.Percent)]))]);
    }
}
