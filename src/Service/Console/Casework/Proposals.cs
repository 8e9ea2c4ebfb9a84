using System.Globalization;
using System.Text.RegularExpressions;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Casework;

/// <summary>Instalments in a form: as the debtor proposed them, or equal ones worked out.</summary>
internal static partial class Proposals
{
    /// <summary>One "date amount" a line, from the task that a proposal opened; null when it is about none.</summary>
    public static string? Of(CaseView view, string? task) => view.Tasks.FirstOrDefault(t => t.Id == task && t.Kind == "planProposal")?.Note is { } note
        ? string.Join('\n', Instalment().Matches(note).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}"))
        : null;

    /// <summary>So many parts of an amount, a month apart; the last takes what does not divide.</summary>
    public static string Equal(decimal balance, int parts, DateOnly first, int decimals)
    {
        var unit = new decimal(1, 0, 0, false, (byte)decimals);
        var each = decimal.Floor(balance / parts / unit) * unit;
        return string.Join('\n', Enumerable.Range(0, parts).Select(i =>
            $"{CaseActs.Plain(first.AddMonths(i))} {(i == parts - 1 ? balance - each * (parts - 1) : each).ToString(CultureInfo.InvariantCulture)}"));
    }

    public static IReadOnlyList<(string Date, string Amount)> Rows(string? lines) =>
        [.. (lines ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')).Select(p => (p[0], p.ElementAtOrDefault(1) ?? ""))];

    [GeneratedRegex(@"(\d{4}-\d{2}-\d{2}): ([\d.]+)")]
    private static partial Regex Instalment();
}
