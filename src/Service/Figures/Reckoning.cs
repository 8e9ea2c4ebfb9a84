using Dunning.Domain;
using Dunning.Service.Api;

namespace Dunning.Service.Figures;

/// <summary>All figures of one currency, from lines that know nothing after the day they are taken.</summary>
internal sealed class Reckoning
{
    public const int Weeks = 13;

    private readonly IReadOnlyList<LedgerLine> _lines;
    private readonly Currency _currency;
    private readonly FigurePeriod _period;
    private readonly DailySales _sales;

    public Reckoning(IReadOnlyList<LedgerLine> lines, Currency currency, FigurePeriod period)
    {
        (_lines, _currency, _period) = ([.. lines.Select(l => l.AsOf(period.AsOf)).OfType<LedgerLine>()], currency, period);
        _sales = new(_lines, currency);
    }

    public KpiView View(string creditor, IReadOnlyList<string> currencies, PolicySplit? split, int withinDays)
    {
        var total = Span(_lines, _period.From, _period.To, _period.From);
        var followed = StepFollowed.Of(_lines, _period.From, _period.To, _period.Over, withinDays);
        return new(creditor, _currency.Code, currencies, _period.From, _period.To, _period.AsOf, _lines.Count)
        {
            Dso = Days("dso", total.Dso),
            DsoCountBack = Days("dsoCountBack", total.DsoCountBack),
            BestPossibleDso = Days("bestPossibleDso", total.BestPossibleDso),
            AverageDaysDelinquent = Days("averageDaysDelinquent", total.AverageDaysDelinquent),
            Cei = Percent("cei", total.Cei),
            DaysToPay = Days("daysToPay", total.DaysToPay),
            DaysToPayByAmount = Days("daysToPay", total.DaysToPayByAmount),
            DaysLate = Days("daysLate", total.DaysLate),
            LateRate = Percent("lateRate", total.LateRate),
            LateRateByAmount = Percent("lateRate", total.LateRateByAmount),
            PromisesKept = Percent("promises", total.PromisesKeptRate),
            Total = total,
            // Each month looks back as far as the period is long, so that its last point is the figure of the whole.
            Months = [.. ByMonth().Select(m => Span(m.Lines, m.From, m.To, m.To.AddDays(1 - _period.Days)))],
            Ageing = Ageing(),
            Recovery = new("recovery", [.. Cohort.Of(_lines, _period.From, _period.To, _period.Over).Select(c =>
                new CohortView(c.Month, c.Invoices, c.Amount.Amount(), [.. c.Recovery.Select(x => new RecoveredView(x.DaysAfterDue, Round(x.Percent)))]))]),
            Steps = new("steps", withinDays, [.. StepEffect.ByStep(followed, _currency).Select(e => Effect(e, e.Policy, e.Step, null))]),
            Channels = new("channels", withinDays, [.. StepEffect.ByChannels(followed, _currency).Select(e => Effect(e, null, null, e.Step))]),
            Policies = new("policies", withinDays, [.. StepEffect.ByPolicy(followed, _currency).Select(e => Effect(e, e.Policy, null, null))]),
            // What was announced or disputed on a day that is past, nobody kept.
            Cash = _period.AsOf < _period.Today ? null : Cash(),
            Trial = split is null ? null : TrialViews.Of(PolicyTrial.Of(split, _lines, _currency, _period.Over)),
            Definitions = FigureDefinitions.Views,
        };
    }

    // Most invoices live for two months or three: the others have nothing to do with one.
    private IEnumerable<(DateOnly From, DateOnly To, IReadOnlyList<LedgerLine> Lines)> ByMonth()
    {
        var months = _period.Months.Select(m => (m.From, m.To, Lines: new List<LedgerLine>())).ToList();
        foreach (var line in _lines)
        {
            var closed = line.ClosedOn ?? DateOnly.MaxValue;
            var last = closed > line.DueOn ? closed : line.DueOn;
            foreach (var promise in line.Promises)
                last = promise.On > last ? promise.On : last;
            foreach (var month in months)
                if (last >= month.From && (line.IssuedOn <= month.To || closed <= month.To))
                    month.Lines.Add(line);
        }
        return months.Select(m => (m.From, m.To, (IReadOnlyList<LedgerLine>)m.Lines));
    }

    private MonthView Span(IReadOnlyList<LedgerLine> lines, DateOnly from, DateOnly to, DateOnly salesFrom)
    {
        // A ledger that begins within the days it is held against has sold nothing before: they do not count.
        var days = Math.Max(to.DayNumber - (_sales.First > salesFrom ? _sales.First.Value : salesFrom).DayNumber + 1, 1);
        var within = Receivables.Of(lines, _sales, _currency, to, to.DayNumber - from.DayNumber + 1);
        var then = within with { Days = days, Sales = _sales.Between(to.AddDays(1 - days), to) };
        var paid = PaymentBehaviour.Of(lines, from, to, _period.Over);
        return new(from, to)
        {
            Owed = then.Owed.Amount(),
            NotDue = then.NotDue.Amount(),
            Sales = then.Sales.Amount(),
            SalesDays = days,
            Dso = Round(then.Dso),
            DsoCountBack = Round(then.CountBackDso),
            BestPossibleDso = Round(then.BestPossibleDso),
            AverageDaysDelinquent = Round(then.AverageDaysDelinquent),
            Collected = within.Collected.Amount(),
            Collectible = within.CollectibleByNow.Amount(),
            Credited = within.Credited.Amount(),
            WrittenOff = within.WrittenOff.Amount(),
            Cei = Round(within.Cei),
            Paid = paid.Paid,
            DaysToPay = Round(paid.DaysToPay),
            DaysToPayByAmount = Round(paid.DaysToPayByAmount),
            DaysLate = Round(paid.DaysLate),
            FellDue = paid.FellDue,
            Late = paid.Late,
            LateRate = Round(paid.LateByCount),
            LateRateByAmount = Round(paid.LateByAmount),
            PromisesKept = paid.PromisesKept,
            PromisesBroken = paid.PromisesBroken,
            PromisesKeptRate = Round(paid.PromisesKeptRate),
        };
    }

    private AgeingView Ageing()
    {
        var figures = Receivables.Of(_lines, _sales, _currency, _period.AsOf, 1);
        string[] names = ["notDue", "1-30", "31-60", "61-90", "91+"];
        return new("ageing", figures.Owed.Amount(), [.. figures.Ageing.Zip(names, (a, name) =>
            new AgeView(name, a.Invoices, a.Amount.Amount(), figures.Owed.IsZero ? null : Round(100m * a.Amount.Minor / figures.Owed.Minor)))]);
    }

    private CashView Cash()
    {
        var forecast = CashForecast.Of(_lines, _currency, _period.AsOf, Weeks);
        var owed = forecast.Weeks.Aggregate(forecast.Later + forecast.Doubtful, (sum, w) => sum + w.Said + w.Usual);
        return new("cash", owed.Amount(), [.. forecast.Weeks.Select(w => new WeekView(w.Monday, w.Said.Amount(), w.Usual.Amount()))], forecast.Later.Amount(), forecast.Doubtful.Amount());
    }

    private static EffectView Effect(StepEffect e, string? policy, string? step, string? channels) =>
        new(policy, step, channels, e.Taken, e.PaidInFull, e.Owed.Amount(), e.Collected.Amount(), Round(e.PercentOfInvoices), Round(e.PercentOfAmount));

    private static FigureView Days(string definition, decimal? value) => new(definition, value, "days");

    private static FigureView Percent(string definition, decimal? value) => new(definition, value, "percent");

    /// <summary>Two decimals at most, without zeros at the end.</summary>
    internal static decimal Round(decimal value) => decimal.Round(value, 2, MidpointRounding.AwayFromZero) / 1.000000000000000000000000000m;

    internal static decimal? Round(decimal? value) => value is { } number ? Round(number) : null;
}
