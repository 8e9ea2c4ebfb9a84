using System.Globalization;

namespace Dunning.Service.Audit;

/// <summary>Something said of the record to an operator, in both languages.</summary>
public readonly record struct Told(string English, string French);

/// <summary>Something that is not as it was acknowledged. Where is a case, the log of administration or a digest; Seq the place in its log.</summary>
public sealed record AuditFault(string Where, long? Seq, Told What)
{
    public override string ToString() =>
        Seq is { } seq ? string.Create(CultureInfo.InvariantCulture, $"{Where}, event {seq}: {What.English}") : $"{Where}: {What.English}";
}

/// <summary>What was looked at, and everything that is wrong with it.</summary>
/// <param name="Erased">Personal values that an erasure on the record took away.</param>
public sealed record VerificationReport(long Cases, long Events, int Digests, long Erased, IReadOnlyList<AuditFault> Faults)
{
    /// <summary>What is no fault, and should be known: another key signs.</summary>
    public IReadOnlyList<AuditFault> Remarks { get; init; } = [];
}
