using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Console;

/// <summary>
/// The token every form carries: a MAC over who is signed in, under a key of the browser's own cookie. Another site can make the browser send the cookie at most, never
/// read it, nor make the token.
/// </summary>
internal static class FormToken
{
    private const string Cookie = "dunning_forms";
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    /// <summary>The token of this browser; it is given its cookie if it has none.</summary>
    public static string Of(HttpContext http, SignedIn? who)
    {
        var key = http.Request.Cookies[Cookie];
        if (key is not { Length: 64 })
        {
            key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            http.Response.Cookies.Append(Cookie, key, ConsoleCookies.Strict(http, Life));
        }
        return Mac(key, who);
    }

    public static bool Holds(HttpContext http, SignedIn? who, string? presented) =>
        http.Request.Cookies[Cookie] is { Length: 64 } key && presented is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Mac(key, who)), Encoding.UTF8.GetBytes(presented));

    private static string Mac(string key, SignedIn? who) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), Encoding.UTF8.GetBytes(who?.Secret ?? "nobody")));
}
