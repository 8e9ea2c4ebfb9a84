using Dunning.Service.Links;
using Dunning.Service.Webhooks;
using Registry = Dunning.Service.Register.Registry;

namespace Dunning.Service.Api.Operations;

public sealed record PaymentKeyView(string Provider, string Fingerprint, DateTimeOffset CreatedAt, string? Environment);

public sealed record PaymentSettingsView(string Creditor, string? Provider, IReadOnlyList<PaymentKeyView> Keys, string? UrlTemplate, string? ReturnUrl)
{
    public static PaymentSettingsView Of(PaymentSettings s) => new(
        s.Creditor, s.Provider, [.. s.Keys.Select(k => new PaymentKeyView(k.Provider, k.Fingerprint, k.CreatedAt, k.Environment))], s.Template, s.ReturnUrl);
}

/// <summary>How a creditor's debtors pay online. Keys go in and never come out.</summary>
public sealed class PaymentSettingOperations(Registry registry, PaymentAccounts accounts, IEnumerable<IPaymentProvider> providers)
{
    private const int LeastLength = 12;

    public async Task<Answer> Get(ApiRequest r) =>
        r.Caller.Sees(r.Route("creditor")) && await accounts.Find(r.Route("creditor"), r.Ct) is { } found ? Answer.Ok(PaymentSettingsView.Of(found.Value)) : Answer.NotFound("payments");

    /// <summary><c>{provider?, apiKey?, urlTemplate?, returnUrl?}</c>: a key stays until another is given; apiKey null forgets all.</summary>
    public async Task<Answer> Put(ApiRequest r)
    {
        var creditor = r.Route("creditor");
        if (!r.Caller.Sees(creditor) || await registry.Creditors.Get(creditor, r.Ct) is null)
            return Answer.NotFound("creditor");
        var known = await accounts.Find(creditor, r.Ct);
        var settings = Read(r, creditor, known?.Value);
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        if (r.Precondition(known is null ? null : ApiPipeline.Etag(PaymentSettingsView.Of(known.Value))) is { } moved)
            return moved;
        var answer = new Answer(known is null ? 201 : 200, PaymentSettingsView.Of(settings));
        return await accounts.Put(settings, known?.Version ?? 0, r.Receipt(answer), r.Ct)
            ? answer
            : await registry.Documents.Replay(r) ?? Answer.Conflict("changedMeanwhile", "It changed at the same time; read it and try again.");
    }

    private PaymentSettings Read(ApiRequest r, string creditor, PaymentSettings? known)
    {
        var body = r.Body;
        var provider = body.OneOf("provider", providers.ToDictionary(p => p.Provider, p => p.Provider));
        var (given, forgets) = (body.Text("apiKey", max: 256), body.IsNull("apiKey"));
        if (given is not null && KeyFault(r, provider, given) is { } fault)
            body.Add("apiKey", "invalidKey", fault);
        if (given is not null && !body.Has("provider"))
            body.Add("provider", "required", "must say whose key it is.");
        if (given is null && provider is not null && (forgets || known?.Key(provider) is null))
            body.Add("apiKey", "required", "is required: no link is made without it.");
        var template = body.Text("urlTemplate", max: UrlTemplate.Longest);
        foreach (var wrong in template is null ? [] : UrlTemplate.Faults(template))
            body.Add("urlTemplate", "invalidTemplate", wrong);
        var keys = (forgets ? [] : known?.Keys ?? []).Where(k => given is null || k.Provider != provider).ToList();
        if (given is not null && provider is not null)
            keys.Add(known?.Key(provider) is { } same && same.Value == given ? same : new(provider, given, r.Now));
        return new(creditor) { Provider = provider, Keys = keys, Template = template, ReturnUrl = RegistrationBody.Url(body, "returnUrl") };
    }

    private static string? KeyFault(ApiRequest r, string? provider, string key)
    {
        var fault = Secrets.Fault(key, ProviderKey.Prefix, LeastLength, r.Caller, r.Route("creditor"));
        if (fault is not null || Secrets.Environment(key) is not null)
            return fault;
        return provider == "stripe" && !(key.StartsWith("sk_", StringComparison.Ordinal) || key.StartsWith("rk_", StringComparison.Ordinal)) ? "must be a secret key, sk_…, or a restricted one, rk_…." : null;
    }
}
