using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Service.Portal;

/// <summary>
/// The key tokens are made with: 128 bits of an HMAC over the case, so that a message written again carries the same link and nothing but a hash is kept. Without
/// it there is no debtor's page; with another one every link sent before is dead.
/// </summary>
public sealed class PortalKey(byte[]? secret)
{
    /// <summary>Characters of a token: 16 bytes in base64url.</summary>
    public const int TokenLength = 22;

    private const int TokenBytes = 16;

    public bool IsSet => secret is not null;

    /// <exception cref="InvalidOperationException">There is no secret.</exception>
    public string Token(string caseId, int generation) => Made($"portal|{caseId}|{generation}");

    /// <summary>
    /// What every form of a page carries. No cookie says who somebody is, the address does: whoever does not know it can make no form, and whoever knows it needs
    /// nobody's browser. This keeps out what posts to an address without having read the page, as scanners of mail may.
    /// </summary>
    public string Form(string token) => Made($"form|{token}");

    public static bool Same(string? presented, string expected) =>
        presented is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), Encoding.UTF8.GetBytes(expected));

    /// <summary>All that is kept of a token.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private string Made(string what) => Base64Url.EncodeToString(
        HMACSHA256.HashData(secret ?? throw new InvalidOperationException("The debtor's page has no key."), Encoding.UTF8.GetBytes(what)).AsSpan(0, TokenBytes));
}
