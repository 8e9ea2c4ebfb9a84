using Azure;
using Azure.Data.Tables;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>An open task with the tag of its index rows.</summary>
internal sealed record OpenTask(CaseTask Task, string Tag);

/// <summary>Which index rows of a case are true: those that carry these tags.</summary>
internal sealed record Tags(string List, string Updated, string Timers);

/// <summary>
/// The row of a case without its state. Whatever is written to the case is conditional on the ETag of this row, so that every write is also a last look.
/// </summary>
internal sealed record CaseHead(string CaseId, ETag ETag, long Version, long LastSeq, long FoldedSeq, byte[] Hash, CaseIndex Index)
{
    public const string RowKey = "case";
    public const string State = "State";

    private const string OpenTasks = "Tasks";

    private static readonly string[] Columns =
    [
        "Version", "LastSeq", "FoldedSeq", "Hash", "CommitId", "Creditor", "Number", "Debtor", "Status", "Due", "BalanceMinor", "Currency", "UpdatedAt",
        "DebtorName", "WakeAt", "HasClaim", "IsStopped", "ListTag", "UpdatedTag", "TimersTag", .. Texts.Properties(OpenTasks),
    ];

    public required Tags Tags { get; init; }

    public IReadOnlyList<OpenTask> Tasks { get; init; } = [];

    /// <summary>Names the commit that wrote the state: who is not sure whether a commit was theirs looks here.</summary>
    public required string CommitId { get; init; }

    public string? StateBlob { get; init; }

    public bool HasUnread => FoldedSeq < LastSeq;

    /// <summary>The row without its state and without its ETag: enough to know whether an index row is true.</summary>
    public static IReadOnlyList<string> Light => Columns;

    public static string Partition(string caseId) => Keys.Of(caseId);

    public static async Task<CaseHead> Read(TableEntity row, string caseId, Texts texts, CancellationToken ct) => new(
        caseId, row.ETag, Whole(row, "Version"), Whole(row, "LastSeq"), Whole(row, "FoldedSeq"), row.GetBinary("Hash"), ReadIndex(row))
    {
        CommitId = row.GetString("CommitId"),
        Tags = new(row.GetString("ListTag"), row.GetString("UpdatedTag"), row.GetString("TimersTag")),
        Tasks = await texts.Get(row, OpenTasks, ct) is { } tasks ? Json.Read<OpenTask[]>(tasks) : [],
        StateBlob = Texts.BlobOf(row, State),
    };

    /// <summary>The whole row, but for its state.</summary>
    public async Task<TableEntity> Write(Texts texts, CancellationToken ct)
    {
        var row = new TableEntity(Partition(CaseId), RowKey)
        {
            ["Version"] = Version,
            ["LastSeq"] = LastSeq,
            ["FoldedSeq"] = FoldedSeq,
            ["Hash"] = Hash,
            ["CommitId"] = CommitId,
            ["Creditor"] = Index.Creditor,
            ["Number"] = Index.Number,
            ["Debtor"] = Index.Debtor,
            ["DebtorName"] = Index.DebtorName,
            ["Status"] = Index.Status.ToString(),
            ["Due"] = Index.DueDate.ToString("O"),
            ["BalanceMinor"] = Index.Balance.Minor,
            ["Currency"] = Index.Balance.Currency.Code,
            ["UpdatedAt"] = Index.UpdatedAt,
            ["HasClaim"] = Index.HasClaim,
            ["IsStopped"] = Index.IsStopped,
            ["ListTag"] = Tags.List,
            ["UpdatedTag"] = Tags.Updated,
            ["TimersTag"] = Tags.Timers,
        };
        if (Index.WakeAt is { } wakeAt)
            row["WakeAt"] = wakeAt;
        if (Tasks.Count > 0)
            await texts.Set(row, OpenTasks, Json.Write(Tasks), ct);
        return row;
    }

    /// <summary>What an append changes of the row.</summary>
    public TableEntity WriteAppended() => new(Partition(CaseId), RowKey) { ["Version"] = Version, ["LastSeq"] = LastSeq, ["Hash"] = Hash };

    private static CaseIndex ReadIndex(TableEntity row) => new(
        row.GetString("Creditor"), row.GetString("Number"), row.GetString("Debtor"), Enum.Parse<CaseStatus>(row.GetString("Status")),
        DateOnly.ParseExact(row.GetString("Due"), "O"), Money.FromMinor(Whole(row, "BalanceMinor"), Currency.Parse(row.GetString("Currency"))),
        row.GetDateTimeOffset("UpdatedAt")!.Value)
    {
        // A row from before has none; its next commit writes it.
        DebtorName = row.GetString("DebtorName") ?? "",
        WakeAt = row.GetDateTimeOffset("WakeAt"),
        HasClaim = row.GetBoolean("HasClaim") == true,
        IsStopped = row.GetBoolean("IsStopped") == true,
    };

    private static long Whole(TableEntity row, string name) => row.GetInt64(name) ?? throw new FormatException($"The row of a case has no {name}.");
}
