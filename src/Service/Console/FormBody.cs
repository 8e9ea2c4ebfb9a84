using System.Text;
using Dunning.Service.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Dunning.Service.Console;

/// <summary>The fields of a form as a browser sends them.</summary>
internal static class FormBody
{
    /// <summary>One that names each case of a large act, and little more.</summary>
    private const int MostValues = 6000;

    /// <summary>Null when it is none.</summary>
    public static FormCollection? Read(HttpRequest request, byte[] bytes)
    {
        if (!(request.ContentType ?? "").StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(bytes)) { ValueLengthLimit = ApiPipeline.MaxBody, ValueCountLimit = MostValues };
            return new(new Dictionary<string, StringValues>(reader.ReadForm(), StringComparer.Ordinal));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
