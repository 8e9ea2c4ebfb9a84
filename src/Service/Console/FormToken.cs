using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Console;

/// <summary>
/// The token every form carries: a MAC over who is signed in, under a key of the browser's own cookie. Another site can make the browser send the cookie at most, never
/// read it, nor make the token.
/// </summary>
public sealed class FormToken(ConsoleCookies cookies)
{
    private const string Cookie = "dunning_forms";
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);

    /// <summary>The token of this browser; it is given its cookie if it has none.</summary>
    public string Of(HttpContext http, SignedIn? who)
    {
        var key = cookies.Find(http, Cookie);
        if (key is not { Length: 64 })
        {
            key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            cookies.Give(http, Cookie, key, Life);
        }
        return Mac(key, who);
    }

    public bool Holds(HttpContext http, SignedIn? who, string? presented) =>
        cookies.Find(http, Cookie) is { Length: 64 } key && presented is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Mac(key, who)), Encoding.UTF8.GetBytes(presented));

    private static string Mac(string key, SignedIn? who) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), Encoding.UTF8.GetBytes(who?.Secret ?? "nobody")));
}
