using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Policies;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

public sealed record NewKeyView(string Id, string Name, string Role, IReadOnlyList<string>? Creditors, string Secret);

public sealed record KeyView(string Id, string Name, string Role, IReadOnlyList<string>? Creditors, DateTimeOffset CreatedAt, bool Revoked);

public sealed record CreditorView(
    string Id, string Name, string? Email, string? Phone, AddressView? Address, string? Country, string? Siren, string? EnterpriseNumber, string? Iban, string Language,
    string? Policy, string? ConsumerPolicy, string? PublicPolicy, string Mode, bool SendingStopped, DateOnly? LedgerAsOf, IReadOnlyList<Sender> Senders)
{
    public static CreditorView Of(Creditor c) => new(c.Id, c.Name, c.Email, c.Phone, c.Address is { } a ? new(a.Line1, a.Line2, a.PostalCode, a.City) : null, c.Country, c.Siren,
        c.EnterpriseNumber, c.Iban is { } iban ? Domain.Iban.Parse(iban).Display : null, c.Language, c.Policy, c.ConsumerPolicy, c.PublicPolicy, c.TestMode ? "test" : "live",
        c.SendingStopped, c.LedgerAsOf, c.Senders);
}

/// <summary>Creditors, their keys, their books and the stop switches.</summary>
public sealed class TenantOperations(Registry registry, KeyRing keys, ICaseStore store, PolicyBook policies, Acknowledger acknowledger)
{
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
        var answer = new Answer(known is null ? 201 : 200, CreditorView.Of(creditor)) { Location = $"/api/creditors/{id}" };
        return await registry.Creditors.Put(id, id, creditor, known?.Version ?? 0, r.Receipt(answer), r.Ct) ? answer : Changed();
    }

    public async Task<Answer> GetCreditor(ApiRequest r) =>
        r.Caller.Sees(r.Route("id")) && await registry.Creditors.Get(r.Route("id"), r.Ct) is { } found ? Answer.Ok(CreditorView.Of(found.Value)) : Answer.NotFound("creditor");

    public async Task<Answer> ListCreditors(ApiRequest r)
    {
        var found = await registry.Creditors.List(null, null, 1000, r.Ct);
        return Answer.Ok(new PageView<CreditorView>([.. found.Where(c => r.Caller.Sees(c.Id)).Select(c => CreditorView.Of(c.Value))], null));
    }

    public async Task<Answer> PutLedger(ApiRequest r)
    {
        var (id, asOf) = (r.Route("id"), r.Body.Date("asOf", required: true));
        if (asOf is null)
            return Answer.Invalid(r.Body.Faults);
        return await Change(r, id, c => c with { LedgerAsOf = asOf > c.LedgerAsOf || c.LedgerAsOf is null ? asOf : c.LedgerAsOf }, resume: true);
    }

    public Task<Answer> PutCreditorSending(ApiRequest r) => r.Body.Flag("stopped") is { } stopped && r.Body.Faults.Count == 0
        ? Change(r, r.Route("id"), c => c with { SendingStopped = stopped }, resume: !stopped)
        : Task.FromResult(NeedsStopped(r));

    public async Task<Answer> PutSending(ApiRequest r)
    {
        if (r.Body.Flag("stopped") is not { } stopped || r.Body.Faults.Count > 0)
            return NeedsStopped(r);
        var known = await registry.Sending.Get(Switches.Global, r.Ct);
        var state = new SendingSwitch(stopped, r.Body.Note("reason"), r.Caller.KeyId, r.Now);
        if (!await registry.Sending.Put(Switches.Global, null, state, known?.Version ?? 0, r.Receipt(Answer.Ok(state)), r.Ct))
            return Changed();
        if (!stopped)
            await Resume(r, null);
        return Answer.Ok(state);
    }

    public async Task<Answer> GetSending(ApiRequest r) =>
        Answer.Ok((await registry.Sending.Get(Switches.Global, r.Ct))?.Value ?? new SendingSwitch(false, null, null, null));

    public async Task<Answer> AddKey(ApiRequest r)
    {
        var name = r.Body.Text("name", required: true, max: 100);
        var role = r.Body.OneOf("role", new[] { Role.Read, Role.Ingest, Role.Operator, Role.Admin }.ToDictionary(ApiJson.Name, x => (Role?)x), required: true);
        var creditors = r.Body.Strings("creditors", max: 200);
        foreach (var creditor in creditors ?? [])
            if (!r.Caller.Sees(creditor) || await registry.Creditors.Get(creditor, r.Ct) is null)
                r.Body.Add("creditors", "unknownCreditor", $"'{creditor}' is not registered.");
        if (creditors is null && r.Caller.Creditors is not null)
            r.Body.Add("creditors", "required", "is required with a key that is scoped itself.");
        if (role is null || name is null || r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        var secret = KeyRing.NewSecret();
        var key = await keys.Add(secret, name, role.Value, creditors, null, r.Ct);
        return new Answer(201, new NewKeyView(key.Id, name, key.Role, creditors, secret)) { Location = $"/api/keys/{key.Id}" };
    }

    public async Task<Answer> ListKeys(ApiRequest r)
    {
        var found = await registry.Keys.List(null, null, 1000, r.Ct);
        return Answer.Ok(new PageView<KeyView>([.. found.Select(k => k.Value).Where(k => Sees(r.Caller, k))
            .Select(k => new KeyView(k.Id, k.Name, k.Role, k.Creditors, k.CreatedAt, k.Revoked))], null));
    }

    public async Task<Answer> RevokeKey(ApiRequest r)
    {
        if (await registry.Keys.Get(r.Route("id"), r.Ct) is not { } found || !Sees(r.Caller, found.Value))
            return Answer.NotFound("key");
        return await registry.Keys.Put(found.Value.Id, null, found.Value with { Revoked = true }, found.Version, null, r.Ct) ? Answer.Ok(new { found.Value.Id, Revoked = true }) : Changed();
    }

    private static bool Sees(Caller caller, ApiKey key) => caller.Creditors is null || (key.Creditors is { } scope && scope.All(caller.Sees));

    private async Task<Creditor> Read(ApiRequest r, string id, Creditor? known)
    {
        var body = r.Body;
        var iban = body.Text("iban", max: 60);
        Iban? account = null;
        if (iban is not null && !Iban.TryParse(iban, out account, out var why))
            body.Add("iban", "invalidIban", why!);
        var senders = body.Members("senders", max: 10).Select(s =>
            new Sender(s.Text("name", required: true) ?? "", s.Text("role"), PartyBody.Phone(s, "phone"), PartyBody.Email(s, "email"), s.Text("fromStep", max: 64)));
        var creditor = new Creditor(id, body.Text("name", required: true) ?? "")
        {
            Email = PartyBody.Email(body, "email"),
            Phone = PartyBody.Phone(body, "phone"),
            Address = PartyBody.Address(body.Member("address")),
            Country = body.Text("country", max: 2),
            Siren = PartyBody.Siren(body),
            EnterpriseNumber = body.Text("enterpriseNumber", max: 20),
            Iban = account?.Value,
            Language = body.Text("language", max: 2) ?? "fr",
            Policy = await Named(r, id, "policy"),
            ConsumerPolicy = await Named(r, id, "consumerPolicy"),
            PublicPolicy = await Named(r, id, "publicPolicy"),
            TestMode = body.OneOf("mode", new Dictionary<string, bool?> { ["test"] = true, ["live"] = false }) ?? false,
            Senders = [.. senders],
        };
        return creditor with { SendingStopped = known?.SendingStopped ?? false, LedgerAsOf = known?.LedgerAsOf };
    }

    private async Task<string?> Named(ApiRequest r, string creditor, string field)
    {
        if (r.Body.Text(field, max: 60) is not { } name)
            return null;
        if (await policies.Find(creditor, name, null, r.Ct) is null)
            r.Body.Add(field, "unknownPolicy", $"there is no policy '{name}'.");
        return name;
    }

    private async Task<Answer> Change(ApiRequest r, string id, Func<Creditor, Creditor> change, bool resume)
    {
        if (!r.Caller.Sees(id) || await registry.Creditors.Get(id, r.Ct) is not { } found)
            return Answer.NotFound("creditor");
        var changed = change(found.Value);
        var answer = Answer.Ok(CreditorView.Of(changed));
        if (!await registry.Creditors.Put(id, id, changed, found.Version, r.Receipt(answer), r.Ct))
            return Changed();
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

    private static Answer Changed() => Answer.Conflict("changedMeanwhile", "It changed at the same time; read it and try again.");
}
