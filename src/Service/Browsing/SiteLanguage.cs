using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Browsing;

internal static class SiteLanguage
{
    /// <summary>The language the browser likes best of those we have; null when it likes none of them.</summary>
    public static string? Of(HttpContext http, IReadOnlyList<string> ours) =>
        http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString().Split('-')[0].ToLowerInvariant()).FirstOrDefault(ours.Contains);
}
