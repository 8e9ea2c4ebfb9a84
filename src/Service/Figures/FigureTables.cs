using Dunning.Domain;

namespace Dunning.Service.Figures;

/// <summary>The data behind each figure, as a table: what its file holds and what is drawn.</summary>
public static class FigureTables
{
    private static readonly FigureColumn From = new("from", "Du", "From", CellKind.Date);
    private static readonly FigureColumn To = new("to", "Au", "To", CellKind.Date);
    private static readonly FigureColumn Owed = Amount("owed", "Encours", "Owed");
    private static readonly FigureColumn NotDue = Amount("notDue", "Non échu", "Not due");
    private static readonly FigureColumn Sales = Amount("sales", "Ventes", "Sales");
    private static readonly FigureColumn SalesDays = Count("salesDays", "Jours de ventes", "Days of sales");

    private static readonly Dictionary<string, Func<KpiView, (FigureColumn[] Columns, IEnumerable<object?[]> Rows)>> Known = new(StringComparer.Ordinal)
    {
        ["dso"] = k => ByMonth(k, (Owed, m => m.Owed), (Sales, m => m.Sales), (SalesDays, m => m.SalesDays), (Days("dso", "DSO", "DSO"), m => m.Dso)),
        ["dsoCountBack"] = k => ByMonth(k, (Owed, m => m.Owed), (Days("dsoCountBack", "DSO par épuisement", "Count-back DSO"), m => m.DsoCountBack)),
        ["bestPossibleDso"] = k => ByMonth(k, (NotDue, m => m.NotDue), (Sales, m => m.Sales), (SalesDays, m => m.SalesDays), (Days("bestPossibleDso", "Meilleur DSO", "Best DSO"), m => m.BestPossibleDso)),
        ["averageDaysDelinquent"] = k => ByMonth(k, (Days("dso", "DSO", "DSO"), m => m.Dso), (Days("bestPossibleDso", "Meilleur DSO", "Best DSO"), m => m.BestPossibleDso), (Days("averageDaysDelinquent", "Écart", "Difference"), m => m.AverageDaysDelinquent)),
        ["cei"] = k => ByMonth(k, (Amount("collected", "Encaissé", "Collected"), m => m.Collected), (Amount("collectible", "Encaissable", "Collectible"), m => m.Collectible), (Amount("credited", "Avoirs", "Credited"), m => m.Credited),
            (Amount("writtenOff", "Pertes", "Written off"), m => m.WrittenOff), (Percent("cei", "CEI", "CEI"), m => m.Cei)),
        ["daysToPay"] = k => ByMonth(k, (Count("paid", "Factures soldées", "Invoices paid"), m => m.Paid), (Days("daysToPay", "Par facture", "By invoice"), m => m.DaysToPay), (Days("daysToPayByAmount", "Par euro", "By amount"), m => m.DaysToPayByAmount)),
        ["daysLate"] = k => ByMonth(k, (Count("paid", "Factures soldées", "Invoices paid"), m => m.Paid), (Days("daysLate", "Jours de retard", "Days late"), m => m.DaysLate)),
        ["lateRate"] = k => ByMonth(k, (Count("fellDue", "Factures échues", "Fell due"), m => m.FellDue), (Count("late", "En retard", "Late"), m => m.Late), (Percent("lateRate", "En nombre", "By count"), m => m.LateRate), (Percent("lateRateByAmount", "En montant", "By amount"), m => m.LateRateByAmount)),
        ["promises"] = k => ByMonth(k, (Count("kept", "Tenues", "Kept"), m => m.PromisesKept), (Count("broken", "Rompues", "Broken"), m => m.PromisesBroken), (Percent("rate", "Part tenue", "Share kept"), m => m.PromisesKeptRate)),
        ["ageing"] = k => ([Text("daysLate", "Retard (jours)", "Days late"), Count("invoices", "Factures", "Invoices"), Amount("amount", "Montant", "Amount"), Percent("percent", "Part", "Share")],
            k.Ageing.Buckets.Select(b => new object?[] { b.Bucket, b.Invoices, b.Amount, b.Percent })),
        ["recovery"] = k => ([new("month", "Échéance", "Due in", CellKind.Month), Count("invoices", "Factures", "Invoices"), Amount("collectible", "À encaisser", "To collect"),
                .. Cohort.Days.Select(d => Percent($"day{d}", $"J+{d}", $"D+{d}"))],
            k.Recovery.Cohorts.Select(c => new object?[] { c.Month, c.Invoices, c.Collectible }.Concat(c.Recovery.Select(r => (object?)r.Percent)).ToArray())),
        ["steps"] = k => Effects(k.Steps, (Text("policy", "Scénario", "Policy"), e => e.Policy), (Text("step", "Relance", "Step"), e => e.Step)),
        ["channels"] = k => Effects(k.Channels, (Text("channels", "Canaux", "Channels"), e => e.Channels)),
        ["policies"] = k => Effects(k.Policies, (Text("policy", "Scénario", "Policy"), e => e.Policy)),
        ["cash"] = k => ([new("week", "Semaine du", "Week of", CellKind.Date), Amount("said", "Annoncé", "Announced"), Amount("usual", "Habituel", "As usual")],
            (k.Cash?.Weeks ?? []).Select(w => new object?[] { w.Monday, w.Said, w.Usual })),
        ["trial"] = k => ([Text("arm", "Côté", "Side"), Text("policy", "Scénario", "Policy"), Count("debtors", "Débiteurs", "Debtors"), Count("invoices", "Factures", "Invoices"), Count("paid", "Soldées", "Paid"),
                Percent("percentPaid", "Part soldée", "Share paid"), Percent("low", "De", "From"), Percent("high", "À", "To"), Percent("percentCollected", "Part du montant", "Share of the amount")],
            (k.Trial?.Arms ?? []).Select(a => new object?[] { a.Arm, $"{a.Policy}@{a.Version}", a.Debtors, a.Invoices, a.Paid, a.PercentPaid, a.Low, a.High, a.PercentCollected })),
    };

    /// <summary>Null for a figure that is none.</summary>
    public static FigureTable? Of(KpiView kpis, string figure) =>
        Known.TryGetValue(figure, out var table) && table(kpis) is var (columns, rows) ? new(figure, kpis.Currency, columns, [.. rows]) : null;

    private static (FigureColumn[], IEnumerable<object?[]>) ByMonth(KpiView kpis, params (FigureColumn Column, Func<MonthView, object?> Value)[] columns) =>
        ([From, To, .. columns.Select(c => c.Column)], kpis.Months.Select(m => new object?[] { m.From, m.To }.Concat(columns.Select(c => c.Value(m))).ToArray()));

    private static (FigureColumn[], IEnumerable<object?[]>) Effects(EffectsView effects, params (FigureColumn Column, Func<EffectView, object?> Value)[] names) =>
    (
        [.. names.Select(n => n.Column), Count("taken", "Fois", "Taken"), Count("paidInFull", "Soldées ensuite", "Paid in full"), Amount("owed", "Dû alors", "Owed then"), Amount("collected", "Encaissé ensuite", "Paid after"),
            Percent("percentOfInvoices", "En nombre", "By count"), Percent("percentOfAmount", "En montant", "By amount")],
        effects.Items.Select(e => names.Select(n => n.Value(e)).Concat([e.Taken, e.PaidInFull, e.Owed, e.Collected, e.PercentOfInvoices, e.PercentOfAmount]).ToArray())
    );

    private static FigureColumn Text(string name, string french, string english) => new(name, french, english, CellKind.Text);

    private static FigureColumn Count(string name, string french, string english) => new(name, french, english, CellKind.Count);

    private static FigureColumn Amount(string name, string french, string english) => new(name, french, english, CellKind.Amount);

    private static FigureColumn Days(string name, string french, string english) => new(name, french, english, CellKind.Days);

    private static FigureColumn Percent(string name, string french, string english) => new(name, french, english, CellKind.Percent);
}
