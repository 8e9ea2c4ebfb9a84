using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Local.Store;

/// <summary>
/// How a list of cases is read. What begins with the most telling filter, or is in the order of an index with nothing else to look for, reads the rows of cases; whatever
/// else people think of goes through the narrow rows of the creditor, all of them, which takes less than finding rare cases in a long order.
/// </summary>
internal static class CaseListing
{
    // Ten thousand million in the major unit: beyond it everything is as much at risk, and nothing overflows.
    private const long MostAtRisk = 100_000_000_000_000;

    private static readonly string Closed = string.Join(", ", Enum.GetValues<CaseStatus>().Where(ListedRow.IsClosed).Select(s => (int)s));

    /// <exception cref="ArgumentException">There is no such sort, or it does not go with these filters.</exception>
    public static Listing Of(CaseFilter filter)
    {
        var descending = filter.Sort.StartsWith('-');
        var column = (descending ? filter.Sort[1..] : filter.Sort) switch
        {
            "dueDate" => "due",
            "balance" => "balance",
            "updatedAt" => "updated_at",
            "number" => "number",
            "risk" => Risk(filter.Today, ""),
            _ => throw new ArgumentException($"Cases are not sorted by '{filter.Sort}'.", nameof(filter)),
        };
        if (filter.Searches && column == "updated_at")
            throw new ArgumentException("What is searched for is not sorted by 'updatedAt'.", nameof(filter));
        return Index(filter, column) is { } index
            ? Open(Common(new("cases", index, column, descending) { IsText = column == "number" }, filter), filter).Where("debtor =", filter.Debtor).Where("updated_at >=", filter.UpdatedSince?.UtcTicks)
            : Searched(Common(new("listed", null, column, descending) { IsText = column == "number" }, filter), filter);
    }

    /// <summary>What a cursor names its order by: risk changes with the day.</summary>
    public static string Order(CaseFilter filter) =>
        filter.Sort.TrimStart('-') == "risk" ? string.Create(CultureInfo.InvariantCulture, $"{filter.Sort}@{filter.Today.DayNumber}") : filter.Sort;

    /// <summary>The balance times the days it is late, one at least; nothing once a case is closed.</summary>
    public static string Risk(DateOnly today, string row) =>
        string.Create(CultureInfo.InvariantCulture, $"(CASE {row}closed WHEN 0 THEN min({row}balance, {MostAtRisk}) * max(1, {today.DayNumber} - {row}due) ELSE 0 END)");

    private static Listing Common(Listing listing, CaseFilter filter) => listing
        .Where("status =", (long?)filter.Status)
        .Where("number =", filter.Number)
        .Where("due <", filter.DueBefore?.DayNumber)
        .Where("due >", filter.DueAfter?.DayNumber)
        .Where("balance >=", filter.MinBalance is { } least ? ListOrder.Amount(least) : null)
        .Where("balance <=", filter.MaxBalance is { } most ? ListOrder.Amount(most) : null);

    private static Listing Open(Listing listing, CaseFilter filter) => filter.IsOpen is { } open ? listing.Where($"(status {(open ? "NOT " : "")}IN ({Closed}))") : listing;

    private static Listing Searched(Listing listing, CaseFilter filter)
    {
        foreach (var word in filter.Text is { } text ? SearchWords.Split(text) : [])
            listing.Where("instr(words, ?) > 0", word);
        return listing
            .Where("closed =", Closedness(filter.IsOpen))
            // A status says by itself whether a case is open: half of the rows need not be read.
            .Where("closed =", filter.Status is { } status ? Closedness(!ListedRow.IsClosed(status)) : null)
            .Where("waiting =", (long?)filter.WaitingFor)
            .Where("promised <=", filter.PromisedBy?.DayNumber)
            .Where("step =", filter.Step)
            .Where("policy =", filter.Policy)
            .Where("no IN (SELECT no FROM cases INDEXED BY cases_debtor WHERE creditor = ?1 AND debtor = ?)", filter.Debtor)
            .Where("no IN (SELECT no FROM cases INDEXED BY cases_updated WHERE creditor = ?1 AND updated_at >= ?)", filter.UpdatedSince?.UtcTicks);
    }

    private static long? Closedness(bool? isOpen) => isOpen is { } open ? (open ? 0 : 1) : null;

    // Null: the narrow rows.
    private static string? Index(CaseFilter filter, string column)
    {
        if (filter.Searches || (filter.IsOpen is not null && column != "updated_at"))
            return null;
        var (few, dated, priced) = (filter.Status is not null, filter.DueBefore is not null || filter.DueAfter is not null, filter.MinBalance is not null || filter.MaxBalance is not null);
        return (filter, column) switch
        {
            ({ Number: not null }, _) => "cases_number",
            ({ Debtor: not null }, _) => "cases_debtor",
            ({ UpdatedSince: not null }, _) or (_, "updated_at") => "cases_updated",
            (_, "due") when few && !priced => "cases_status",
            (_, "due") when !few && !priced => "cases_due",
            (_, "balance") when !few && !dated => "cases_balance",
            (_, "number") when !few && !dated && !priced => "cases_number",
            _ => null,
        };
    }
}
