using System.Security.Cryptography;
using System.Text;

namespace Dunning.Domain;

/// <summary>
/// Two versions of policies tried side by side: which of them a debtor gets follows from its id alone, so that all its invoices get the same, whenever and wherever they
/// are registered. The case keeps it as its policy (P13). Another trial, or one begun another day, divides the debtors afresh.
/// </summary>
/// <param name="PercentB">The share of the debtors that get B, 1 to 99.</param>
public sealed record PolicySplit(PolicyRef A, PolicyRef B, int PercentB, DateOnly Since)
{
    /// <summary>The last day invoices were divided; null while they are.</summary>
    public DateOnly? EndedOn { get; init; }

    public bool IsRunning => EndedOn is null;

    public PolicyRef For(string debtor)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{A}\n{B}\n{Since:yyyy-MM-dd}\n{debtor}"));
        return BitConverter.ToUInt32(hash, 0) % 100 < PercentB ? B : A;
    }
}
