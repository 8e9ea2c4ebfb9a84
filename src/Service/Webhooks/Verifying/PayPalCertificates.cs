using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dunning.Service.Webhooks.Verifying;

/// <summary>Brings the certificates an address names, in PEM, the signer's first; null when it cannot.</summary>
public interface ICertificateSource
{
    Task<string?> Fetch(Uri address, CancellationToken ct);
}

/// <summary>
/// The certificates PayPal signs with. An address that is not PayPal's is never asked: it came with a request nobody has vouched for yet. A certificate counts
/// while it is valid, when its chain ends at a root that is trusted and its name is of paypal.com.
/// </summary>
/// <param name="roots">The roots to trust; null trusts those of the system.</param>
public sealed class PayPalCertificates(ICertificateSource source, X509Certificate2Collection? roots = null) : IDisposable
{
    private const int Most = 50;
    private const int SmallestKey = 2048;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(12);
    private static readonly string[] Hosts = ["api.paypal.com", "api.sandbox.paypal.com", "api-m.paypal.com", "api-m.sandbox.paypal.com"];

    private readonly ConcurrentDictionary<string, (byte[] Key, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);

    // One at a time: forged requests must not make us a means to flood somebody.
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The signer's public key (SubjectPublicKeyInfo); null when nothing at that address may be trusted.</summary>
    public async Task<byte[]?> Find(string address, DateTimeOffset now, CancellationToken ct)
    {
        if (!IsPayPals(address, out var uri))
            return null;
        if (_known.TryGetValue(address, out var known) && known.Until > now)
            return known.Key;
        await _one.WaitAsync(ct);
        try
        {
            if (_known.TryGetValue(address, out known) && known.Until > now)
                return known.Key;
            if (await source.Fetch(uri, ct) is not { } pem || Trusted(pem, now) is not var (key, until))
                return null;
            if (_known.Count >= Most)
                _known.Clear();
            _known[address] = (key, until < now + KeptFor ? until : now + KeptFor);
            return key;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static bool IsPayPals(string address, out Uri uri) =>
        Uri.TryCreate(address, UriKind.Absolute, out uri!) && uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && uri.UserInfo.Length == 0
        && Hosts.Contains(uri.Host, StringComparer.Ordinal);

    private (byte[] Key, DateTimeOffset Until)? Trusted(string pem, DateTimeOffset now)
    {
        var sent = new X509Certificate2Collection();
        try
        {
            sent.ImportFromPem(pem);
            if (sent.Count == 0 || !IsTrusted(sent, now) || sent[0].GetNameInfo(X509NameType.SimpleName, forIssuer: false) is not { } name
                || !name.EndsWith(".paypal.com", StringComparison.OrdinalIgnoreCase))
                return null;
            using var rsa = sent[0].GetRSAPublicKey();
            return rsa is { KeySize: >= SmallestKey } ? (rsa.ExportSubjectPublicKeyInfo(), sent[0].NotAfter) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            foreach (var certificate in sent)
                certificate.Dispose();
        }
    }

    private bool IsTrusted(X509Certificate2Collection sent, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.VerificationTime = now.UtcDateTime;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        // Nothing is fetched but what was: a certificate may name any address for its issuer.
        policy.DisableCertificateDownloads = true;
        policy.ExtraStore.AddRange(sent);
        if (roots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }
        return chain.Build(sent[0]);
    }
}

/// <summary>Over https, without redirects, a few seconds and a few kilobytes at most.</summary>
public sealed class HttpCertificates : ICertificateSource, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(3) })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 64 * 1024,
    };

    public async Task<string?> Fetch(Uri address, CancellationToken ct)
    {
        try
        {
            using var response = await _http.GetAsync(address, ct);
            return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(ct) : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
