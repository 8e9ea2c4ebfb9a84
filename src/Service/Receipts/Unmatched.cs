using System.Security.Cryptography;
using System.Text;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Receipts;

/// <summary>
/// Money that arrived and whose invoice nobody is sure of: it waits for a person. FactId is the id the payment will have as a fact, so that money told again,
/// or assigned twice, counts once.
/// </summary>
/// <param name="Source">Who says so: bank, stripe…</param>
/// <param name="Amount">Null when whoever told of it did not say how much.</param>
/// <param name="Date">The value date.</param>
public sealed record Unmatched(string Creditor, string Source, string FactId, Money? Amount, DateOnly Date)
{
    private const int DaysToDecide = 7;

    /// <summary>What the payer or the provider wrote with it.</summary>
    public string? Reference { get; init; }

    /// <summary>The object of a provider of payments that it is, with all that is known of it there.</summary>
    public string? ProviderPayment { get; init; }

    public string? PayerName { get; init; }

    public string? PayerIban { get; init; }

    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    /// <summary>The cases it is probably for: nobody is reminded of what may have been paid while a person looks.</summary>
    public IReadOnlyList<string> Silenced { get; init; } = [];

    /// <summary>The case a person or a later message said it was for; null while it waits.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>What a person made of it, the payments included; one is for AssignedTo.</summary>
    public IReadOnlyList<Assigned> Paid { get; init; } = [];

    /// <summary>The bank took it back before anybody assigned it.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>Unique among all creditors, the same for the same money.</summary>
    public string Id => $"money-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Creditor}\n{FactId}")))[..24]}";

    /// <summary>That it may be theirs, told to the cases it silences: money on its way, for as long as a person should need.</summary>
    public IEnumerable<(string CaseId, CaseEvent Event)> Doubts(DateOnly today) =>
        Silenced.Select(c => (c, (CaseEvent)new CaseEvent.PaymentPending(today.AddDays(DaysToDecide), Amount, Id) { Id = PendingId(c) }));

    /// <summary>That it is decided: those that were paid know it by the payment, the others owe as before.</summary>
    public IEnumerable<(string CaseId, CaseEvent Event)> Settled() =>
        Silenced.Select(c => (c, (CaseEvent)new CaseEvent.PendingPaymentFailed(PendingId(c), "decided") { Id = $"{PendingId(c)}:decided" }));

    private string PendingId(string caseId) => $"{FactId}:for:{caseId}";
}

/// <summary>A case the money may be for, and why, in words for an operator.</summary>
public sealed record Candidate(string CaseId, string Number, string Why);

/// <summary>A part of money that was assigned, and the payment it became.</summary>
public sealed record Assigned(string CaseId, Money Amount, string PaymentId);

/// <summary>The money that waits for a person, of every creditor. What was assigned is kept, and no longer listed.</summary>
public sealed class UnmatchedMoney(Registry registry)
{
    private Shelf<Unmatched> Shelf => registry.Unmatched;

    /// <summary>Put again, money changes nothing: it may be assigned already.</summary>
    public Task Put(Unmatched money, CancellationToken ct) => Shelf.Put(money.Id, money.Creditor, money, 0, null, ct);

    public async Task<Shelved<Unmatched>?> Find(string id, CancellationToken ct) => await Shelf.Get(id, ct);

    /// <summary>What waits, by id, from after (excluded) on; creditor null lists every creditor's.</summary>
    public async Task<IReadOnlyList<Unmatched>> Waiting(string? creditor, string? after, int limit, CancellationToken ct)
    {
        var waiting = new List<Unmatched>();
        while (waiting.Count < limit)
        {
            var page = await Shelf.List(creditor, after, limit, ct);
            waiting.AddRange(page.Select(p => p.Value).Where(u => u is { AssignedTo: null, IsWithdrawn: false }));
            if (page.Count < limit)
                break;
            after = page[^1].Id;
        }
        return [.. waiting.Take(limit)];
    }

    /// <summary>False if it has changed since that version.</summary>
    /// <param name="paid">What a person made of it; none when a later message of the provider said whose it is.</param>
    public Task<bool> Assigned(Shelved<Unmatched> kept, string caseId, IReadOnlyList<Assigned> paid, Receipt? receipt, CancellationToken ct) =>
        // Without an owner: a creditor's list goes through what waits only.
        Shelf.Put(kept.Value.Id, null, kept.Value with { AssignedTo = caseId, Paid = paid }, kept.Version, receipt, ct);

    /// <summary>What waits says something else by now. False if it has changed since that version.</summary>
    public Task<bool> Restate(Shelved<Unmatched> kept, Unmatched money, CancellationToken ct) => Shelf.Put(money.Id, money.Creditor, money, kept.Version, null, ct);

    /// <summary>The money went back: it waits no more. What was assigned meanwhile stays so.</summary>
    public async Task Withdraw(string id, CancellationToken ct)
    {
        while (await Find(id, ct) is { Value: { AssignedTo: null, IsWithdrawn: false } } kept)
            if (await Shelf.Put(id, null, kept.Value with { IsWithdrawn = true }, kept.Version, null, ct))
                return;
    }
}
