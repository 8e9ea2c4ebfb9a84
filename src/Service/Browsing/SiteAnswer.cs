using Dunning.Service.Api;

namespace Dunning.Service.Browsing;

/// <summary>The two answers of a page: itself, or where to look instead.</summary>
internal static class SiteAnswer
{
    private const string Type = "text/html; charset=utf-8";

    public static Answer Html(int status, byte[] page) => new(status, page) { ContentType = Type };

    public static Answer SeeOther(string location) => new(303, Array.Empty<byte>()) { Location = location, ContentType = Type };
}
