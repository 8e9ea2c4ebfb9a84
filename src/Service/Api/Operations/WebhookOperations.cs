using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Reading;
using Dunning.Service.Webhooks.Verifying;
using Microsoft.Extensions.Logging;
using Registry = Dunning.Service.Register.Registry;

namespace Dunning.Service.Api.Operations;

/// <summary>How many events of a delivery were new.</summary>
public sealed record WebhookReceipt(int Stored, int Known);

/// <summary>
/// Deliveries of payment providers: judged by their bytes, stored, answered; processed after. Whoever is refused is told nothing more, not even whether the creditor
/// exists.
/// </summary>
public sealed class WebhookOperations(
    Registry registry, Secrets secrets, WebhookInbox inbox, CaseFinder cases, IArrivals arrivals, IEnumerable<IWebhookVerifier> verifiers, IEnumerable<IProviderReader> readers,
    ILogger<WebhookOperations> log)
{
    private readonly Dictionary<string, IWebhookVerifier> _verifiers = verifiers.ToDictionary(v => v.Provider, StringComparer.Ordinal);
    private readonly Dictionary<string, IProviderReader> _readers = readers.ToDictionary(r => r.Provider, StringComparer.Ordinal);

    public async Task<Answer> Receive(ApiRequest r)
    {
        var (provider, creditor) = (r.Route("provider"), r.Route("creditor"));
        // Nothing is read of a body that is too large, nor unpacked of one that is packed.
        if (await ApiPipeline.ReadBody(r.Http.Request) is not { } bytes)
            return Answer.Refuse(413, "tooLarge", $"The body must not be larger than {ApiPipeline.MaxBody} bytes.");
        if (r.Http.Request.Headers.ContentEncoding.ToString() is not ("" or "identity"))
            return Answer.Refuse(415, "unsupportedEncoding", "The body must not be compressed.");
        if (!_verifiers.TryGetValue(provider, out var verifier) || await registry.Webhooks.Get(WebhookSettings.Key(creditor, provider), r.Ct) is not { } settings)
            return Refused(Verdict.Forged, provider, creditor, bytes);
        var verdict = await verifier.Verify(new(r.Http.Request.Headers, bytes), secrets.Of(settings.Value), r.Now, r.Ct);
        if (verdict != Verdict.Genuine)
            return Refused(verdict, provider, creditor, bytes);
        using var body = WebhookBody.Read(bytes);
        if (body is null)
            return Refused(Verdict.Malformed, provider, creditor, bytes);
        var (hash, reader) = (Hash(bytes), _readers[provider]);
        var split = reader.Split(body.RootElement, r.Http.Request.Headers).ToList();
        // All or nothing of a delivery: the provider is told of it as a whole.
        foreach (var (id, @event) in split)
            if (Named(reader, @event, id, settings.Value, r.Now) is { } named && await cases.IsOfAnother(creditor, named, r.Ct))
            {
                log.LogWarning("Webhook of {Provider} for {Creditor} refused: it names an invoice of another creditor, body {Hash}", provider, creditor, hash);
                return Answer.NotFound("invoice");
            }
        var events = split.Select(e => new WebhookEvent(creditor, provider, EventId(e.Id, e.Event.GetRawText()), r.Now, hash, e.Event.GetRawText())).DistinctBy(e => e.EventId).ToList();
        var isNew = await Task.WhenAll(events.Select(e => inbox.Store(e, r.Ct)));
        var stored = events.Zip(isNew).Where(e => e.Second).Select(e => e.First.Id).ToList();
        if (stored.Count > 0)
            arrivals.Arrived(r.Http, stored);
        return Answer.Ok(new WebhookReceipt(stored.Count, events.Count - stored.Count));
    }

    // An event that cannot be read is stored like any other, and fails where a person sees it.
    private string? Named(IProviderReader reader, JsonElement @event, string? id, WebhookSettings settings, DateTimeOffset now)
    {
        try
        {
            return reader.Read(@event, id ?? "", settings, now)?.Invoice;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            log.LogError(failure, "A delivery of {Provider} cannot be read", reader.Provider);
            return null;
        }
    }

    private Answer Refused(Verdict verdict, string provider, string creditor, byte[] body)
    {
        log.LogWarning("Webhook of {Provider} for {Creditor} refused: {Verdict}, body {Hash}", Plain(provider), Plain(creditor), verdict, Hash(body));
        return verdict == Verdict.Malformed
            ? Answer.Refuse(400, "malformed", "The delivery cannot be read.")
            : Answer.Refuse(401, "badSignature", "The signature does not hold.");
    }

    // A provider's id goes into keys as it is; anything unusual by its hash.
    private static string EventId(string? id, string @event) =>
        id is { Length: > 0 and <= 100 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':') ? id : "sha256-" + Hash(Encoding.UTF8.GetBytes(id ?? @event));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Plain(string routed) => new([.. routed.Take(64).Select(c => c is >= ' ' and <= '~' ? c : '?')]);
}
