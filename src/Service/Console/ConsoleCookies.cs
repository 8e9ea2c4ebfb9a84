using Dunning.Service.Browsing;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Console;

/// <summary>
/// The console's cookies: no script reads them, no other site sends them, and where people come by TLS they go no other way; there their names say so, which a browser holds whoever sets them to
/// (RFC 6265bis, section 4.1.3).
/// </summary>
public sealed class ConsoleCookies(SiteHeaders headers)
{
    private const string Secure = "__Secure-";

    public string? Find(HttpContext http, string name) => http.Request.Cookies[Named(http, name)];

    public void Give(HttpContext http, string name, string value, TimeSpan life) => http.Response.Cookies.Append(Named(http, name), value, Strict(http, life));

    public void TakeBack(HttpContext http, string name) => http.Response.Cookies.Delete(Named(http, name), Strict(http, TimeSpan.Zero));

    private string Named(HttpContext http, string name) => headers.IsSecure(http) ? Secure + name : name;

    private CookieOptions Strict(HttpContext http, TimeSpan life) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = headers.IsSecure(http), Path = "/console", MaxAge = life };
}
