using System.Text.Json.Nodes;
using Dunning.Service.Api.Operations;

namespace Dunning.Service.Console.Settings;

/// <summary>A creditor as a form: every field by the API's own name, so that faults find their place, and nothing that was there is lost on the way.</summary>
public sealed class CreditorForm
{
    public const int MostSenders = 10;

    private static readonly string[] Plain =
        ["name", "email", "phone", "country", "siren", "enterpriseNumber", "iban", "bic", "language", "policy", "consumerPolicy", "publicPolicy", "mode"];

    private static readonly string[] Address = ["line1", "line2", "postalCode", "city"];
    private static readonly string[] SenderFields = ["name", "role", "phone", "email", "fromStep"];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? this[string name] => _values.GetValueOrDefault(name);

    public IEnumerable<string> Names => _values.Keys;

    /// <summary>Rows to fill in: those there are, and one more.</summary>
    public int Senders => Math.Min(MostSenders, Enumerable.Range(0, MostSenders).Count(i => SenderFields.Any(f => this[$"senders[{i}].{f}"] is not null)) + 1);

    public static CreditorForm Of(CreditorView creditor)
    {
        var form = new CreditorForm();
        var json = (JsonObject)JsonNode.Parse(Api.Answer.Ok(creditor).Json())!;
        foreach (var name in Plain)
            form.Take(name, json[name]);
        form.Take("senderRole", json["senderRole"]);
        if (creditor.Cheque)
            form._values["cheque"] = "true";
        form.Take("address", json["address"] as JsonObject);
        if (json["collector"] is JsonObject collector)
        {
            form.Take("collector.name", collector["name"]);
            form.Take("collector.address", collector["address"] as JsonObject);
            form.Take("collector.mandateOf.name", collector["mandateOf"]?["name"]);
            form.Take("collector.mandateOf.address", collector["mandateOf"]?["address"] as JsonObject);
        }
        foreach (var (sender, i) in creditor.Senders.Select((s, i) => (JsonNode.Parse(Api.Answer.Ok(s).Json())!, i)))
            foreach (var field in SenderFields)
                form.Take($"senders[{i}].{field}", sender[field]);
        return form;
    }

    public static CreditorForm Of(PageRequest r)
    {
        var form = new CreditorForm();
        foreach (var name in r.Form.Keys.Where(k => k is not ("csrf" or "confirm" or "etag" or "id")))
            if (r.Field(name) is { } value)
                form._values[name] = value;
        return form;
    }

    /// <summary>The body of <c>putCreditor</c>. An address of which anything is filled in is sent, so that the API says what it lacks.</summary>
    public JsonObject Json()
    {
        var body = new JsonObject();
        foreach (var name in Plain.Append("senderRole"))
            if (this[name] is { } value)
                body[name] = value;
        body["cheque"] = this["cheque"] == "true";
        if (Part("address") is { } address)
            body["address"] = address;
        if (Collector() is { } collector)
            body["collector"] = collector;
        body["senders"] = new JsonArray([.. Enumerable.Range(0, MostSenders).Select(i => Part($"senders[{i}]", SenderFields)).OfType<JsonObject>()]);
        return body;
    }

    private JsonObject? Collector()
    {
        var (mandator, of) = (new JsonObject(), Part("collector.mandateOf.address"));
        if (this["collector.mandateOf.name"] is { } name)
            mandator["name"] = name;
        if (of is not null)
            mandator["address"] = of;
        var collector = new JsonObject();
        if (this["collector.name"] is { } own)
            collector["name"] = own;
        if (Part("collector.address") is { } address)
            collector["address"] = address;
        if (mandator.Count > 0)
            collector["mandateOf"] = mandator;
        return collector.Count > 0 ? collector : null;
    }

    private JsonObject? Part(string path, string[]? fields = null)
    {
        var part = new JsonObject();
        foreach (var field in fields ?? Address)
            if (this[$"{path}.{field}"] is { } value)
                part[field] = value;
        return part.Count > 0 ? part : null;
    }

    private void Take(string name, JsonNode? value)
    {
        if (value is JsonObject parts)
            foreach (var (part, inner) in parts)
                Take($"{name}.{part}", inner);
        else if (value?.ToString() is { Length: > 0 } text)
            _values[name] = text;
    }
}
