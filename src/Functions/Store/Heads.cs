using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Dunning.Domain;

namespace Dunning.Functions.Store;

internal sealed record HeadAndState(CaseHead Head, DunningCase State);

/// <summary>
/// Reads the rows of cases, and keeps those read or written last without their states: the write that follows a read needs the ETag, and must not
/// pay for a second read. A row kept too long costs a refused write and a new read, never a wrong one.
/// </summary>
internal sealed class Heads(TableClient cases, Texts texts)
{
    private const int Most = 4096;
    private const int BlobRaces = 5;

    private readonly ConcurrentDictionary<string, CaseHead> _known = new(StringComparer.Ordinal);
    private int _kept;

    public CaseHead? Known(string caseId) => _known.GetValueOrDefault(caseId);

    public async Task<CaseHead?> Read(string caseId, CancellationToken ct)
    {
        if (await Row(caseId, null, ct) is not { } row)
            return null;
        var head = await CaseHead.Read(row, caseId, texts, ct);
        Keep(head);
        return head;
    }

    /// <summary>What index rows are held against: no state, and not kept, because it comes without its ETag.</summary>
    public async Task<CaseHead?> ReadLight(string caseId, CancellationToken ct) =>
        await Row(caseId, CaseHead.Light, ct) is { } row ? await CaseHead.Read(row, caseId, texts, ct) : null;

    public async Task<HeadAndState?> ReadWithState(string caseId, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await Row(caseId, null, ct) is not { } row)
                return null;
            try
            {
                var head = await CaseHead.Read(row, caseId, texts, ct);
                var state = Json.Read<DunningCase>(await texts.Get(row, CaseHead.State, ct) ?? throw new FormatException($"Case {caseId} has no state."));
                Keep(head);
                return new(head, state);
            }
            catch (RequestFailedException gone) when (gone.Status == 404 && gone.IsRefusal() && attempt < BlobRaces)
            {
                // The case was written anew between the two reads, and its old blob taken away.
            }
        }
    }

    /// <summary>Null when the ETag is not known: the next write reads it.</summary>
    public void Wrote(CaseHead head, ETag? etag)
    {
        if (etag is { } known)
            Keep(head with { ETag = known });
        else
            Forget(head.CaseId);
    }

    public void Forget(string caseId) => _known.TryRemove(caseId, out _);

    private void Keep(CaseHead head)
    {
        if (Interlocked.Increment(ref _kept) % Most == 0)
            _known.Clear();
        _known[head.CaseId] = head;
    }

    private async Task<TableEntity?> Row(string caseId, IReadOnlyList<string>? select, CancellationToken ct)
    {
        var found = await cases.GetEntityIfExistsAsync<TableEntity>(CaseHead.Partition(caseId), CaseHead.RowKey, select, ct);
        return found.HasValue ? found.Value : null;
    }
}
