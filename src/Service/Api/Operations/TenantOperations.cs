using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Policies;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

public sealed record NewKeyView(string Id, string Name, string Role, IReadOnlyList<string>? Creditors, string? Secret);

public sealed record RevokedKeyView(string Id, bool Revoked);

public sealed record KeyView(string Id, string Name, string Role, IReadOnlyList<string>? Creditors, DateTimeOffset CreatedAt, bool Revoked);

public sealed record CreditorView(
    string Id, string Name, string? Email, string? Phone, AddressView? Address, string? Country, string? Siren, string? EnterpriseNumber, string? Iban, string? Bic, bool Cheque, string Language,
    string? Policy, string? ConsumerPolicy, string? PublicPolicy, string Mode, bool OneVoice, bool SendingStopped, DateOnly? LedgerAsOf, IReadOnlyList<Sender> Senders, string SenderRole, CollectorView? Collector, bool DebtorPage)
{
    public static CreditorView Of(Creditor c) => new(c.Id, c.Name, c.Email, c.Phone, AddressView.Of(c.Address), c.Country, c.Siren,
        c.EnterpriseNumber, c.Iban is { } iban ? Domain.Iban.Parse(iban).Display : null, c.Bic, c.AcceptsCheques, c.Language, c.Policy, c.ConsumerPolicy, c.PublicPolicy, c.TestMode ? "test" : "live",
        !c.EachAlone, c.SendingStopped, c.LedgerAsOf, c.Senders, c.Collector is null ? "creditor" : "collector", c.Collector is { } collector ? CollectorView.Of(collector) : null, !c.WithoutDebtorPage);
}

public sealed record MandatorView(string? Name, AddressView? Address);

public sealed record CollectorView(string? Name, AddressView? Address, MandatorView? MandateOf)
{
    public static CollectorView Of(Collector c) => new(c.Name, AddressView.Of(c.Address), c.MandateOf is { } m ? new(m.Name, AddressView.Of(m.Address)) : null);
}

/// <summary>Creditors, their keys, their books and the stop switches.</summary>
public sealed class TenantOperations(Registry registry, KeyRing keys, ICaseStore store, PolicyBook policies, Acknowledger acknowledger)
{
    private static readonly SendingSwitch Never = new(false, null, null, null);

    public async Task<Answer> PutCreditor(ApiRequest r)
    {
        var id = r.Route("id");
        if (!r.Caller.Sees(id))
            return Answer.NotFound("creditor");
        if (!PartyBody.IsId(id))
            r.Body.Add("id", "invalidId", "must be 1 to 64 of letters, digits and . _ : -");
        var known = await registry.Creditors.Get(id, r.Ct);
        var creditor = await Read(r, id, known?.Value);
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        if (r.Precondition(EtagOf(known?.Value)) is { } moved)
            return moved;
        var answer = new Answer(known is null ? 201 : 200, CreditorView.Of(creditor)) { Location = $"/api/creditors/{id}" };
        return await registry.Creditors.Put(id, id, creditor, known?.Version ?? 0, r.Receipt(answer), r.Ct) ? answer : await Changed(r);
    }

    public async Task<Answer> GetCreditor(ApiRequest r) =>
        r.Caller.Sees(r.Route("id")) && await registry.Creditors.Get(r.Route("id"), r.Ct) is { } found ? Answer.Ok(CreditorView.Of(found.Value)) : Answer.NotFound("creditor");

    public Task<Answer> ListCreditors(ApiRequest r) => List(r, registry.Creditors, c => r.Caller.Sees(c.Id), CreditorView.Of);

    public async Task<Answer> PutLedger(ApiRequest r)
    {
        var (id, asOf) = (r.Route("id"), r.Body.Date("asOf", required: true));
        // Books known until tomorrow somewhere on earth, not further: a slip of the year would switch the rule off.
        if (asOf > DateOnly.FromDateTime(r.Now.UtcDateTime.AddHours(14)))
            r.Body.Add("asOf", "inTheFuture", "must not lie in the future.");
        if (asOf is null || r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        return await Change(r, id, c => c with { LedgerAsOf = asOf > c.LedgerAsOf || c.LedgerAsOf is null ? asOf : c.LedgerAsOf }, resume: true);
    }

    public Task<Answer> PutCreditorSending(ApiRequest r) => r.Body.Flag("stopped") is { } stopped && r.Body.Faults.Count == 0
        ? Change(r, r.Route("id"), c => c with { SendingStopped = stopped }, resume: !stopped)
        : Task.FromResult(NeedsStopped(r));

    public async Task<Answer> PutSending(ApiRequest r)
    {
        if (r.Caller.Creditors is not null)
            return Answer.Refuse(403, "notAllowed", "The global switch needs a key that is not scoped to creditors; a creditor's own is /api/creditors/{id}/sending.");
        if (r.Body.Flag("stopped") is not { } stopped || r.Body.Note("reason") is var reason && r.Body.Faults.Count > 0)
            return NeedsStopped(r);
        var known = await registry.Sending.Get(Switches.Global, r.Ct);
        if (r.Precondition(ApiPipeline.Etag(known?.Value ?? Never)) is { } moved)
            return moved;
        var state = new SendingSwitch(stopped, reason, r.Caller.KeyId, r.Now);
        if (!await registry.Sending.Put(Switches.Global, null, state, known?.Version ?? 0, r.Receipt(Answer.Ok(state)), r.Ct))
            return await Changed(r);
        if (!stopped)
            await Resume(r, null);
        return Answer.Ok(state);
    }

    public async Task<Answer> GetSending(ApiRequest r)
    {
        var state = (await registry.Sending.Get(Switches.Global, r.Ct))?.Value ?? Never;
        return Answer.Ok(r.Caller.Creditors is null ? state : state with { Reason = null, By = null });
    }

    public async Task<Answer> AddKey(ApiRequest r)
    {
        var name = r.Body.Text("name", required: true, max: 100);
        var role = r.Body.OneOf("role", new[] { Role.Read, Role.Ingest, Role.Operator, Role.Admin }.ToDictionary(ApiJson.Name, x => (Role?)x), required: true);
        var creditors = r.Body.Strings("creditors", max: 200)?.Distinct().ToList();
        if (creditors is { Count: 0 })
            r.Body.Add("creditors", "required", "must name at least one; left out, the key is every creditor's.");
        foreach (var creditor in creditors ?? [])
            if (!r.Caller.Sees(creditor) || await registry.Creditors.Get(creditor, r.Ct) is null)
                r.Body.Add("creditors", "unknownCreditor", $"'{creditor}' is not registered.");
        if (creditors is null && r.Caller.Creditors is not null)
            r.Body.Add("creditors", "required", "is required with a key that is scoped itself.");
        if (role is null || name is null || r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        var secret = KeyRing.NewSecret();
        var id = KeyRing.IdOf(secret);
        var answer = new Answer(201, new NewKeyView(id, name, ApiJson.Name(role.Value), creditors, secret)) { Location = $"/api/keys/{id}" };
        // Only hashes are kept, so the same request again is told of the same key without its secret.
        var kept = r.Receipt(answer with { Body = new NewKeyView(id, name, ApiJson.Name(role.Value), creditors, null) });
        return await keys.Add(secret, name, role.Value, creditors, kept, r.Ct) ? answer : await Changed(r);
    }

    public Task<Answer> ListKeys(ApiRequest r) =>
        List(r, registry.Keys, k => Sees(r.Caller, k), k => new KeyView(k.Id, k.Name, k.Role, k.Creditors, k.CreatedAt, k.Revoked));

    public async Task<Answer> RevokeKey(ApiRequest r)
    {
        if (await registry.Keys.Get(r.Route("id"), r.Ct) is not { } found || !Sees(r.Caller, found.Value))
            return Answer.NotFound("key");
        var answer = Answer.Ok(new RevokedKeyView(found.Value.Id, true));
        return await registry.Keys.Put(found.Value.Id, null, found.Value with { Revoked = true }, found.Version, r.Receipt(answer), r.Ct) ? answer : await Changed(r);
    }

    // By id, a page at a time; what the caller may not see is passed over.
    private static async Task<Answer> List<T, TView>(ApiRequest r, Shelf<T> shelf, Func<T, bool> sees, Func<T, TView> view)
    {
        var query = r.QueryAsBody();
        var (limit, after) = (Paging.Limit(query), Paging.After(query));
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        var items = new List<(string Id, T Value)>();
        IReadOnlyList<(string Id, T Value)> page;
        do
        {
            page = await shelf.List(null, after, Paging.Max, r.Ct);
            items.AddRange(page.Where(i => sees(i.Value)));
            after = page.Count > 0 ? page[^1].Id : after;
        }
        while (page.Count == Paging.Max && items.Count <= limit);
        var shown = items.Take(limit).ToList();
        return Answer.Ok(new PageView<TView>([.. shown.Select(i => view(i.Value))], items.Count > limit ? Paging.Cursor(shown[^1].Id) : null));
    }

    private static bool Sees(Caller caller, ApiKey key) => caller.Creditors is null || (key.Creditors is { } scope && scope.All(caller.Sees));

    private async Task<Creditor> Read(ApiRequest r, string id, Creditor? known)
    {
        var body = r.Body;
        var senders = body.Members("senders", max: 10).Select(s =>
            new Sender(s.Text("name", required: true) ?? "", s.Text("role"), PartyBody.Phone(s, "phone"), PartyBody.Email(s, "email"), s.Text("fromStep", max: 64)));
        var creditor = new Creditor(id, body.Text("name", required: true) ?? "")
        {
            Email = PartyBody.Email(body, "email"),
            Phone = PartyBody.Phone(body, "phone"),
            Address = PartyBody.Address(body.Member("address")),
            Country = PartyBody.Country(body, required: false),
            Siren = PartyBody.Siren(body),
            EnterpriseNumber = body.Text("enterpriseNumber", max: 20),
            Iban = PartyBody.Account(body),
            Bic = PartyBody.Bic(body),
            AcceptsCheques = body.Flag("cheque") ?? false,
            WithoutDebtorPage = body.Flag("debtorPage") == false,
            Language = PartyBody.Language(body) ?? "fr",
            Policy = await Named(r, id, "policy", DebtorKind.Business),
            ConsumerPolicy = await Named(r, id, "consumerPolicy", DebtorKind.Consumer),
            PublicPolicy = await Named(r, id, "publicPolicy", DebtorKind.Public),
            TestMode = body.OneOf("mode", new Dictionary<string, bool?> { ["test"] = true, ["live"] = false }) ?? known?.TestMode ?? false,
            EachAlone = body.Flag("oneVoice") == false,
            Senders = [.. senders],
            Collector = PartyBody.Collector(body),
        };
        return creditor with { SendingStopped = known?.SendingStopped ?? false, LedgerAsOf = known?.LedgerAsOf };
    }

    private async Task<string?> Named(ApiRequest r, string creditor, string field, DebtorKind kind)
    {
        if (r.Body.Text(field, max: 60) is not { } name)
            return null;
        if (await policies.Find(creditor, name, null, r.Ct) is not { } found)
            r.Body.Add(field, "unknownPolicy", $"there is no policy '{name}'.");
        else if (await policies.Get(found, r.Ct) is var policy && !PolicyRules.Fits(policy.Regime, new Debtor("", "", kind, "", "")))
            r.Body.Add(field, "regimeDoesNotFit", $"'{name}' follows {policy.Regime}, which does not fit a debtor of kind {ApiJson.Name(kind)}.");
        return name;
    }

    private async Task<Answer> Change(ApiRequest r, string id, Func<Creditor, Creditor> change, bool resume)
    {
        if (!r.Caller.Sees(id) || await registry.Creditors.Get(id, r.Ct) is not { } found)
            return Answer.NotFound("creditor");
        if (r.Precondition(EtagOf(found.Value)) is { } moved)
            return moved;
        var changed = change(found.Value);
        var answer = Answer.Ok(CreditorView.Of(changed));
        if (!await registry.Creditors.Put(id, id, changed, found.Version, r.Receipt(answer), r.Ct))
            return await Changed(r);
        if (resume)
            await Resume(r, id);
        return answer;
    }

    // What stays stopped for another reason finds that out at its next claim.
    private async Task Resume(ApiRequest r, string? creditor)
    {
        foreach (var id in await store.Stopped(creditor, r.Ct))
            await acknowledger.Tell(id, new CaseEvent.SendingResumed(), r.Caller.KeyId, r.Ct);
    }

    private static Answer NeedsStopped(ApiRequest r)
    {
        if (r.Body.Faults.Count == 0)
            r.Body.Add("stopped", "required", "is required: true or false.");
        return Answer.Invalid(r.Body.Faults);
    }

    private static string? EtagOf(Creditor? creditor) => creditor is null ? null : ApiPipeline.Etag(CreditorView.Of(creditor));

    // Or the very same request was faster.
    private async Task<Answer> Changed(ApiRequest r) =>
        await registry.Documents.Replay(r) ?? Answer.Conflict("changedMeanwhile", "It changed at the same time; read it and try again.");
}
