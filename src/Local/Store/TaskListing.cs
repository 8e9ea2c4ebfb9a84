using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Local.Store;

/// <summary>Open tasks: the oldest first, or those of the cases at most risk. As many as wait for people, they are few enough to be weighed each.</summary>
internal static class TaskListing
{
    public const string ByRisk = "-risk";

    public static List<SortKey> Keys(Connection connection, TaskFilter filter, SortKey? after)
    {
        var listing = (filter.Sort == ByRisk ? Weighed(filter) : Oldest(filter)).Where("kind =", (long?)filter.Kind);
        if (filter.CaseId is not { } caseId)
            return listing.Keys(connection, filter.Creditors, after, filter.Limit);
        using var select = connection.Use("SELECT no, creditor FROM cases WHERE id = ?");
        return select.Set(1, caseId).Step() && filter.Creditors?.Contains(select.Text(1)) != false
            ? listing.Where("case_no =", select.Long(0)).Keys(connection, [select.Text(1)], after, filter.Limit)
            : [];
    }

    public static IReadOnlyList<TaskCount> Count(Connection connection, IReadOnlyList<string>? creditors, int bound) =>
        [.. Enum.GetValues<TaskKind>().Select(k => new TaskCount(k, Waiting(k).Count(connection, creditors, bound))).Where(c => c.Count > 0)];

    private static Listing Waiting(TaskKind kind) => new Listing("tasks", "tasks_kind", "opened_at", descending: false).Where("kind =", (long)kind);

    private static Listing Oldest(TaskFilter filter) =>
        new("tasks", filter.CaseId is not null ? "tasks_case" : filter.Kind is not null ? "tasks_kind" : "tasks_oldest", "opened_at", descending: false);

    // Turned round, so that at the same risk the oldest comes first.
    private static Listing Weighed(TaskFilter filter) => new(
        string.Create(CultureInfo.InvariantCulture, $"""
            (SELECT t.no, t.creditor, t.kind, t.case_no, -{CaseListing.Risk(filter.Today, "l.")} AS weight FROM tasks t INDEXED BY {(filter.Kind is null ? "tasks_oldest" : "tasks_kind")}
             CROSS JOIN listed l ON l.creditor = t.creditor AND l.closed IN (0, 1) AND l.no = t.case_no)
            """), null, "weight", descending: false)
    {
        Scope = "tasks",
    };
}
