using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Reports;

/// <summary>
/// A door for those who do not sign: they present a secret, in the query (<c>?secret=</c>), as <c>Authorization: Bearer</c>, or as the password of
/// <c>Authorization: Basic</c>. Compared in constant time, whatever its length.
/// </summary>
public static class DoorSecret
{
    public static bool Opens(HttpRequest request, IReadOnlyList<string> secrets)
    {
        var opens = false;
        foreach (var presented in Presented(request))
            foreach (var secret in secrets)
                opens |= CryptographicOperations.FixedTimeEquals(Hash(presented), Hash(secret));
        return opens;
    }

    private static IEnumerable<string> Presented(HttpRequest request)
    {
        if (request.Query["secret"] is [{ Length: > 0 } query])
            yield return query;
        if (request.Headers.Authorization is not [{ } header] || header.Split(' ', 2) is not [var scheme, var value])
            yield break;
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            yield return value.Trim();
        if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && Password(value.Trim()) is { } password)
            yield return password;
    }

    private static string? Password(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
