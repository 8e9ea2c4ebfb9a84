using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dunning.Service.Outgoing;

/// <summary>A name that leads to an address nothing is sent to.</summary>
public sealed class AddressRefused(string host) : IOException($"{host} has an address that nothing is sent to.");

/// <summary>
/// Sends one delivery, once. What is connected to is the very address that was judged, by no proxy; a redirect is an answer like any other and is not followed; of a
/// body no more is read than is shown.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    /// <summary>Standard Webhooks: 15 to 30 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int MostBody = 4096;
    private const int MostClip = 300;

    private readonly EgressRules _rules;
    private readonly TimeProvider _clock;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly TimeSpan _patience;
    private readonly HttpMessageInvoker _http;

    public WebhookSender(EgressRules rules, TimeProvider clock)
        : this(rules, clock, Dns.GetHostAddressesAsync, Patience)
    {
    }

    /// <param name="resolve">Looks names up.</param>
    public WebhookSender(EgressRules rules, TimeProvider clock, Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeSpan patience)
    {
        (_rules, _clock, _resolve, _patience) = (rules, clock, resolve, patience);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = patience,
            MaxResponseHeadersLength = 16,
            MaxConnectionsPerServer = 16,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = (context, ct) => Connect(context.DnsEndPoint, ct),
        });
    }

    /// <summary>Never throws for what the receiver does.</summary>
    public async Task<Sent> Send(string url, string id, string payload, IReadOnlyList<string> secrets, CancellationToken ct)
    {
        var time = Stopwatch.StartNew();
        // Judged again: the rules of today, whatever held when it was entered.
        if (_rules.Fault(url) is not null)
            return new(null, "addressNotAllowed", 0);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_patience);
        try
        {
            using var request = Request(url, id, payload, secrets);
            using var response = await _http.SendAsync(request, patience.Token);
            var clip = await Clip(response, patience.Token);
            return new((int)response.StatusCode, null, Millis(time), RetryAfter(response), clip);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException or SocketException)
        {
            ct.ThrowIfCancellationRequested();
            return new(null, Why(failure), Millis(time));
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string url, string id, string payload, IReadOnlyList<string> secrets)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(payload, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("User-Agent", "Dunning-Webhooks/1.0");
        foreach (var (name, value) in Signing.Headers(id, _clock.GetUtcNow(), payload, secrets))
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private async ValueTask<Stream> Connect(DnsEndPoint to, CancellationToken ct)
    {
        var addresses = await _resolve(to.Host.Trim('[', ']'), ct);
        // A name with one good and one bad address is no mistake of a platform's.
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, _rules.Allows))
            throw new AddressRefused(to.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<string> Clip(HttpResponseMessage response, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var bytes = new byte[MostBody];
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, read));
        return new([.. text.Take(MostClip).Select(c => char.IsControl(c) ? ' ' : c)]);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) ? null
        : response.Headers.RetryAfter is not { } asked ? null
        : asked.Delta ?? asked.Date - _clock.GetUtcNow();

    private static string Why(Exception failure) => failure switch
    {
        _ when failure is AddressRefused || failure.InnerException is AddressRefused => "addressNotAllowed",
        OperationCanceledException => "timeout",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "unknownHost",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls",
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } => "unknownHost",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "noConnection",
        HttpRequestException or IOException => "brokenAnswer",
        _ => "noConnection",
    };

    private static int Millis(Stopwatch time) => (int)Math.Min(time.ElapsedMilliseconds, int.MaxValue);
}
