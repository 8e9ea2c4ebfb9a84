using System.Net.Http.Headers;
using System.Text.Json;
using Dunning.Service.Webhooks;

namespace Dunning.Service.Links;

/// <summary>Where providers are. Only whoever deploys the host says so, never the API: a key goes nowhere else.</summary>
public sealed record ProviderAddresses
{
    public Uri Stripe { get; init; } = new("https://api.stripe.com");

    public Uri GoCardless { get; init; } = new("https://api.gocardless.com");

    public Uri GoCardlessSandbox { get; init; } = new("https://api-sandbox.gocardless.com");

    public Uri Mollie { get; init; } = new("https://api.mollie.com");

    /// <summary>DUNNING_STRIPE_URL, DUNNING_GOCARDLESS_URL (its sandbox too) and DUNNING_MOLLIE_URL, for a gateway in between.</summary>
    /// <exception cref="FormatException">One of them is no address.</exception>
    public static ProviderAddresses From(Func<string, string?> environment)
    {
        var usual = new ProviderAddresses();
        return new()
        {
            Stripe = Read("DUNNING_STRIPE_URL") ?? usual.Stripe,
            GoCardless = Read("DUNNING_GOCARDLESS_URL") ?? usual.GoCardless,
            GoCardlessSandbox = Read("DUNNING_GOCARDLESS_URL") ?? usual.GoCardlessSandbox,
            Mollie = Read("DUNNING_MOLLIE_URL") ?? usual.Mollie,
        };

        Uri? Read(string name) => environment(name) is not { Length: > 0 } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.IsLoopback) ? url
            : throw new FormatException($"{name} is not an https:// address.");
    }
}

/// <summary>What a provider answered. At is the instant by its own clock, which its events are told by, too.</summary>
public sealed record ProviderAnswer(int Status, JsonElement Body, DateTimeOffset At)
{
    public bool IsGone => Status is 404 or 410;

    /// <summary>Null for an object that is not of this account.</summary>
    /// <exception cref="ProviderUnreached">It is neither there nor gone: a request the provider does not understand.</exception>
    public JsonElement? Found(string provider) => Status < 300 ? Body : IsGone ? null : throw new ProviderUnreached($"{provider} answered {Status}");
}

/// <summary>Requests to providers: short patience, no redirects, and nothing of a request or an answer in any message.</summary>
public sealed class ProviderHttp(TimeProvider clock) : IDisposable
{
    private const int Largest = 4 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(4), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = Largest,
    };

    /// <exception cref="ProviderUnreached">No answer, too busy, broken, or the key is not taken.</exception>
    public async Task<ProviderAnswer> Send(string provider, HttpMethod method, Uri url, string apiKey, HttpContent? body, string? idempotencyKey, CancellationToken ct, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body };
        if (!request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {apiKey}"))
            throw new ProviderUnreached($"{provider}: its key is no key");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await _http.SendAsync(request, ct);
            var status = (int)response.StatusCode;
            if (status is 401 or 403 or 408 or 425 or 429 or (>= 300 and < 400) or >= 500)
                throw new ProviderUnreached($"{provider} answered {status}");
            using var json = WebhookBody.Read(await response.Content.ReadAsByteArrayAsync(ct));
            if (json is null && status < 300 && status != 204)
                throw new ProviderUnreached($"{provider} answered what is no JSON");
            return new(status, json?.RootElement.Clone() ?? default, response.Headers.Date ?? clock.GetUtcNow());
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new ProviderUnreached($"{provider} did not answer ({failure.GetType().Name})");
        }
    }

    public void Dispose() => _http.Dispose();
}
