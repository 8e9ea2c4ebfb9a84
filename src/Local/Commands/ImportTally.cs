using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Service;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Import;

namespace Dunning.Local.Commands;

/// <summary>What became of each line of a ledger: told at once to a program, counted and shown at the end to a person.</summary>
internal sealed class ImportTally(Screen screen, bool dryRun)
{
    private readonly List<JsonNode> _refused = [];
    private readonly Dictionary<string, JsonElement> _rehearsed = new(StringComparer.Ordinal);
    private int _accepted, _known;

    public bool DryRun => dryRun;

    public int Lines => _accepted + _known + _refused.Count;

    public int Refused => _refused.Count;

    /// <summary>A batch of lines with what the host answered to those that could be read, in their order.</summary>
    public void Add(IReadOnlyList<ImportLine> batch, IReadOnlyList<ImportLine.Read> sent, IReadOnlyList<JsonNode> answered)
    {
        var results = answered.Where(a => a.At("line") is not null).ToList();
        if (results.Count != sent.Count)
            throw new IOException($"The host answered {results.Count} of {sent.Count} lines. Import the file again: what is kept is then known.");
        var next = 0;
        foreach (var line in batch)
            Add(line is ImportLine.Read read ? Renumbered(results[next++], read)
                : JsonSerializer.SerializeToNode(new ImportResult(line.Line, "refused") { Faults = ((ImportLine.Broken)line).Faults }, ApiJson.Options)!);
    }

    public void Show()
    {
        if (screen.Json)
        {
            screen.Write(new { Summary = new ImportSummary(Lines, _accepted, _known, Refused, dryRun) });
            return;
        }
        var words = screen.Words;
        var table = Cells.Table(words.Say("Line>", "Ligne>"), words.Say("Invoice", "Facture"), words.Say("Faults", "Défauts"));
        foreach (var refused in _refused)
        {
            var faults = refused.List("faults").Select(Refusal.Line).ToList();
            table.Row(refused.Text("line"), refused.Text("number"), faults.FirstOrDefault());
            foreach (var more in faults.Skip(1))
                table.Row("", "", more);
        }
        if (_refused.Count > 0)
            screen.Show(table);
        screen.Say(words.Count(Lines, new("line", "ligne"), new("lines", "lignes")) + words.Colon("") + " "
            + words.Say($"{words.Count(_accepted)} accepted, {words.Count(_known)} known already, {words.Count(Refused)} refused.",
                $"{words.Count(_accepted)} acceptées, {words.Count(_known)} déjà connues, {words.Count(Refused)} refusées.")
            + (dryRun ? words.Say(" Nothing was kept: a dry run.", " Rien n’a été enregistré\u00A0: simple essai.") : ""));
    }

    private void Add(JsonNode result)
    {
        _accepted += result.Text("result") == "accepted" ? 1 : 0;
        _known += result.Text("result") == "known" ? 1 : 0;
        if (result.Text("result") == "refused")
            _refused.Add(result);
        if (screen.Json)
            screen.Write(result);
    }

    private JsonNode Renumbered(JsonNode result, ImportLine.Read line)
    {
        result["line"] = line.Line;
        // A rehearsal keeps nothing, and the host rehearses each batch by itself: a number that comes again in a later one is compared here.
        if (!dryRun || result.Text("result") != "accepted" || _rehearsed.TryAdd(result.Text("caseId")!, line.Body))
            return result;
        var same = JsonElement.DeepEquals(_rehearsed[result.Text("caseId")!], line.Body);
        result["result"] = same ? "known" : "refused";
        if (!same)
            result["faults"] = JsonSerializer.SerializeToNode(new[] { new Fault("number", "differs", "stands on an earlier line with other content.") }, ApiJson.Options);
        return result;
    }
}
