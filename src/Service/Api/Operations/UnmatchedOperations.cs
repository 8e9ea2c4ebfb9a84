using System.Text.Json.Serialization;
using Dunning.Domain;
using Dunning.Service.Bank;
using Dunning.Service.Engine;
using Dunning.Service.Receipts;
using Dunning.Service.Register;
using Dunning.Service.Webhooks;

namespace Dunning.Service.Api.Operations;

public sealed record UnmatchedView(
    string Id, string Creditor, string Source, decimal? Amount, string? Currency, DateOnly Date, string? Reference, string? PayerName, string? PayerIban,
    IReadOnlyList<Candidate> Candidates, IReadOnlyList<string> Silenced)
{
    public static UnmatchedView Of(Unmatched u) => new(
        u.Id, u.Creditor, u.Source, u.Amount?.Amount(), u.Amount?.Currency.Code, u.Date, u.Reference, u.PayerName, u.PayerIban, u.Candidates, u.Silenced);
}

/// <summary>Without a case and a payment it was discarded.</summary>
public sealed record AssignedView(string Id, string? CaseId, string? PaymentId)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AssignedPartView>? Parts { get; init; }
}

public sealed record AssignedPartView(string CaseId, decimal Amount, string PaymentId);

/// <summary>Money nobody could match, and a person's word on whose it is.</summary>
public sealed class UnmatchedOperations(UnmatchedMoney unmatched, ProviderPayments payments, Acknowledger acknowledger, Registry registry)
{
    public Task<Answer> List(ApiRequest r) => WaitingPages.List(r, unmatched.Waiting, UnmatchedView.Of);

    /// <summary>
    /// <c>{"invoice": case id, "amount"?: when the provider did not say}</c>, or divided, <c>{"assignments": [{"caseId", "amount"}]}</c> that add up to the money;
    /// <c>{"discard": true}</c>: it pays nothing here. Told again, it answers the same.
    /// </summary>
    public async Task<Answer> Assign(ApiRequest r)
    {
        for (var races = new Races(r.Route("id")); ; races.Lose())
        {
            if (await unmatched.Find(r.Route("id"), r.Ct) is not { } kept || !r.Caller.Sees(kept.Value.Creditor))
                return Answer.NotFound("unmatched money");
            var money = kept.Value;
            if (money.IsWithdrawn)
                return Withdrawn;
            if (r.Body.Flag("discard") == true)
            {
                if (await Discard(r, kept) is { } discarded)
                    return discarded;
                continue;
            }
            if (money.IsDiscarded)
                return Answer.Conflict("discarded", "It was discarded; record it as a payment of its invoice if it is one.");
            if (money.ProviderPayment is not null && r.Body.Has("assignments"))
                return Answer.Unprocessable(new Fault("assignments", "notDivisible", "a provider's payment is for one invoice: its refunds follow it."));
            var (parts, refusal) = r.Body.Has("assignments") ? await Divided(r, money) : await Whole(r, money);
            if (refusal is not null)
                return refusal;
            if ((money.AssignedTo is not null || money.Paid.Count > 0) && !parts.SequenceEqual(PaidOf(money, parts)))
                return Decided(money);
            var answer = Answer.Accepted(new AssignedView(money.Id, parts[0].CaseId, parts[0].PaymentId)
            {
                Parts = parts.Count == 1 ? null : [.. parts.Select(p => new AssignedPartView(p.CaseId, p.Amount.Amount(), p.PaymentId))],
            });
            if (money.AssignedTo is not null)
                return answer;
            if (await Settle(r, kept, parts, answer) is { } settled)
                return settled;
        }
    }

    // Null: it changed meanwhile, look again.
    private async Task<Answer?> Discard(ApiRequest r, Shelved<Unmatched> kept)
    {
        var money = kept.Value;
        if (r.Body.Has("invoice") || r.Body.Has("assignments"))
            return Answer.Unprocessable(new Fault("discard", "contradictory", "names no invoice: it pays none."));
        if (money.ProviderPayment is not null)
            return Answer.Unprocessable(new Fault("discard", "notDiscardable", "a provider's payment is refunded there, or pays an invoice."));
        if (money.AssignedTo is not null || money.Paid.Count > 0)
            return Decided(money);
        foreach (var (caseId, settled) in money.Settled())
            await acknowledger.Tell(caseId, settled, r.Caller.KeyId, r.Ct);
        var answer = Answer.Accepted(new AssignedView(money.Id, null, null));
        return money.IsDiscarded || await unmatched.Discard(kept, r.Receipt(answer), r.Ct) ? answer : null;
    }

    // Decided before it is told: of two who decide at once one is heard, and cut short in between, the money is still listed and only the same can go on. Null:
    // it changed meanwhile, look again.
    private async Task<Answer?> Settle(ApiRequest r, Shelved<Unmatched> kept, IReadOnlyList<Assigned> parts, Answer answer)
    {
        var money = kept.Value;
        if (money.ProviderPayment is null && money.Paid.Count == 0)
        {
            foreach (var part in parts)
                if (!await acknowledger.CanTell(part.CaseId, money.Payment(part), r.Ct))
                    return await unmatched.Find(money.Id, r.Ct) is { } now && now.Version == kept.Version ? Known(part) : null;
            if (!await unmatched.Decide(kept, parts, r.Ct))
                return null;
        }
        if (await Tell(r, money, parts) is { } refusal)
            return refusal;
        foreach (var (caseId, settled) in money.Settled())
            await acknowledger.Tell(caseId, settled, r.Caller.KeyId, r.Ct);
        await Learn(r, money, parts);
        return await unmatched.Find(money.Id, r.Ct) switch
        {
            { Value.IsWithdrawn: true } => Withdrawn,
            { Value.AssignedTo: null } waiting => await unmatched.Assigned(waiting, parts[0].CaseId, parts, r.Receipt(answer), r.Ct) ? answer : null,
            _ => answer,
        };
    }

    private async Task<Answer?> Tell(ApiRequest r, Unmatched money, IReadOnlyList<Assigned> parts)
    {
        // Of a provider's payment more may be known than that it came: refunds follow it. What it is for is decided there, once.
        if (money.ProviderPayment is { } payment)
            return await payments.Link(money.Creditor, money.Source, payment, parts[0].CaseId, parts[0].Amount, r.Ct) ? null : Known(parts[0]);
        foreach (var part in parts)
            if (!await acknowledger.Tell(part.CaseId, money.Payment(part), r.Caller.KeyId, r.Ct))
            {
                // Told in their order: when the first cannot be, none was.
                if (part == parts[0] && await unmatched.Find(money.Id, r.Ct) is { Value: { AssignedTo: null, IsWithdrawn: false } } stuck && stuck.Value.Paid.SequenceEqual(parts))
                    await unmatched.Decide(stuck, [], r.Ct);
                return Known(part);
            }
        return null;
    }

    private static Answer Withdrawn => Answer.Conflict("withdrawn", "The bank took this money back.");

    private static Answer Known(Assigned part) => Answer.Conflict("factKnown", $"Payment {part.PaymentId} was recorded elsewhere, or with another content.");

    private static Answer Decided(Unmatched money) => money.AssignedTo is { } caseId
        ? Answer.Conflict("assigned", $"It was assigned to {caseId}; reverse payment {money.FactId} there first, and record it anew.")
        : Answer.Conflict("decided", $"It was decided already, and not told in full: {string.Join(", ", money.Paid.Select(p => $"{p.Amount} to {p.CaseId}"))}. Send that again to finish it.");

    // A person's word is as good as a number: from then on the account is known.
    private async Task Learn(ApiRequest r, Unmatched money, IReadOnlyList<Assigned> parts)
    {
        if (money is not { Source: StatementIntake.Source, PayerIban: { } iban })
            return;
        foreach (var part in parts)
            if (await acknowledger.Find(r.Caller, part.CaseId, r.Ct) is { } folded)
                await new Payers(registry, money.Creditor).Learn(iban, folded.File.Debtor.Id, r.Ct);
    }

    // What the provider itself named has no parts: it is one.
    private static IReadOnlyList<Assigned> PaidOf(Unmatched money, IReadOnlyList<Assigned> parts) =>
        money.Paid.Count > 0 ? money.Paid : [new(money.AssignedTo!, money.Amount ?? parts[0].Amount, money.FactId)];

    private async Task<(IReadOnlyList<Assigned> Parts, Answer? Refusal)> Whole(ApiRequest r, Unmatched money)
    {
        if (r.Body.Text("invoice", required: true, max: 100) is not { } caseId)
            return ([], Answer.Invalid(r.Body.Faults));
        if (money.AssignedTo is { } known && known != caseId)
            return ([], Decided(money));
        if (await CurrencyOf(r, money, caseId) is not { } currency)
            return ([], Answer.Unprocessable(new Fault("invoice", "unknownInvoice", "is not an invoice of this creditor.")));
        if ((money.Amount ?? r.Body.Amount("amount", currency, required: true)) is not { } amount)
            return ([], Answer.Invalid(r.Body.Faults));
        return amount.Currency == currency
            ? ([new(caseId, amount, money.FactId)], null)
            : ([], Answer.Unprocessable(new Fault("invoice", "wrongCurrency", $"is in {currency.Code}, the money in {amount.Currency.Code}.")));
    }

    private async Task<(IReadOnlyList<Assigned> Parts, Answer? Refusal)> Divided(ApiRequest r, Unmatched money)
    {
        var (parts, currency) = (new List<Assigned>(), money.Amount?.Currency);
        foreach (var part in r.Body.Members("assignments", required: true, max: 100))
        {
            var caseId = part.Text("caseId", required: true, max: 100);
            var of = caseId is null ? null : await CurrencyOf(r, money, caseId);
            if (caseId is not null && of is null)
                part.Add("caseId", "unknownInvoice", "is not an invoice of this creditor.");
            else if (of is not null && of != (currency ??= of))
                part.Add("caseId", "wrongCurrency", $"is in {of.Code}, the money in {currency.Code}.");
            if (parts.Exists(p => p.CaseId == caseId))
                part.Add("caseId", "twice", "is named twice.");
            if (part.Amount("amount", currency, required: true) is { } amount && caseId is not null)
                parts.Add(new(caseId, amount, ""));
        }
        if (r.Body.Faults.Count == 0 && parts.Count == 0)
            r.Body.Add("assignments", "required", "must name at least one invoice.");
        if (r.Body.Faults.Count > 0)
            return ([], Answer.Invalid(r.Body.Faults));
        var sum = parts.Aggregate(Money.Zero(currency!), (total, p) => total + p.Amount);
        if (money.Amount is { } whole && sum != whole)
            return ([], Answer.Unprocessable(new Fault("assignments", "wrongSum", $"add up to {sum}, not to the {whole} that came in.")));
        return ([.. parts.Select((p, i) => p with { PaymentId = parts.Count == 1 ? money.FactId : $"{money.FactId}.{i + 1}" })], null);
    }

    private async Task<Currency?> CurrencyOf(ApiRequest r, Unmatched money, string caseId) =>
        await acknowledger.Find(r.Caller, caseId, r.Ct) is { } folded && folded.File.Creditor == money.Creditor ? folded.File.Invoice.Amount.Currency : null;
}
