using System.Diagnostics.CodeAnalysis;

namespace Dunning.Service.Import;

/// <summary>The file as a whole cannot be a ledger; no line of it was read.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "Named for what happened, as the cases of ImportLine are.")]
public sealed class LedgerRefused : Exception
{
    internal LedgerRefused(IReadOnlyList<Fault> faults) : base(string.Join(" ", faults.Select(fault => fault.Message))) => Faults = faults;

    internal LedgerRefused(string code, string message) : this([new Fault("file", code, message)])
    {
    }

    /// <summary><c>emptyFile</c>, <c>binaryFile</c>, <c>tooManyColumns</c>, or one <c>missingColumn</c> per column the header lacks.</summary>
    public IReadOnlyList<Fault> Faults { get; }
}
