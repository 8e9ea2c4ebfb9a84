using Dunning.Domain;
using Dunning.Service.Receipts;

namespace Dunning.Service.Api.Operations;

public sealed record UnmatchedView(
    string Id, string Creditor, string Source, decimal? Amount, string? Currency, DateOnly Date, string? Reference, string? PayerName, string? PayerIban,
    IReadOnlyList<Candidate> Candidates)
{
    public static UnmatchedView Of(Unmatched u) => new(
        u.Id, u.Creditor, u.Source, u.Amount?.Amount(), u.Amount?.Currency.Code, u.Date, u.Reference, u.PayerName, u.PayerIban, u.Candidates);
}

public sealed record AssignedView(string Id, string CaseId, string PaymentId);

/// <summary>Money nobody could match, and a person's word on whose it is.</summary>
public sealed class UnmatchedOperations(UnmatchedMoney unmatched, Acknowledger acknowledger)
{
    public async Task<Answer> List(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var (creditor, limit, after) = (query.Text("creditor") ?? r.Caller.OnlyCreditor, Paging.Limit(query), Paging.After(query));
        if (creditor is null && r.Caller.Creditors is not null)
            query.Add("creditor", "required", "is required with a key of several creditors.");
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        if (creditor is not null && !r.Caller.Sees(creditor))
            return Answer.NotFound("creditor");
        var items = await unmatched.Waiting(creditor, after, limit + 1, r.Ct);
        var shown = items.Take(limit).Select(UnmatchedView.Of).ToList();
        return Answer.Ok(new PageView<UnmatchedView>(shown, items.Count > limit ? Paging.Cursor(shown[^1].Id) : null));
    }

    /// <summary><c>{"invoice": case id, "amount"?: when the provider did not say}</c>. Told again, it answers the same.</summary>
    public async Task<Answer> Assign(ApiRequest r)
    {
        if (await unmatched.Find(r.Route("id"), r.Ct) is not { } kept || !r.Caller.Sees(kept.Value.Creditor))
            return Answer.NotFound("unmatched money");
        var money = kept.Value;
        if (r.Body.Text("invoice", required: true, max: 100) is not { } caseId)
            return Answer.Invalid(r.Body.Faults);
        if (money.AssignedTo is { } known && known != caseId)
            return Answer.Conflict("assigned", $"It was assigned to {known}; reverse payment {money.FactId} there first, and record it anew.");
        if (await acknowledger.Find(r.Caller, caseId, r.Ct) is not { } folded || folded.File.Creditor != money.Creditor)
            return Answer.Unprocessable(new Fault("invoice", "unknownInvoice", "is not an invoice of this creditor."));
        var currency = folded.File.Invoice.Amount.Currency;
        if ((money.Amount ?? r.Body.Amount("amount", currency, required: true)) is not { } amount)
            return Answer.Invalid(r.Body.Faults);
        if (amount.Currency != currency)
            return Answer.Unprocessable(new Fault("invoice", "wrongCurrency", $"is in {currency.Code}, the money in {amount.Currency.Code}."));
        var answer = Answer.Accepted(new AssignedView(money.Id, caseId, money.FactId));
        // The fact first: cut short in between, the money is still listed, and assigning it again is the same fact.
        if (!await acknowledger.Tell(caseId, new CaseEvent.PaymentReceived(amount, money.Date, money.Source, money.Reference) { Id = money.FactId }, r.Caller.KeyId, r.Ct))
            return Answer.Conflict("factKnown", $"Payment {money.FactId} was recorded elsewhere, or with another content.");
        if (money.AssignedTo is null)
            await unmatched.Assigned(kept, caseId, r.Receipt(answer), r.Ct);
        return answer;
    }
}
