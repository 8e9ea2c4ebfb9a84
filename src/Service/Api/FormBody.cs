using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Dunning.Service.Api;

/// <summary>The fields of a form as a browser sends them.</summary>
internal static class FormBody
{
    /// <summary>One that names each case of a large act, and little more.</summary>
    private const int MostValues = 6000;

    /// <summary>Null when it is none.</summary>
    /// <param name="longest">Characters of one value.</param>
    /// <param name="most">Values it may have.</param>
    public static FormCollection? Read(HttpRequest request, byte[] bytes, int longest = ApiPipeline.MaxBody, int most = MostValues)
    {
        if (!(request.ContentType ?? "").StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(bytes)) { ValueLengthLimit = longest, ValueCountLimit = most };
            return new(new Dictionary<string, StringValues>(reader.ReadForm(), StringComparer.Ordinal));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
