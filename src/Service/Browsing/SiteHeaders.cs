using Dunning.Service.Reports;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Browsing;

/// <summary>What every page we show tells the browser beside itself.</summary>
public sealed class SiteHeaders(Doors doors)
{
    /// <summary>Whether people come by TLS: this request did, or the public address does, whose TLS ends at a proxy in front of us.</summary>
    public bool IsSecure(HttpContext http) => http.Request.IsHttps || doors.PublicUrl?.Scheme == Uri.UriSchemeHttps;

    /// <param name="http">Whose answer gets them.</param>
    /// <param name="policy">The Content-Security-Policy.</param>
    /// <param name="addressIsSecret">Whoever knows the address may come in: it is told to no other site and no search engine.</param>
    public void Put(HttpContext http, string policy, bool addressIsSecret)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers["Referrer-Policy"] = addressIsSecret ? "no-referrer" : "same-origin";
        if (addressIsSecret)
            headers["X-Robots-Tag"] = "noindex, nofollow";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (IsSecure(http))
            headers.StrictTransportSecurity = "max-age=31536000";
    }
}
