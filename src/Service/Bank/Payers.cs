using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dunning.Service.Register;

namespace Dunning.Service.Bank;

/// <summary>The debtors whose invoices were paid from an account; the account itself is kept only as a hash.</summary>
public sealed record Payer(IReadOnlyList<string> Debtors);

/// <summary>Who pays from where, learned from payments that named their invoice. One serves one statement and remembers what it looked up.</summary>
public sealed class Payers(Registry registry, string creditor)
{
    /// <summary>Beyond it an account pays for everybody, as a collector's does, and tells nothing.</summary>
    private const int MostDebtors = 20;

    private readonly ConcurrentDictionary<string, Shelved<Payer>?> _known = new(StringComparer.Ordinal);

    private readonly Dictionary<string, HashSet<string>> _noted = new(StringComparer.Ordinal);

    /// <summary>The debtors an account has paid for, those of this statement included.</summary>
    public async Task<IReadOnlyList<string>> Of(string iban, CancellationToken ct)
    {
        IEnumerable<string> noted = _noted.GetValueOrDefault(iban) ?? [];
        string[] all = [.. noted.Union((await Find(iban, ct))?.Value.Debtors ?? [])];
        return all.Length < MostDebtors ? all : [];
    }

    /// <summary>Holds for this statement at once; <see cref="Learn"/> keeps it.</summary>
    public void Note(string iban, string debtor)
    {
        if (!_noted.TryGetValue(iban, out var debtors))
            _noted[iban] = debtors = [];
        debtors.Add(debtor);
    }

    public async Task Learn(string iban, string debtor, CancellationToken ct)
    {
        while (await Find(iban, ct) is var known && known?.Value.Debtors is var debtors && debtors?.Contains(debtor) != true && (debtors?.Count ?? 0) < MostDebtors)
        {
            var payer = new Payer([.. debtors ?? [], debtor]);
            var kept = await registry.Payers.Put(Id(iban), null, payer, known?.Version ?? 0, null, ct);
            _known.TryRemove(iban, out _);
            if (kept)
                return;
        }
    }

    private async Task<Shelved<Payer>?> Find(string iban, CancellationToken ct)
    {
        if (!_known.TryGetValue(iban, out var found))
            _known[iban] = found = await registry.Payers.Get(Id(iban), ct);
        return found;
    }

    private string Id(string iban) => $"{creditor}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(iban)))[..32]}";
}
