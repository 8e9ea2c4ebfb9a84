using System.Text.Json.Nodes;

namespace Dunning.Local.Commands;

/// <summary>Shows a problem document: the sentence, then every fault with its field. A program gets the document too.</summary>
internal static class Refusal
{
    public static void Tell(Screen screen, JsonNode problem)
    {
        screen.Warn(problem.Text("detail") ?? problem.Text("title") ?? screen.Words.Say("The host refused.", "L’hôte a refusé."));
        foreach (var fault in problem.List("faults"))
            screen.Warn("  " + Line(fault));
        if (screen.Json)
            screen.Write(problem);
    }

    /// <summary>"amount must be more than zero."</summary>
    public static string Line(JsonNode fault) => $"{fault.Text("field")} {fault.Text("message")}";
}
