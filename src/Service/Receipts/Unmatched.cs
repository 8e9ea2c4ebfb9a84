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
    /// <summary>Why a case need not wait any more for money that a person has spoken of.</summary>
    public const string Decided = "decided";

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

    /// <summary>The case a person or a later message said it was for, once that is told to the case; null while it waits.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>What a person made of it, the payments included; the first is for AssignedTo. Decided before it is told: until AssignedTo is set, not all may be told.</summary>
    public IReadOnlyList<Assigned> Paid { get; init; } = [];

    /// <summary>The bank took it back before all was told that a person made of it.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>A person said it pays none of the creditor's invoices, or is told of elsewhere.</summary>
    public bool IsDiscarded { get; init; }

    /// <summary>Unique among all creditors, the same for the same money.</summary>
    public string Id => $"money-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Creditor}\n{FactId}")))[..24]}";

    /// <summary>The payment a part of it is.</summary>
    public CaseEvent Payment(Assigned part) => new CaseEvent.PaymentReceived(part.Amount, Date, Source, Reference) { Id = part.PaymentId };

    /// <summary>
    /// That it may be theirs, told to the cases it silences: money on its way, for as long as a person should need. How much is theirs is what the person will say.
    /// </summary>
    public IEnumerable<(string CaseId, CaseEvent Event)> Doubts(DateOnly today) =>
        Silenced.Select(c => (c, (CaseEvent)new CaseEvent.PaymentPending(today.AddDays(DaysToDecide), null, Id) { Id = PendingId(c) }));

    /// <summary>That it is decided: those that were paid know it by the payment, the others owe as before.</summary>
    public IEnumerable<(string CaseId, CaseEvent Event)> Settled() =>
        Silenced.Select(c => (c, (CaseEvent)new CaseEvent.PendingPaymentFailed(PendingId(c), Decided) { Id = $"{PendingId(c)}:decided" }));

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

    /// <summary>What waits, of one creditor or of all.</summary>
    public WaitingList<Unmatched> Waiting { get; } = new(registry, registry.Unmatched, u => u is { AssignedTo: null, IsWithdrawn: false, IsDiscarded: false });

    /// <summary>Put again, money changes nothing: it may be assigned already.</summary>
    public Task Put(Unmatched money, CancellationToken ct) => Shelf.Put(money.Id, money.AssignedTo is null ? money.Creditor : null, money, 0, null, ct);

    public async Task<Shelved<Unmatched>?> Find(string id, CancellationToken ct) => await Shelf.Get(id, ct);

    /// <summary>Keeps what a person makes of it, before any of it is told; none takes that back. False if it has changed since that version.</summary>
    public Task<bool> Decide(Shelved<Unmatched> kept, IReadOnlyList<Assigned> paid, CancellationToken ct) =>
        Shelf.Put(kept.Value.Id, kept.Value.Creditor, kept.Value with { Paid = paid }, kept.Version, null, ct);

    /// <summary>All of it is told. False if it has changed since that version.</summary>
    /// <param name="paid">What a person made of it; none when a later message of the provider said whose it is.</param>
    public Task<bool> Assigned(Shelved<Unmatched> kept, string caseId, IReadOnlyList<Assigned> paid, Receipt? receipt, CancellationToken ct) =>
        // Without an owner: a creditor's list goes through what waits only.
        Shelf.Put(kept.Value.Id, null, kept.Value with { AssignedTo = caseId, Paid = paid }, kept.Version, receipt, ct);

    /// <summary>What waits says something else by now. False if it has changed since that version.</summary>
    public Task<bool> Restate(Shelved<Unmatched> kept, Unmatched money, CancellationToken ct) => Shelf.Put(money.Id, money.Creditor, money, kept.Version, null, ct);

    /// <summary>It pays nothing here. False if it has changed since that version.</summary>
    public Task<bool> Discard(Shelved<Unmatched> kept, Receipt? receipt, CancellationToken ct) =>
        Shelf.Put(kept.Value.Id, null, kept.Value with { IsDiscarded = true }, kept.Version, receipt, ct);

    /// <summary>The money went back: nobody may assign it any more. Answers it as it stands then: what a person made of it is to be reversed.</summary>
    /// <param name="money">Kept as withdrawn when it is not there yet: whoever is about to put it will find that.</param>
    public async Task<Unmatched> Withdraw(Unmatched money, CancellationToken ct)
    {
        for (var races = new Races(money.Id); ; races.Lose())
        {
            var kept = await Find(money.Id, ct);
            if (kept is { Value: { IsWithdrawn: true } or { AssignedTo: not null } })
                return kept.Value;
            var withdrawn = (kept?.Value ?? money) with { IsWithdrawn = true };
            if (await Shelf.Put(money.Id, null, withdrawn, kept?.Version ?? 0, null, ct))
                return withdrawn;
        }
    }
}
