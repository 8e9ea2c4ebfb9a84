using System.Text.Json.Nodes;
using Dunning.Service.Console.Forms;

namespace Dunning.Service.Console.Casework;

/// <summary>What was filled in, as the operation of the act reads it.</summary>
internal static class ActBody
{
    /// <summary>More rows than any plan has; the API says how many it takes.</summary>
    public const int MostRows = 24;

    public static JsonObject Of(PageRequest r, Meant meant)
    {
        var body = new JsonObject { ["id"] = r.Field("id") };
        if (meant.Act.Says is var (name, value))
            body[name] = value;
        foreach (var field in meant.Act.Fields)
            Add(r, meant, field, body);
        if (body["address"] is JsonObject { Count: 0 } || (body["address"] is JsonObject address && address.All(p => p.Value is null)))
            body["address"] = null;
        if (meant.Act.Name == "contact" && body["address"] is null && meant.Case.Debtor.Address is null)
            body.Remove("address");
        return body;
    }

    private static void Add(PageRequest r, Meant meant, ActField field, JsonObject body)
    {
        switch (field.Kind)
        {
            case FieldKind.Amount:
                body.Amount(r, field.Name);
                break;
            case FieldKind.Tick:
                if (r.Field(field.Name) is not null)
                    body[field.Name] = true;
                break;
            case FieldKind.YesNo:
                if (r.Field(field.Name) is { } answer)
                    body[field.Name] = answer == "true";
                break;
            case FieldKind.Instalments:
                body[field.Name] = new JsonArray([.. Rows(r, field.Name)]);
                break;
            default:
                Text(r, meant, field, body);
                break;
        }
    }

    private static void Text(PageRequest r, Meant meant, ActField field, JsonObject body)
    {
        var text = r.Field(field.Name)?.ReplaceLineEndings("\n");
        if (field.Name.Split('.') is [var member, var name])
        {
            if (body[member] is not JsonObject inner)
                body[member] = inner = [];
            if (text is not null)
                inner[name] = text;
        }
        else if (text is not null)
            body[field.Name] = text;
        else if (field.Clears && field.Value?.Invoke(meant.Case, meant.On) is not null)
            body[field.Name] = null;
    }

    // A row left empty is none; one half filled is sent, for the API to say what it lacks.
    private static IEnumerable<JsonNode> Rows(PageRequest r, string name)
    {
        for (var i = 0; i < MostRows; i++)
        {
            var row = new JsonObject();
            if (r.Field($"{name}[{i}].date") is { } date)
                row["date"] = date;
            if (r.Field($"{name}[{i}].amount") is { } amount)
                row["amount"] = Filled.AmountOf(amount) is { } read ? read : amount;
            if (row.Count > 0)
                yield return row;
        }
    }
}
