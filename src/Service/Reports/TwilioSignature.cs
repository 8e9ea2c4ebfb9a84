using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Dunning.Service.Reports;

/// <summary>
/// <c>X-Twilio-Signature</c>: base64 of an HMAC-SHA1 under the auth token, over the whole address and then, of a form, each parameter by name (ordinal), name
/// and value without a separator (twilio-csharp, RequestValidator.cs). No time is signed. The address is the one we gave out, never the one a request tells.
/// </summary>
public static class TwilioSignature
{
    /// <param name="tokens">Any one may have signed: during a rotation two are valid.</param>
    public static bool OfForm(string address, IReadOnlyDictionary<string, StringValues> form, string presented, IReadOnlyList<string> tokens)
    {
        var signed = new StringBuilder();
        foreach (var (name, values) in form.OrderBy(f => f.Key, StringComparer.Ordinal))
            foreach (var value in values.Distinct().Order(StringComparer.Ordinal))
                signed.Append(name).Append(value);
        return Holds(address, signed.ToString(), presented, tokens);
    }

    /// <summary>Of a JSON body the address alone is signed, which names the body's SHA-256 in its query.</summary>
    public static bool OfBody(string address, string sha256, ReadOnlySpan<byte> body, string presented, IReadOnlyList<string> tokens)
    {
        var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body)));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(sha256)) && Holds(address, "", presented, tokens);
    }

    private static bool Holds(string address, string fields, string presented, IReadOnlyList<string> tokens)
    {
        var signature = Encoding.UTF8.GetBytes(presented);
        var holds = false;
        foreach (var token in tokens)
            foreach (var spelling in Spellings(address))
                holds |= CryptographicOperations.FixedTimeEquals(Sign(token, spelling, fields), signature);
        return holds;
    }

    // As text: a signature has one spelling.
    private static byte[] Sign(string token, string address, string fields)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(token));
        hash.AppendData(Encoding.UTF8.GetBytes(address));
        hash.AppendData(Encoding.UTF8.GetBytes(fields));
        return Encoding.ASCII.GetBytes(Convert.ToBase64String(hash.GetHashAndReset()));
    }

    // Twilio signs with and without the port, "inconsistently", its own client says.
    private static IEnumerable<string> Spellings(string address)
    {
        yield return address;
        var uri = new Uri(address);
        var host = $"{uri.Scheme}://{uri.Host}";
        var rest = address.IndexOf('/', address.IndexOf("//", StringComparison.Ordinal) + 2);
        if (rest > 0)
            yield return address[..rest] == host ? $"{host}:{uri.Port}{address[rest..]}" : host + address[rest..];
    }
}
