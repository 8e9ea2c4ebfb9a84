using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Api;

namespace Dunning.Service.Events;

/// <summary>Collects what one event of a log is announced as. Every announcement names its invoice, and its currency where it has amounts.</summary>
internal sealed class Saying(CaseChange change)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // More would not fit into what a platform takes.
    private const int MostInstalments = 100;

    public CaseChange Change => change;

    public CaseFile Before { get; } = change.Before.Known!;

    public CaseFile After { get; } = change.After.Known!;

    public List<Announcement> Said { get; } = [];

    /// <summary>What is null is left out; amounts are numbers in the currency of the invoice.</summary>
    public void Say(string type, params ReadOnlySpan<(string Name, object? Value)> data)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("creditor", After.Creditor);
            json.WriteString("caseId", After.Id);
            json.WriteString("number", After.Invoice.Number);
            foreach (var (name, value) in data)
                if (value is not null)
                {
                    json.WritePropertyName(name);
                    Write(json, value);
                }
            json.WriteString("currency", After.Invoice.Amount.Currency.Code);
            json.WriteEndObject();
        }
        Said.Add(new(Announcement.IdOf(After.Id, change.Logged.Seq, Said.Count), type, change.Logged.At, After.Creditor, After.Id, Encoding.UTF8.GetString(buffer.WrittenSpan)));
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case DateOnly date: json.WriteStringValue(date.ToString("O")); break;
            case Money money: json.WriteNumberValue(money.Amount()); break;
            case Enum name: json.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(name.ToString())); break;
            case IReadOnlyList<Instalment> instalments:
                json.WriteStartArray();
                foreach (var instalment in instalments.Take(MostInstalments))
                {
                    json.WriteStartObject();
                    json.WriteString("date", instalment.Date.ToString("O"));
                    json.WriteNumber("amount", instalment.Amount.Amount());
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                break;
            default: throw new ArgumentException($"Nothing says how a {value.GetType().Name} is announced.", nameof(value));
        }
    }
}
