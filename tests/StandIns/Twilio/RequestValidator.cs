using System.Collections.Specialized;
using System.Security.Cryptography;
using System.Text;

namespace Twilio.Security;

public class RequestValidator
{
    private readonly byte[] _secret;

    public RequestValidator(string secret) => _secret = Encoding.UTF8.GetBytes(secret);

    public bool Validate(string url, NameValueCollection parameters, string expected) =>
        Validate(url, parameters.AllKeys.Where(key => key is not null).ToDictionary(key => key, key => parameters[key]), expected);

    public bool Validate(string url, IDictionary<string, string> parameters, string expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        ArgumentException.ThrowIfNullOrEmpty(expected);
        var joined = string.Concat((parameters ?? new Dictionary<string, string>()).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key + p.Value));
        // The signer does not always agree with itself about writing the port.
        return Matches(url + joined, expected) || Matches(WithOrWithoutPort(url) + joined, expected);
    }

    public bool Validate(string url, string body, string expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        ArgumentException.ThrowIfNullOrEmpty(expected);
        var hash = new Uri(url).Query.TrimStart('?').Split('&').Select(p => p.Split('=')).LastOrDefault(p => p[0] == "bodySHA256");
        return Validate(url, (IDictionary<string, string>)null, expected) && ValidateBody(body, hash is null ? "" : Uri.UnescapeDataString(hash[1]));
    }

    public static bool ValidateBody(string rawBody, string expected) =>
        IsSame(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rawBody))), expected);

    private bool Matches(string signed, string expected) =>
        IsSame(Convert.ToBase64String(HMACSHA1.HashData(_secret, Encoding.UTF8.GetBytes(signed))), expected);

    private static bool IsSame(string actual, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(actual), Encoding.UTF8.GetBytes(expected));

    private static string WithOrWithoutPort(string url)
    {
        var uri = new Uri(url);
        var authority = $"{uri.Scheme}://{uri.Host}";
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var path = rest.IndexOfAny(['/', '?']) is var slash and >= 0 ? rest[slash..] : "";
        var hasPort = rest[..(rest.Length - path.Length)].Contains(':', StringComparison.Ordinal);
        return hasPort ? authority + path : $"{authority}:{uri.Port}{path}";
    }
}
