using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Json;
using Dunning.Service.Receipts;
using Dunning.Service.Register;
using Dunning.Service.Webhooks.Folding;

namespace Dunning.Service.Webhooks;

/// <summary>
/// What providers say of payments becomes facts of cases. What is known of a payment, and the facts that follow, are written in one document under its version;
/// then the facts are told. Cut short anywhere, the same is told again, and counts once.
/// </summary>
public sealed class ProviderPayments(Registry registry, CaseFinder cases, Acknowledger acknowledger, UnmatchedMoney unmatched, AwaitedInvoices awaited, TimeProvider clock)
{
    public Task<Processed> Hear(string creditor, string provider, Telling telling, CancellationToken ct) =>
        Change(creditor, provider, telling.PaymentId, p => p.Hear(telling), ct);

    /// <summary>Keeps that a provider's object is of a case: when a link is made for it, or by a person's word. False when it is of another already.</summary>
    public async Task<bool> Link(string creditor, string provider, string objectId, string caseId, Money? amount, CancellationToken ct)
    {
        var linked = false;
        await Change(creditor, provider, objectId, p =>
        {
            linked = p.CaseId is null || p.CaseId == caseId;
            var told = amount is { } sum && p.Money is { IsReceived: true, In: null } ? p.Money.Say(sum) : p.Money;
            return linked ? p with { CaseId = caseId, Money = told } : p;
        }, ct);
        return linked;
    }

    /// <summary>Tells a case what was known of it before it was there.</summary>
    public async Task Registered(string caseId, CancellationToken ct)
    {
        for (var races = new Races(caseId); await awaited.Of(caseId, ct) is { } waiting; races.Lose())
        {
            foreach (var name in waiting.Value.Payments)
                if (name.Split('/', 2) is [var provider, var payment])
                    await Change(waiting.Value.Creditor, provider, payment, p => p, ct);
            if (await awaited.Found(caseId, waiting, ct))
                return;
        }
    }

    /// <summary>The same for several cases of a creditor.</summary>
    public async Task Registered(string creditor, IEnumerable<string> caseIds, CancellationToken ct)
    {
        if (await awaited.Any(creditor, ct))
            foreach (var caseId in caseIds)
                await Registered(caseId, ct);
    }

    private async Task<Processed> Change(string creditor, string provider, string paymentId, Func<ProviderPayment, ProviderPayment> change, CancellationToken ct)
    {
        var key = Key(creditor, provider, paymentId);
        for (var races = new Races(key); ; races.Lose())
        {
            var kept = await registry.ProviderPayments.Get(key, ct);
            var payment = change(kept?.Value ?? new(creditor, provider, paymentId));
            payment = payment with { CaseId = payment.CaseId ?? await cases.Of(payment, ct) };
            payment = Planning.Plan(payment, Written(clock.GetUtcNow()));
            var version = kept?.Version ?? 0;
            if (kept is null || !Same(kept.Value, payment))
            {
                if (!await registry.ProviderPayments.Put(key, creditor, payment, version, null, ct))
                    continue;
                version++;
            }
            if (payment.CaseId is null)
            {
                await awaited.Await(payment, ct);
                // Registered between the two looks: it found nobody waiting.
                if (await cases.Of(payment, ct) is not null)
                    continue;
            }
            if (await Tell(payment, version, ct) is { } outcome)
                return outcome;
        }
    }

    // Null: somebody learned more meanwhile; look again.
    private async Task<Processed?> Tell(ProviderPayment payment, long version, CancellationToken ct)
    {
        if (payment.CaseId is null || payment.Money is { IsReceived: true, In: null } || !await cases.Takes(payment, ct))
            return await Queue(payment, version, ct);
        if (payment.Facts.Count == 0)
            return new(DeliveryOutcome.Ignored, "there is no money in it");
        var refused = 0;
        // All of them, each time: they are few, and told again they are known.
        foreach (var fact in payment.Facts.Where(f => f.Amount is null || payment.Money.In is not { } received || f.Amount.Value.Currency == received.Currency))
            // One the case cannot take is about money it knows already, or a silence that is over.
            if (!await acknowledger.Tell(payment.CaseId, fact.ToEvent(payment.Source ?? payment.Provider, payment.FactId), $"webhook:{payment.Provider}", ct))
                refused++;
        if (payment.Queued)
            await TakeOut(payment, payment.CaseId, ct);
        return new(DeliveryOutcome.Applied, refused == 0 ? null : $"{refused} known already");
    }

    // Said before it is done, on condition that nobody has learned whose money it is: whoever learns it later knows that there is something to take out.
    private async Task<Processed?> Queue(ProviderPayment payment, long version, CancellationToken ct)
    {
        if (!payment.Money.IsReceived || payment.Money.Net is { IsZero: true })
            return new(DeliveryOutcome.Kept);
        if (!payment.Queued && !await registry.ProviderPayments.Put(Key(payment), payment.Creditor, payment with { Queued = true }, version, null, ct))
            return null;
        var meant = await cases.Meant(payment, ct);
        var money = Waiting(payment) with { Candidates = await cases.Candidates(payment, meant, ct), Silenced = meant is null ? [] : [meant.Id] };
        await unmatched.Put(money, ct);
        // It waited with an amount before another currency was told.
        if (payment.Money.IsInTwoCurrencies && await unmatched.Find(money.Id, ct) is { Value: { AssignedTo: null, Amount: not null } } waiting && !await unmatched.Restate(waiting, money, ct))
            return null;
        await Tell(payment, money.Doubts(Written(clock.GetUtcNow())), ct);
        // Assigned between the two: what it silenced found nothing to end then.
        if (await unmatched.Find(money.Id, ct) is { Value.AssignedTo: not null })
            await Tell(payment, money.Settled(), ct);
        return new(DeliveryOutcome.Unmatched);
    }

    private async Task Tell(ProviderPayment payment, IEnumerable<(string CaseId, CaseEvent Event)> facts, CancellationToken ct)
    {
        foreach (var (caseId, fact) in facts)
            await acknowledger.Tell(caseId, fact, $"webhook:{payment.Provider}", ct);
    }

    // Put there as assigned if it is not there yet: whoever is about to put it will find it.
    private async Task TakeOut(ProviderPayment payment, string caseId, CancellationToken ct)
    {
        await unmatched.Put(Waiting(payment) with { AssignedTo = caseId }, ct);
        if (await unmatched.Find(Waiting(payment).Id, ct) is not { Value.AssignedTo: null } waiting)
            return;
        await Tell(payment, waiting.Value.Settled(), ct);
        await unmatched.Assigned(waiting, caseId, [], null, ct);
    }

    private static Unmatched Waiting(ProviderPayment payment) =>
        new(payment.Creditor, payment.Provider, payment.FactId, payment.Money.Net, payment.Money.Received.Min(r => r.On))
        {
            ProviderPayment = payment.PaymentId,
            Reference = payment.Invoice ?? payment.Description,
            PayerName = payment.PayerName,
        };

    private static bool Same(ProviderPayment a, ProviderPayment b) => DomainJson.Write(a).AsSpan().SequenceEqual(DomainJson.Write(b));

    private static DateOnly Written(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);

    private static string Key(ProviderPayment payment) => Key(payment.Creditor, payment.Provider, payment.PaymentId);

    internal static string Key(string creditor, string provider, string paymentId) => $"{creditor}/{provider}/{paymentId}";
}
