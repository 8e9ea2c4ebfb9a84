using System.Text.Json.Nodes;

namespace Dunning.Local.Commands;

/// <summary>What comes next for a case, and why not yet, in one line.</summary>
internal static class Outlook
{
    public static string Of(Words words, JsonNode? next) =>
        Short(words, next) + (next.Text("waitingFor") is null && next.Text("step") is not null && next.Text("because") is { } because ? $" ({words.Of(Terms.Becauses, because)})" : "");

    public static string Short(Words words, JsonNode? next)
    {
        var step = next.Instant("at") is { } at
            ? words.Say($"{next.Text("step")} on {words.At(at)}", $"{next.Text("step")} le {words.At(at)}")
            : next.Text("step");
        if (next.Text("waitingFor") is { } wait)
            return words.Say("waits for ", "attend ") + words.Of(Terms.Waits, wait) + (step is null ? "" : words.Say($"; then {step}", $"\u202F; ensuite {step}"));
        return step ?? words.Say("nothing", "rien");
    }
}
