using System.Text;
using Dunning.Service.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Dunning.Service.Browsing;

/// <summary>A form as a browser sends it. Fields is null when the body is none.</summary>
internal sealed record SiteForm(byte[] Bytes, FormCollection? Fields)
{
    /// <summary>One that names each case of a large act, and little more.</summary>
    private const int MostValues = 6000;

    /// <summary>Null when it is larger than max bytes.</summary>
    public static async Task<SiteForm?> Read(HttpRequest request, int max = ApiPipeline.MaxBody, int mostValues = MostValues) =>
        await ApiPipeline.ReadBody(request, max) is { } bytes ? new(bytes, FieldsOf(request, bytes, max, mostValues)) : null;

    private static FormCollection? FieldsOf(HttpRequest request, byte[] bytes, int max, int mostValues)
    {
        if (!(request.ContentType ?? "").StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(bytes)) { ValueLengthLimit = max, ValueCountLimit = mostValues };
            return new(new Dictionary<string, StringValues>(reader.ReadForm(), StringComparer.Ordinal));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
