using System.Text.Json.Nodes;
using Spectre.Console;

namespace Dunning.Local.Commands;

/// <summary>A timeline as a table: lived or simulated, it reads the same.</summary>
internal static class Story
{
    public static Table Table(Words words, IEnumerable<JsonNode> timeline, string currency)
    {
        var table = Cells.Table(words.Say("When<", "Quand<"), words.Say("What", "Quoi"), words.Say("Step<", "Étape<"), words.Say("About", "Objet"), words.Say("Asked>", "Demandé>"));
        foreach (var entry in timeline)
            table.Row(
                entry.Instant("at") is { } at ? words.At(at) : "",
                What(words, entry),
                entry.Text("step"),
                entry.Text("subject") ?? entry.Text("note"),
                entry.Text("kind") == "message" && entry.Number("balance") is { } asked ? words.Amount(asked, currency) : "");
        return table;
    }

    private static string What(Words words, JsonNode entry) => entry.Text("kind") switch
    {
        "message" => words.Of(Terms.Channels, entry.Text("channel")),
        "task" => words.Say("task", "tâche") + words.Colon("") + " " + words.Of(Terms.Tasks, entry.Text("type")),
        "status" => "→ " + words.Of(Terms.Statuses, entry.Text("status")),
        _ => words.Of(EventTerms.All, entry.Text("type")),
    };
}
