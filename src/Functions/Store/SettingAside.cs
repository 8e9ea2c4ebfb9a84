using Azure.Data.Tables;
using Dunning.Domain;

namespace Dunning.Functions.Store;

/// <summary>An event in the log of a case that could not be read or applied. It stays in the log; nothing of it counts.</summary>
public sealed record PassedOver(string CaseId, long Seq, string Reason);

/// <summary>The events that a case has passed over, for a person to look at.</summary>
public interface IPassedOver
{
    /// <summary>Those of one case, or of all.</summary>
    Task<IReadOnlyList<PassedOver>> SetAside(string? caseId, CancellationToken ct);

    /// <summary>Strikes one off the list once a person has seen to it; it stays in the log.</summary>
    Task Dismiss(PassedOver seen, CancellationToken ct);
}

/// <summary>Keeps what was set aside where it is found without looking at every case. The log of the case says the same.</summary>
internal sealed class SettingAside(IndexTable index)
{
    private const int LongestReason = 1000;

    public async Task Add(string caseId, IEnumerable<CaseEvent.EventSetAside> events, CancellationToken ct)
    {
        foreach (var aside in events)
            await index.Put(
                new TableEntity(Keys.Bucket(caseId), Prefix(caseId) + Keys.Seq(aside.Seq))
                {
                    ["Case"] = caseId,
                    ["Seq"] = aside.Seq,
                    ["Reason"] = aside.Reason is { Length: > LongestReason } reason ? reason[..LongestReason] : aside.Reason,
                },
                ct);
    }

    public async Task<IReadOnlyList<PassedOver>> Read(string? caseId, CancellationToken ct)
    {
        var all = new List<PassedOver>();
        await foreach (var hit in index.Merge([new(caseId is null ? IndexRow.Prefix("aside") : Prefix(caseId))], int.MaxValue, ct))
            all.Add(new(hit.CaseId, hit.Row.GetInt64("Seq")!.Value, hit.Row.GetString("Reason")));
        return all;
    }

    public Task Remove(PassedOver seen, CancellationToken ct) => index.Delete(seen.CaseId, Prefix(seen.CaseId) + Keys.Seq(seen.Seq), ct);

    private static string Prefix(string caseId) => IndexRow.Prefix("aside", Keys.Of(caseId));
}
