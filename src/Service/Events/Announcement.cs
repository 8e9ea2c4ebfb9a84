using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dunning.Service.Events;

/// <summary>
/// One thing that happened, as the creditor's platform is told it. The id follows from the place in the log of the case, so that the same news always carries the
/// same; Data is a JSON object without names, addresses or texts.
/// </summary>
public sealed record Announcement(string Id, string Type, DateTimeOffset At, string Creditor, string CaseId, string Data)
{
    /// <summary>What a platform takes at most (Standard Webhooks: "preferably below 20kb").</summary>
    public const int MostBytes = 20_000;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="nth">Its place among what the same event brought about.</param>
    public static string IdOf(string caseId, long seq, int nth) =>
        "evt_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{caseId}\n{seq}\n{nth}"))))[..32];

    /// <summary>What is signed and sent: <c>{type, timestamp, data}</c>.</summary>
    public string Payload()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("type", Type);
            json.WriteString("timestamp", At.UtcDateTime);
            json.WritePropertyName("data");
            json.WriteRawValue(Data);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
