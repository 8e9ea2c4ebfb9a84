using System.Globalization;
using Azure.Data.Tables;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>
/// One row of an index: a key that says what is looked for, in its order, then the case, then the tag of the commit that made it true.
///
/// All of a case's index rows lie in one partition, that of its bucket, so that a commit adds them in one request before it, and takes away those
/// that are true no more in one request after it. The case row names the tags that count. A crash in between leaves rows with tags that no case row
/// names: strays. Whoever reads an index holds each hit against the case row, which is read anyway, and ignores strays; those older than any write
/// can still be on its way are taken away, as they were read: the row that says a case has unread events carries no tag, and may have become true again.
/// A tag is never used twice, so neither a commit that lost its race nor a removal that comes late can harm a row that is true.
/// </summary>
internal sealed record IndexRow(string Key, string CaseId, CaseIndex? Filters)
{
    /// <summary>What belongs to no creditor begins with it: lists over all of them, timers, claims. No creditor's key looks like it.</summary>
    private const string Everyone = "*";

    /// <summary>The start of the keys under which the store itself looks for cases, in a room that no creditor's id can name.</summary>
    public static string Prefix(params ReadOnlySpan<string?> parts) => Keys.Join([Everyone, .. parts, ""]);

    public static string Scope(string? creditor) => creditor is null ? Everyone : Keys.Of(creditor);

    public static IEnumerable<IndexRow> All(CaseHead head) =>
    [
        .. List(head.CaseId, head.Index, head.Tags.List),
        .. Updated(head.CaseId, head.Index, head.Tags.Updated),
        .. Timers(head.CaseId, head.Index, head.Tags.Timers),
        .. head.Tasks.SelectMany(t => Of(head.CaseId, head.Index.Creditor, t)),
        .. head.HasUnread ? [Unread(head)] : (IndexRow[])[],
    ];

    public static IEnumerable<IndexRow> List(string caseId, CaseIndex index, string tag)
    {
        var status = StatusKey(index.Status);
        foreach (var scope in Scopes(index.Creditor))
        {
            foreach (var sort in (string[])["dueDate", "-dueDate", "balance", "-balance", "number", "-number"])
                yield return Row([scope, sort, Place(sort, index)]);
            foreach (var sort in (string[])["dueDate", "-dueDate"])
                yield return Row([scope, "status", status, sort, Place(sort, index)]);
            yield return Row([scope, "debtor", DebtorKey(index.Debtor), Place("dueDate", index)]);
        }

        IndexRow Row(string[] parts) => new(Keys.Join([.. parts, Keys.Of(caseId), tag]), caseId, index);
    }

    public static IEnumerable<IndexRow> Updated(string caseId, CaseIndex index, string tag) =>
        from scope in Scopes(index.Creditor)
        from sort in (string[])["updatedAt", "-updatedAt"]
        select new IndexRow(Keys.Join(scope, sort, Place(sort, index), Keys.Of(caseId), tag), caseId, index);

    public static IEnumerable<IndexRow> Timers(string caseId, CaseIndex index, string tag)
    {
        if (index.WakeAt is { } wakeAt)
            yield return new(Keys.Join(Everyone, "wake", Keys.Ordered(wakeAt.UtcTicks), Keys.Of(caseId), tag), caseId, null);
        if (index.HasClaim)
            yield return new(Keys.Join(Everyone, "claim", Keys.Of(caseId), tag), caseId, null);
        if (index.IsStopped)
            foreach (var scope in Scopes(index.Creditor))
                yield return new(Keys.Join(Everyone, "stopped", scope, Keys.Of(caseId), tag), caseId, null);
    }

    public static IEnumerable<IndexRow> Of(string caseId, string creditor, OpenTask open) =>
        from scope in Scopes(creditor)
        from kind in (string[])["any", KindKey(open.Task.Kind)]
        select new IndexRow(Keys.Join(scope, "task", kind, TaskPlace(open.Task), open.Tag), caseId, null);

    /// <summary>
    /// That a case has unread events, in the order of their wake-ups. Events that arrive between two folds share the row: it is named after the last
    /// event folded before them, so that no later fold can take away a newer one's.
    /// </summary>
    public static IndexRow Unread(CaseHead head) => new(
        Keys.Join(Everyone, "unread", Keys.Ordered(head.Index.WakeAt?.UtcTicks ?? long.MaxValue), Keys.Of(head.CaseId), Keys.Seq(head.FoldedSeq)), head.CaseId, null);

    /// <summary>Where a case stands in an order: the order of these texts.</summary>
    public static string Place(string sort, CaseIndex index) => sort switch
    {
        "number" => Keys.Ordered(index.Number),
        "-number" => Keys.Reversed(index.Number),
        _ => Place(sort, Value(sort, index)),
    };

    public static string Place(string sort, long value) => sort.StartsWith('-') ? Keys.Reversed(value) : Keys.Ordered(value);

    public static string TaskPlace(CaseTask task) => Keys.Join(Keys.Ordered(task.OpenedAt.UtcTicks), Keys.Of(task.Id));

    public static string StatusKey(CaseStatus status) => ((int)status).ToString("D2", CultureInfo.InvariantCulture);

    public static string KindKey(TaskKind kind) => ((int)kind).ToString("D2", CultureInfo.InvariantCulture);

    /// <summary>A creditor may name its debtors as it likes, even by their addresses: those belong in no key.</summary>
    public static string DebtorKey(string debtor) => Keys.Hash(debtor)[..22];

    public TableEntity Write()
    {
        var row = new TableEntity(Keys.Bucket(CaseId), Key) { ["Case"] = CaseId };
        if (Filters is { } index)
        {
            row["Status"] = (int)index.Status;
            row["Due"] = index.DueDate.DayNumber;
            row["Balance"] = ListOrder.Amount(index.Balance);
            row["Currency"] = index.Balance.Currency.Code;
            row["Debtor"] = DebtorKey(index.Debtor);
            row["Number"] = index.Number;
            row["Creditor"] = index.Creditor;
            row["DebtorId"] = index.Debtor;
            row["DebtorName"] = index.DebtorName;
        }
        return row;
    }

    private static long Value(string sort, CaseIndex index) => sort.TrimStart('-') switch
    {
        "dueDate" => index.DueDate.DayNumber,
        "balance" => ListOrder.Amount(index.Balance),
        "updatedAt" => index.UpdatedAt.UtcTicks,
        _ => throw new ArgumentException($"Cases are not sorted by '{sort}'.", nameof(sort)),
    };

    private static string[] Scopes(string creditor) => [Everyone, Keys.Of(creditor)];
}
