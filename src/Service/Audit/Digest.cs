using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Service.Audit;

/// <summary>Where a log stood: its length, and the hash of its last row in hexadecimal.</summary>
public sealed record CoveredHead(string Case, long Length, string Hash);

/// <summary>
/// What a day's digest says and signs: the logs that changed since the one before it. Root is SHA-256 over the heads it covers, one a line, <c>case length hash</c>, in
/// the order of their names; Previous is that of the digest before it, signature included.
/// </summary>
public sealed record Digest(DateOnly Date, DateTimeOffset At, int Count, string Root, string Previous)
{
    /// <summary>Names the key: the start of the SHA-256 of its public half; null for one that nobody signed.</summary>
    public string? Key { get; init; }

    /// <summary>ECDSA on P-256 with SHA-256 over <see cref="Text"/>, DER, in base64.</summary>
    public string? Signature { get; init; }

    /// <summary>What is signed, in UTF-8.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"dunning-digest/1\n{Date:yyyy-MM-dd}\n{At.UtcDateTime:O}\n{Count}\n{Root}\n{Previous}");

    /// <summary>What the next one is chained to.</summary>
    public string Hash => Hex($"{Text}\n{Key}\n{Signature}");

    public static string RootOf(IEnumerable<CoveredHead> heads) =>
        Hex(string.Concat(heads.OrderBy(h => h.Case, StringComparer.Ordinal).Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Case} {h.Length} {h.Hash}\n"))));

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>A digest with what it covers, as it is written out.</summary>
public sealed record WrittenDigest(Digest Digest, IReadOnlyList<CoveredHead> Heads);

/// <summary>The half of a key that everybody may know, PEM. Name is what digests call it by.</summary>
public sealed record PublicHalf(string Name, string Pem);

/// <summary>Signs digests, and knows the signatures of those it trusts.</summary>
public sealed class DigestSigner : IDisposable
{
    private readonly ECDsa? _private;
    private readonly Dictionary<string, ECDsa> _trusted = new(StringComparer.Ordinal);

    /// <summary>What its digests will name; null when it signs nothing.</summary>
    public string? Name => _private is null ? null : NameOf(_private);

    /// <param name="privateKey">PKCS#8, PEM; null signs nothing.</param>
    /// <param name="trusted">Public keys that signed before this one, PEM.</param>
    /// <exception cref="FormatException">One of them is no key.</exception>
    public DigestSigner(string? privateKey, params IReadOnlyList<string> trusted)
    {
        foreach (var pem in privateKey is null ? trusted : [privateKey, .. trusted])
        {
            var key = Import(pem) ?? throw new FormatException("The key that signs the audit digests must be an EC key in PEM.");
            if (!_trusted.TryAdd(NameOf(key), key))
                key.Dispose();
            else if (ReferenceEquals(pem, privateKey))
                _private = key;
        }
    }

    /// <summary>Of either half; null when it is no EC key in PEM.</summary>
    public static PublicHalf? PublicHalfOf(string pem)
    {
        using var key = Import(pem);
        return key is null ? null : new(NameOf(key), key.ExportSubjectPublicKeyInfoPem() + "\n");
    }

    public static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    public Digest Sign(Digest digest) => _private is null ? digest : digest with
    {
        Key = NameOf(_private),
        Signature = Convert.ToBase64String(_private.SignData(Encoding.UTF8.GetBytes(digest.Text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
    };

    /// <summary>Null when a key we trust signed it; else what is wrong.</summary>
    public Told? Fault(Digest digest)
    {
        if (digest is not { Key: { } name, Signature: { } signature })
            return FaultWords.Unsigned;
        if (!_trusted.TryGetValue(name, out var key))
            return FaultWords.UnknownKey(name);
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length)
            && key.VerifyData(Encoding.UTF8.GetBytes(digest.Text), bytes.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ? null
            : FaultWords.WrongSignature;
    }

    public void Dispose()
    {
        foreach (var key in _trusted.Values)
            key.Dispose();
    }

    private static ECDsa? Import(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            // A setting holds a line: its breaks may be written as \n.
            key.ImportFromPem(pem.Replace("\\n", "\n", StringComparison.Ordinal));
            return key;
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }

    private static string NameOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
}
