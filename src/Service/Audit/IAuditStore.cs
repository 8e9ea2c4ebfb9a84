using Dunning.Service.Engine;

namespace Dunning.Service.Audit;

/// <summary>A row of a log as it is stored.</summary>
public sealed record ChainRow(long Seq, DateTimeOffset At, string By, LogBody Body, byte[] Hash)
{
    /// <summary>The sequence number of the first row that is not what it was when it was acknowledged, or that is not there; null when all are.</summary>
    public static long? FirstBroken(IReadOnlyList<ChainRow> rows, long length, ReadOnlySpan<byte> head)
    {
        var (hash, seq) = (Array.Empty<byte>(), 0L);
        foreach (var row in rows)
        {
            seq++;
            // What a redacted row was, nobody can tell any more: it stands for what the next one is chained to.
            hash = row.Body.Format == LogFormat.Redacted ? row.Hash : AuditChain.Next(hash, seq, row.At, row.By, row.Body.Hashed, row.Body.Format);
            if (row.Seq != seq || !row.Hash.AsSpan().SequenceEqual(hash))
                return seq;
        }
        return seq == length && head.SequenceEqual(hash) ? null : seq + 1;
    }
}

/// <summary>How long the log of a case is, and the hash of its last row.</summary>
public sealed record ChainHead(string CaseId, string Creditor, long Length, byte[] Hash);

/// <summary>What auditors and erasure need of a store beside what the engine needs. Every host's store is one.</summary>
public interface IAuditStore
{
    /// <summary>Null when there is no such case.</summary>
    Task<ChainHead?> Head(string caseId, CancellationToken ct);

    /// <summary>Every case, or those committed to at an instant or later, each at least once and in no order.</summary>
    IAsyncEnumerable<ChainHead> Heads(DateTimeOffset? since, CancellationToken ct);

    /// <summary>The rows of a case in their order, as they are stored: what is missing is not there.</summary>
    Task<IReadOnlyList<ChainRow>> Chain(string caseId, CancellationToken ct);

    /// <summary>
    /// Erases what stands beside the state of a case: the personal values of its log, its messages, and, with what was written in words, the answers kept with its
    /// facts. Done again, it changes nothing.
    /// </summary>
    Task Forget(string caseId, PersonalKinds kinds, CancellationToken ct);

    /// <summary>Empties the answers kept under Idempotency-Keys that name somebody.</summary>
    /// <param name="names">Whether an answer does.</param>
    Task ForgetAnswers(Func<string, bool> names, CancellationToken ct);

    /// <summary>Takes away answers kept under Idempotency-Keys before an instant, a portion at a time; false when nothing is left of them. Facts about debtors keep theirs: they are known by it.</summary>
    Task<bool> PruneReceipts(DateTimeOffset before, CancellationToken ct);

    /// <summary>What was erased is gone from the disk, too, when this returns.</summary>
    Task Scrub(CancellationToken ct) => Task.CompletedTask;
}
