namespace Dunning.Service.Audit;

/// <summary>What a verification has found so far, and what it has to remember for what it looks at next.</summary>
internal sealed class Findings(Action<AuditFault>? told)
{
    public List<AuditFault> Faults { get; } = [];

    public List<AuditFault> Remarks { get; } = [];

    /// <summary>By case, or <see cref="AdminLog.Chain"/>: what digests say of it.</summary>
    public Dictionary<string, List<(CoveredHead Head, DateOnly On)>> Covered { get; } = new(StringComparer.Ordinal);

    /// <summary>The digests in their order.</summary>
    public List<Digest> Digests { get; } = [];

    /// <summary>Cases whose erasure is on the record.</summary>
    public HashSet<string> Erased { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys whose beginning is on the record.</summary>
    public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The last act that was read.</summary>
    public long LastAct { get; set; }

    public long Events { get; set; }

    public long Values { get; set; }

    public void Add(string where, long? seq, Told what)
    {
        var fault = new AuditFault(where, seq, what);
        Faults.Add(fault);
        told?.Invoke(fault);
    }

    public void CheckCovered(string where, IReadOnlyList<(long Seq, string Hash)> rows)
    {
        foreach (var (head, on) in Covered.GetValueOrDefault(where) ?? [])
            if (rows.FirstOrDefault(r => r.Seq == head.Length) is not { Seq: > 0 } row)
                Add(where, head.Length, FaultWords.TooShort(Audit.Digests.IdOf(on)));
            else if (row.Hash != head.Hash)
                Add(where, head.Length, FaultWords.WrittenAnew(Audit.Digests.IdOf(on)));
    }
}
