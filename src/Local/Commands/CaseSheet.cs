using System.Text.Json.Nodes;
using Spectre.Console;

namespace Dunning.Local.Commands;

/// <summary>All there is to know of a case, on one page.</summary>
internal static class CaseSheet
{
    public static void Show(Screen screen, JsonNode found)
    {
        var words = screen.Words;
        var currency = found.Text("currency") ?? "";
        screen.Say(Cells.Clean($"{found.Text("number")} · {found.Text("debtor.name")} · {words.Of(Terms.Statuses, found.Text("status"))}"));
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (label, value) in Facts(words, found, currency))
            if (value is { Length: > 0 })
                grid.AddRow(new Text(words.Colon(label)), new Text(Cells.Clean(value)));
        screen.Show(grid);
        screen.Show(Story.Table(words, found.List("timeline"), currency));
        foreach (var warning in found.List("warnings"))
            screen.Warn(warning.ToString());
    }

    private static IEnumerable<(string Label, string? Value)> Facts(Words words, JsonNode found, string currency)
    {
        string Amount(string path) => found.Number(path) is { } amount ? words.Amount(amount, currency) : "";
        string Date(string path) => found.Date(path) is { } date ? words.Date(date) : "";

        yield return (words.Say("Case", "Dossier"), found.Text("id"));
        yield return (words.Say("Creditor", "Créancier"), found.Text("creditor"));
        yield return (words.Say("Policy", "Scénario"), $"{found.Text("policy.name")}, version {found.Text("policy.version")}");
        yield return (words.Say("Invoice", "Facture"), words.Say(
            $"{Amount("amount")}, issued {Date("issueDate")}, due {Date("dueDate")}", $"{Amount("amount")}, émise le {Date("issueDate")}, échue le {Date("dueDate")}"));
        yield return (words.Say("Balance", "Solde"), Amount("balance") + (found.Number("disputedAmount") is > 0 ? words.Say($", {Amount("disputedAmount")} disputed", $", dont {Amount("disputedAmount")} en litige") : ""));
        if (found.Number("overpaid") is > 0)
            yield return (words.Say("Overpaid", "Trop-perçu"), Amount("overpaid"));
        if (found.At("claim") is not null)
            yield return (words.Say("Claim today", "Créance du jour"), words.Say(
                $"{Amount("claim.total")}: principal {Amount("claim.principal")}, interest {Amount("claim.interest")}, indemnity {Amount("claim.indemnity")}",
                $"{Amount("claim.total")}\u00A0: principal {Amount("claim.principal")}, intérêts {Amount("claim.interest")}, indemnité {Amount("claim.indemnity")}"));
        yield return (words.Say("Next", "À suivre"), Outlook.Of(words, found.At("next")));
        foreach (var silence in found.List("silences"))
            yield return (words.Say("Silence", "Silence"), string.Join(", ", new[] { words.Of(Terms.Silences, silence.Text("kind")), silence.Instant("until") is { } until ? words.Say($"until {words.At(until)}", $"jusqu’au {words.At(until)}") : null, silence.Text("note") }.OfType<string>()));
        foreach (var task in found.List("tasks"))
            yield return (words.Say("Task", "Tâche"), string.Join(", ", new[] { words.Of(Terms.Tasks, task.Text("kind")), task.Text("step"), task.Date("dueOn") is { } due ? words.Date(due) : null, task.Text("note") }.OfType<string>()));
    }
}
