using Dunning.Domain;
using Dunning.Service.Api;

namespace Dunning.Service.Figures;

/// <summary>The days figures are about, both ends included, and the day at whose end they are taken: nothing later is known.</summary>
public sealed record FigurePeriod(DateOnly From, DateOnly To, DateOnly AsOf, DateOnly Today)
{
    /// <summary>Five years.</summary>
    public const int MostDays = 1827;

    /// <summary>The last day that is over: what is due later may still be paid in time.</summary>
    public DateOnly Over => DaysOver.Last(AsOf, Today);

    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>The months of the period, its first and last perhaps only in part.</summary>
    public IEnumerable<(DateOnly From, DateOnly To)> Months
    {
        get
        {
            for (var from = From; from <= To; from = new DateOnly(from.Year, from.Month, 1).AddMonths(1))
                yield return new DateOnly(from.Year, from.Month, 1).AddMonths(1).AddDays(-1) is var end && end < To ? (from, end) : (from, To);
        }
    }

    /// <summary>Reads from, to and asOf; the last twelve months unless they say otherwise. Null when there are faults.</summary>
    public static FigurePeriod? Read(BodyReader query, DateOnly today)
    {
        var (from, to, asOf) = (query.Date("from"), query.Date("to"), query.Date("asOf"));
        var last = to ?? asOf ?? today;
        var period = new FigurePeriod(from ?? last.AddYears(-1).AddDays(1), last, asOf ?? last, today);
        if (period.AsOf > today)
            query.Add(asOf is null ? "to" : "asOf", "inTheFuture", "must not lie in the future.");
        if (period.To > period.AsOf)
            query.Add("to", "afterAsOf", "must not lie after asOf.");
        if (period.From > period.To)
            query.Add("from", "afterTo", "must not lie after to.");
        else if (period.Days > MostDays)
            query.Add("from", "tooLong", $"makes a period of more than {MostDays} days.");
        return query.Faults.Count == 0 ? period : null;
    }
}
