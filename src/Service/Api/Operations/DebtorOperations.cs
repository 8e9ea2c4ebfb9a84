using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Policies;
using Dunning.Service.Register;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api.Operations;

public sealed record StatementLine(string Currency, decimal Balance, decimal Overdue, int Open);

public sealed record DebtorPage(
    DebtorView Debtor, string Creditor, string? Policy, string? Risk, bool Held, bool Insolvent, IReadOnlyList<StatementLine> Statement, IReadOnlyList<CaseSummary> Invoices);

public sealed record DebtorFact(string DebtorId, int Cases);

/// <summary>A debtor as a whole: who it is, all it owes, and what holds for every invoice of it, those to come included.</summary>
public sealed class DebtorOperations(Registry registry, ICaseLists lists, IPolicyBook policies, PolicyBook book, Acknowledger acknowledger)
{
    public async Task<Answer> Put(ApiRequest r)
    {
        var id = r.Route("id");
        if (await Owner(r, id) is not { } creditor)
            return Answer.NotFound("creditor");
        if (!PartyBody.IsId(id))
            r.Body.Add("id", "invalidId", "must be 1 to 64 of letters, digits and . _ : -");
        var debtor = PartyBody.Debtor(r.Body, creditor, id);
        var (policy, risk) = (r.Body.Text("policy", max: 60), r.Body.Text("risk", max: 40));
        if (debtor is null || r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        if (policy is not null && await book.Find(creditor, policy, null, r.Ct) is null)
            return Answer.Unprocessable(new Fault("policy", "unknownPolicy", $"there is no policy '{policy}'."));
        var known = await Profile(creditor, id, r.Ct);
        var profile = (known?.Value ?? new(creditor, debtor)) with { Debtor = debtor, Policy = policy, Risk = risk };
        if (!await registry.Debtors.Put(Registry.DebtorKey(creditor, id), creditor, profile, known?.Version ?? 0, null, r.Ct))
            return Answer.Conflict("changedMeanwhile", "The debtor changed at the same time; try again.");
        await Tell(r, creditor, id, f => new ContactChanged(debtor) { Id = $"{r.FactId()}:{f}" });
        return await Get(r);
    }

    public async Task<Answer> Get(ApiRequest r)
    {
        var id = r.Route("id");
        if (await Owner(r, id) is not { } creditor)
            return Answer.NotFound("debtor");
        var profile = (await Profile(creditor, id, r.Ct))?.Value;
        var invoices = new List<CaseSummary>();
        Debtor? debtor = profile?.Debtor;
        await foreach (var item in Cases(creditor, id, r.Ct))
        {
            debtor ??= item.State.Known!.Debtor;
            invoices.Add(CaseSummary.Of(item.State, await policies.Get(item.State.Known!.Policy, r.Ct), item.Index));
        }
        if (debtor is null)
            return Answer.NotFound("debtor");
        var today = DateOnly.FromDateTime(r.Now.UtcDateTime);
        var statement = invoices.Where(i => i.Status is not ("paid" or "cancelled" or "writtenOff")).GroupBy(i => i.Currency)
            .Select(g => new StatementLine(g.Key, g.Sum(i => i.Balance), g.Where(i => i.DueDate < today).Sum(i => i.Balance), g.Count()));
        return Answer.Ok(new DebtorPage(DebtorView.Of(debtor), creditor, profile?.Policy, profile?.Risk, profile?.Hold is not null, profile?.Insolvency is not null, [.. statement], invoices));
    }

    public Task<Answer> Hold(ApiRequest r)
    {
        var held = (Held)FactBodies.Hold(r.Body, HoldScope.Debtor)!;
        return Everywhere(r, (p, id) => p with { Hold = new(id, held.Reason, held.Until) }, _ => held);
    }

    public Task<Answer> Release(ApiRequest r) => Everywhere(r, (p, _) => p with { Hold = null }, _ => new Released(HoldScope.Debtor));

    public Task<Answer> Insolvency(ApiRequest r)
    {
        var opened = FactBodies.Insolvency(r.Body) as InsolvencyOpened;
        return Everywhere(r, (p, id) => p with { Insolvency = new(id, opened!.JudgmentOn, opened.DeclareBy) },
            file => file.Invoice.IssueDate <= opened!.JudgmentOn ? opened : null);
    }

    // First the profile, which later registrations inherit; then each case that exists. Told again under the same id, it completes what was cut short.
    private async Task<Answer> Everywhere(ApiRequest r, Func<DebtorProfile, string, DebtorProfile> change, Func<CaseFile, CaseEvent?> fact)
    {
        var id = r.Route("id");
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        if (await Owner(r, id) is not { } creditor)
            return Answer.NotFound("debtor");
        var factId = r.FactId();
        var known = await Profile(creditor, id, r.Ct);
        var debtor = known?.Value.Debtor;
        var cases = new List<CaseFile>();
        await foreach (var item in Cases(creditor, id, r.Ct))
            cases.Add(item.State.Known!);
        debtor ??= cases.FirstOrDefault()?.Debtor;
        if (debtor is null)
            return Answer.NotFound("debtor");
        if (!await registry.Debtors.Put(Registry.DebtorKey(creditor, id), creditor, change(known?.Value ?? new(creditor, debtor), factId), known?.Version ?? 0, null, r.Ct))
            return Answer.Conflict("changedMeanwhile", "The debtor changed at the same time; try again.");
        var told = 0;
        foreach (var file in cases)
            if (fact(file) is { } @event && await acknowledger.Tell(file.Id, @event with { Id = $"{factId}:{file.Id}" }, r.Caller.KeyId, r.Ct))
                told++;
        var answer = Answer.Accepted(new DebtorFact(id, told));
        if (r.Receipt(answer) is { } receipt)
            await registry.Documents.Keep(receipt, r.Ct);
        return answer;
    }

    private async Task Tell(ApiRequest r, string creditor, string id, Func<string, CaseEvent> fact)
    {
        await foreach (var item in Cases(creditor, id, r.Ct))
            await acknowledger.Tell(item.Id, fact(item.Id), r.Caller.KeyId, r.Ct);
    }

    private async IAsyncEnumerable<ListedCase> Cases(string creditor, string debtor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        for (string? cursor = null, first = ""; first is not null || cursor is not null; first = null)
        {
            var page = await lists.Cases(new() { Creditors = [creditor], Debtor = debtor, Cursor = cursor, Limit = 500 }, ct);
            foreach (var item in page.Items)
                yield return item;
            cursor = page.NextCursor;
        }
    }

    private Task<Shelved<DebtorProfile>?> Profile(string creditor, string id, CancellationToken ct) => registry.Debtors.Get(Registry.DebtorKey(creditor, id), ct);

    // A key of several creditors says whose debtor it means; else the first visible one that has a debtor of that id.
    private async Task<string?> Owner(ApiRequest r, string id)
    {
        if (r.Caller.OnlyCreditor is { } only)
            return only;
        var named = r.Query("creditor") ?? r.Body.Text("creditor", max: 64);
        if (named is not null)
            return r.Caller.Sees(named) && await registry.Creditors.Get(named, r.Ct) is not null ? named : null;
        var found = await lists.Cases(new() { Creditors = r.Caller.Creditors, Debtor = id, Limit = 1 }, r.Ct);
        return found.Items.Count > 0 ? found.Items[0].Index.Creditor : null;
    }
}
