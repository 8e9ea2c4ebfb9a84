using System.Text.Json.Serialization;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Verifying;
using Registry = Dunning.Service.Register.Registry;

namespace Dunning.Service.Api.Operations;

public sealed record WebhookSecretView(string Fingerprint, DateTimeOffset CreatedAt, string? Environment);

public sealed record WebhookSettingsView(string Creditor, string Provider, string Url, int Count, IReadOnlyList<WebhookSecretView> Secrets, string? WebhookId, bool ManualCapture)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subscription { get; init; }

    public static WebhookSettingsView Of(WebhookSettings s) => new(
        s.Creditor, s.Provider, $"/api/webhooks/{s.Provider}/{s.Creditor}", s.Secrets.Count,
        [.. s.Secrets.Select(x => new WebhookSecretView(x.Fingerprint, x.CreatedAt, x.Environment))],
        s.WebhookId, s.ManualCapture)
    {
        Subscription = s.Subscription,
    };
}

/// <summary>The secrets of a creditor's providers. They go in and never come out.</summary>
public sealed class WebhookSettingOperations(Registry registry, IEnumerable<IWebhookVerifier> verifiers)
{
    private const int MostSecrets = 8;
    private const int LeastLength = 6;

    /// <summary>What carries no money: reports of messages, and answers to them.</summary>
    private static readonly string[] Doors = ["twilio", "email", "mail"];

    public async Task<Answer> Get(ApiRequest r) =>
        r.Caller.Sees(r.Route("creditor")) && await registry.Webhooks.Get(Key(r), r.Ct) is { } found ? Answer.Ok(WebhookSettingsView.Of(found.Value)) : Answer.NotFound("webhook");

    /// <summary><c>{secrets, keep, webhookId?, manualCapture?, subscription?}</c>: keep names, by fingerprint, secrets that stay.</summary>
    public async Task<Answer> Put(ApiRequest r)
    {
        var (creditor, provider) = (r.Route("creditor"), r.Route("provider"));
        if (!r.Caller.Sees(creditor) || await registry.Creditors.Get(creditor, r.Ct) is null)
            return Answer.NotFound("creditor");
        if (!Doors.Contains(provider) && !verifiers.Any(v => v.Provider == provider))
            return Answer.NotFound("provider");
        var known = await registry.Webhooks.Get(Key(r), r.Ct);
        var settings = Read(r, creditor, provider, known?.Value);
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        if (r.Precondition(known is null ? null : ApiPipeline.Etag(WebhookSettingsView.Of(known.Value))) is { } moved)
            return moved;
        var answer = new Answer(known is null ? 201 : 200, WebhookSettingsView.Of(settings));
        return await registry.Webhooks.Put(Key(r), creditor, settings, known?.Version ?? 0, r.Receipt(answer), r.Ct)
            ? answer
            : await registry.Documents.Replay(r) ?? Answer.Conflict("changedMeanwhile", "It changed at the same time; read it and try again.");
    }

    private static WebhookSettings Read(ApiRequest r, string creditor, string provider, WebhookSettings? known)
    {
        var (body, isPayPal) = (r.Body, provider == "paypal");
        var given = body.Strings("secrets", max: MostSecrets) ?? [];
        foreach (var (secret, i) in given.Select((s, i) => (s, i)))
            if (Fault(r, provider, secret) is { } fault)
                body.Add($"secrets[{i}]", "invalidSecret", fault);
        var kept = new List<WebhookSecret>();
        foreach (var fingerprint in body.Strings("keep", max: MostSecrets) ?? [])
            if (known?.Secrets.Where(s => s.Fingerprint == fingerprint).ToList() is { Count: > 0 } found)
                kept.AddRange(found.Where(f => !kept.Contains(f)));
            else
                body.Add("keep", "unknownSecret", $"'{fingerprint}' is the fingerprint of no secret that is there.");
        var webhookId = body.Text("webhookId", required: isPayPal, max: 100);
        if (isPayPal && given.Count > 0)
            body.Add("secrets", "notUsed", "PayPal signs with its own certificate; only webhookId is needed.");
        if (!isPayPal && given.Count + kept.Count == 0 && body.Faults.Count == 0)
            body.Add("secrets", "required", "must name at least one.");
        IEnumerable<WebhookSecret> secrets = [.. kept, .. given.Distinct().Where(s => kept.TrueForAll(k => k.Value != s)).Select(s => known?.Secrets.FirstOrDefault(k => k.Value == s) ?? new(s, r.Now))];
        return new(creditor, provider) { Secrets = [.. secrets], WebhookId = webhookId, ManualCapture = body.Flag("manualCapture") ?? known?.ManualCapture ?? false, Subscription = provider == "email" ? body.Text("subscription", max: 100) : null };
    }

    private static string? Fault(ApiRequest r, string provider, string secret)
    {
        var fault = Secrets.Fault(secret, Secrets.Prefix, LeastLength, r.Caller, r.Route("creditor"));
        if (fault is not null || Secrets.Environment(secret) is not null)
            return fault;
        return provider switch
        {
            "standard" when StandardVerifier.KeyOf(secret) is null => "must be 24 to 64 bytes in base64, whsec_ before them or not, or whpk_ and the 32 bytes of an ed25519 public key.",
            "adyen" when AdyenVerifier.KeyOf(secret) is null => "must be the HMAC key in hexadecimal.",
            _ => null,
        };
    }

    private static string Key(ApiRequest r) => WebhookSettings.Key(r.Route("creditor"), r.Route("provider"));
}
