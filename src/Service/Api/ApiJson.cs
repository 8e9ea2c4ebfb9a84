using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dunning.Domain;

namespace Dunning.Service.Api;

/// <summary>How answers are written: camelCase, every member present, amounts as numbers with the currency's own decimals.</summary>
public static class ApiJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>12.50, not 12.5: the number keeps the decimals of its currency.</summary>
    public static decimal Amount(this Money money)
    {
        var bits = decimal.GetBits(money.Minor);
        return new decimal(bits[0], bits[1], bits[2], money.Minor < 0, (byte)money.Currency.MinorUnits);
    }

    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
