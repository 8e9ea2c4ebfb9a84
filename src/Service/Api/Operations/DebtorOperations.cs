using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Policies;
using Dunning.Service.Register;
using Dunning.Service.Upcoming;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api.Operations;

public sealed record StatementLine(string Currency, decimal Balance, decimal Overdue, int Open);

public sealed record DebtorPage(
    DebtorView Debtor, string Creditor, string? Policy, string? Risk, bool Held, bool Insolvent, IReadOnlyList<StatementLine> Statement, IReadOnlyList<CaseSummary> Invoices)
{
    public BehaviourView? Behaviour { get; init; }

    /// <summary>The hold of the debtor as a whole; one without an end excludes it from dunning.</summary>
    public DebtorHoldView? Hold { get; init; }

    public DebtorInsolvencyView? Insolvency { get; init; }
}

public sealed record DebtorFact(string DebtorId, int Cases);

/// <summary>A debtor as a whole: who it is, all it owes, and what holds for every invoice of it, those to come included.</summary>
public sealed class DebtorOperations(Registry registry, ICaseLists lists, IPolicyBook policies, PolicyBook book, Acknowledger acknowledger, Foresight foresight, LocalToday days)
{
    public async Task<Answer> Put(ApiRequest r)
    {
        var id = r.Route("id");
        var (creditor, refusal) = await Owner(r, id);
        if (!PartyBody.IsId(id))
            r.Body.Add("id", "invalidId", "must be 1 to 64 of letters, digits and . _ : -");
        if (creditor is null && r.Caller.OnlyCreditor is null && Named(r) is null)
            r.Body.Add("creditor", "required", "is required (?creditor=) with a key that is not scoped to one creditor.");
        var debtor = PartyBody.Debtor(r.Body, creditor, id);
        var (policy, risk) = (r.Body.Text("policy", max: 60), r.Body.Text("risk", max: 40));
        if (debtor is null || r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        if (creditor is null)
            return refusal!;
        if (policy is not null && await Misfit(creditor, policy, debtor, r.Ct) is { } fault)
            return Answer.Unprocessable(fault);
        var known = await Profile(creditor, id, r.Ct);
        if (r.HasCondition && r.Precondition(await Page(r, creditor, id) is { } page ? ApiPipeline.Etag(page) : null) is { } moved)
            return moved;
        var changed = new List<string>();
        await foreach (var item in Cases(creditor, id, r.Ct))
        {
            var file = item.State.Known!;
            if (file.Debtor.Kind != debtor.Kind)
                return Answer.Conflict("differs", "The kind of a debtor whose invoices are being chased cannot change.", new Fault("kind", "differs", $"is {ApiJson.Name(file.Debtor.Kind)} in invoice {file.Invoice.Number}."));
            var (before, after) = (DebtorView.Of(file.Debtor), DebtorView.Of(debtor));
            if (after with { Contacts = before.Contacts } != before || !after.Contacts.SequenceEqual(before.Contacts))
                changed.Add(item.Id);
        }
        var profile = (known?.Value ?? new(creditor, debtor)) with { Debtor = debtor, Policy = policy, Risk = risk };
        if (!await registry.Debtors.Put(Registry.DebtorKey(creditor, id), creditor, profile, known?.Version ?? 0, null, r.Ct))
            return Answer.Conflict("changedMeanwhile", "The debtor changed at the same time; try again.");
        var change = ApiRequest.NewId("sync", r.Now);
        foreach (var caseId in changed)
            await acknowledger.Tell(caseId, new ContactChanged(debtor) { Id = $"{change}:{caseId}" }, r.Caller.KeyId, r.Ct);
        return Answer.Ok((await Page(r, creditor, id))!);
    }

    public async Task<Answer> Get(ApiRequest r)
    {
        var (creditor, refusal) = await Owner(r, r.Route("id"));
        return creditor is null ? refusal! : await Page(r, creditor, r.Route("id")) is { } page ? Answer.Ok(page) : Answer.NotFound("debtor");
    }

    public async Task<Answer> List(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var (creditor, sort) = (query.Text("creditor"), query.Text("sort") ?? "-balance");
        if (sort is not ("name" or "-balance"))
            query.Add("sort", "unknownValue", "must be name or -balance.");
        var filter = new DebtorFilter
        {
            Creditors = creditor is null ? r.Caller.Creditors : r.Caller.Sees(creditor) ? [creditor] : [],
            Name = query.Text("name"),
            Sort = sort,
            Cursor = query.Text("cursor", max: 1000),
            Limit = Paging.Limit(query),
        };
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        try
        {
            var page = await lists.Debtors(filter, r.Ct);
            return Answer.Ok(new PageView<DebtorSummary>([.. page.Items.Select(DebtorSummary.Of)], page.NextCursor));
        }
        catch (FormatException)
        {
            return Answer.Invalid([new("cursor", "invalidCursor", "is not a cursor this list gave.")]);
        }
    }

    public async Task<Answer> Hold(ApiRequest r)
    {
        var held = (Held)FactBodies.Hold(r.Body, HoldScope.Debtor)!;
        if (held.Until < await days.Of(r, Named(r)))
            r.Body.Add("until", "inThePast", "must not lie in the past.");
        return await Everywhere(r, (p, id) => p with { Hold = new(id, held.Reason, held.Until) }, _ => held);
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
        var (id, factId) = (r.Route("id"), r.FactId());
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        var (creditor, refusal) = await Owner(r, id);
        if (creditor is null)
            return refusal!;
        // A fact about a debtor is no event of one case: its id is kept as receipts are.
        var scope = $"debtor-fact {creditor}";
        if (await registry.Documents.FindReceipt(scope, factId, r.Ct) is { } told)
            return told.Fingerprint == r.FactFingerprint ? new Answer(told.Status, null) { Text = told.Body }
                : Answer.Conflict("factKnown", "This id was used for another fact.", new Fault("id", "used", "names a fact with other content."));
        if (r.HasCondition && r.Precondition(await Page(r, creditor, id) is { } page ? ApiPipeline.Etag(page) : null) is { } moved)
            return moved;
        var known = await Profile(creditor, id, r.Ct);
        var cases = new List<CaseFile>();
        await foreach (var item in Cases(creditor, id, r.Ct))
            cases.Add(item.State.Known!);
        if ((known?.Value.Debtor ?? cases.FirstOrDefault()?.Debtor) is not { } debtor)
            return Answer.NotFound("debtor");
        if (r.IsForesight)
            return await Foresee(r, creditor, id, fact);
        if (!await registry.Debtors.Put(Registry.DebtorKey(creditor, id), creditor, change(known?.Value ?? new(creditor, debtor), factId), known?.Version ?? 0, null, r.Ct))
            return Answer.Conflict("changedMeanwhile", "The debtor changed at the same time; try again.");
        var reached = 0;
        // Listed again: an invoice registered before the profile changed has inherited nothing.
        await foreach (var item in Cases(creditor, id, r.Ct))
            if (fact(item.State.Known!) is { } @event && await acknowledger.Tell(item.Id, @event with { Id = Inheritance.IdIn(item.Id, factId) }, r.Caller.KeyId, r.Ct))
                reached++;
        var answer = r.Finish(Answer.Accepted(new DebtorFact(id, reached)));
        await registry.Documents.Keep(new(scope, factId, r.FactFingerprint, answer.Status, answer.Json(), r.Now), r.Ct);
        return answer;
    }

    // What the rules would not let a case take, it would not be told: it has no consequence.
    private async Task<Answer> Foresee(ApiRequest r, string creditor, string id, Func<CaseFile, CaseEvent?> fact)
    {
        var (etag, foreseen) = (ApiPipeline.Etag((await Page(r, creditor, id))!), new List<ConsequenceView>());
        await foreach (var item in Cases(creditor, id, r.Ct))
            if (fact(item.State.Known!) is { } @event && await acknowledger.Find(r.Caller, item.Id, r.Ct) is { } folded && FactRules.Check(folded, @event, r.Now) is null)
                foreseen.Add(ConsequenceView.Of(await foresight.Of(folded, [@event], r.Now, r.Ct), etag));
        return Answer.Ok(new DebtorConsequenceView(id, etag, foreseen));
    }

    private async Task<DebtorPage?> Page(ApiRequest r, string creditor, string id)
    {
        var profile = (await Profile(creditor, id, r.Ct))?.Value;
        var (invoices, debtor, cases) = (new List<CaseSummary>(), profile?.Debtor, new List<(DunningCase State, Policy Policy)>());
        await foreach (var item in Cases(creditor, id, r.Ct))
        {
            debtor ??= item.State.Known!.Debtor;
            var policy = await policies.Get(item.State.Known!.Policy, r.Ct);
            cases.Add((item.State, policy));
            invoices.Add(CaseSummary.Of(item.State, policy, item.Index));
        }
        if (debtor is null)
            return null;
        var today = await days.Of(r, creditor);
        var statement = invoices.Where(i => i.Status is not ("paid" or "cancelled" or "writtenOff")).GroupBy(i => i.Currency)
            .Select(g => new StatementLine(g.Key, g.Sum(i => i.Balance), g.Where(i => i.DueDate < today).Sum(i => i.Balance), g.Count()));
        var held = profile?.Hold is { } hold && !(hold.Until < today);
        return new(DebtorView.Of(debtor), creditor, profile?.Policy, profile?.Risk, held, profile?.Insolvency is not null, [.. statement], invoices)
        {
            Behaviour = BehaviourView.Of(cases, today),
            Hold = held ? DebtorHoldView.Of(profile?.Hold) : null,
            Insolvency = DebtorInsolvencyView.Of(profile?.Insolvency),
        };
    }

    private async Task<Fault?> Misfit(string creditor, string name, Debtor debtor, CancellationToken ct) =>
        await book.Find(creditor, name, null, ct) is not { } found ? new("policy", "unknownPolicy", $"there is no policy '{name}'.")
        : await book.Get(found, ct) is var policy && PolicyRules.Fits(policy.Regime, debtor) ? null
        : new("policy", "regimeDoesNotFit", $"'{name}' follows {policy.Regime}, which does not fit a debtor of kind {ApiJson.Name(debtor.Kind)}.");

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

    private static string? Named(ApiRequest r) => r.Query("creditor") ?? r.Body.Text("creditor", max: 64);

    // Debtor ids are a creditor's own. A key of several creditors says whose debtor it means, unless only one has a debtor of that id.
    private async Task<(string? Creditor, Answer? Refusal)> Owner(ApiRequest r, string id)
    {
        var named = Named(r) ?? r.Caller.OnlyCreditor;
        if (named is not null)
            return r.Caller.Sees(named) && await registry.Creditors.Get(named, r.Ct) is not null ? (named, null) : (null, Answer.NotFound("creditor"));
        var found = (await lists.Cases(new() { Creditors = r.Caller.Creditors, Debtor = id, Limit = Paging.Max }, r.Ct)).Items.Select(i => i.Index.Creditor).Distinct().ToList();
        return found.Count switch
        {
            0 => (null, Answer.NotFound("debtor")),
            1 => (found[0], null),
            _ => (null, Answer.Invalid([new("creditor", "required", "is required (?creditor=): several creditors have a debtor of that id.")])),
        };
    }
}
