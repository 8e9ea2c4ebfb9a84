namespace Dunning.Domain;

/// <summary>A term that a stage of a procedure starts: its last day, how many days before it a person is told, and what must be done by then.</summary>
public readonly record struct ProcedureTerm(DateOnly LastDay, int WarnDays, string Act);

/// <summary>
/// The terms of the French procedures. A term of months ends on the day of the month that bears the number of the day it began, or the last of the
/// month (CPC 641); one that ends on a Saturday, a Sunday or a holiday goes to the next working day (CPC 642).
/// </summary>
public static class ProcedureTerms
{
    /// <summary>Décret 2026-96 of 16 February 2026: orders from this day on must be served within three months, not six.</summary>
    public static readonly DateOnly ThreeMonthsFrom = new(2026, 9, 1);

    /// <summary>Null: this stage starts no term that a creditor must keep.</summary>
    public static ProcedureTerm? After(Procedure procedure, ProcedureStage stage, DateOnly on, BusinessCalendar calendar) => (procedure, stage) switch
    {
        // R125-2 CPCE: without an answer within a month the procedure has failed.
        (Procedure.SmallClaim, ProcedureStage.Filed) => new(Months(on, 1, calendar), 0, "answer"),
        // CPC 1411: an order that is not served in time is void.
        (Procedure.PaymentOrder, ProcedureStage.Ordered) => new(Months(on, on < ThreeMonthsFrom ? 6 : 3, calendar), 30, "serve"),
        // CPC 1416 and 1422: opposition within a month; the registry tells of one within another month, and then the order may be enforced.
        (Procedure.PaymentOrder, ProcedureStage.Served) => new(Months(on, 2, calendar), 0, "enforce"),
        _ => null,
    };

    /// <summary>The last day of a term of months (CPC 641 and 642).</summary>
    public static DateOnly Months(DateOnly from, int months, BusinessCalendar calendar)
    {
        var last = from.AddMonths(months);
        while (!calendar.IsBusinessDay(last))
            last = last.AddDays(1);
        return last;
    }
}
