using Dunning.Service.Api;
using Dunning.Service.Figures;

namespace Dunning.Service.Console.Figures;

/// <summary>The figures of a creditor: all at a glance, then each with its definition, its data and its file.</summary>
public sealed class FigurePages : IConsolePages
{
    private const string Path = "/console/figures";
    private static readonly string[] Choices = ["creditor", "currency", "from", "to", "asOf", "withinDays"];

    public IEnumerable<Page> Pages => [new("GET", "figures", Overview), new("GET", "figures/{figure}", Show), new("GET", "figures/{figure}/csv", Csv)];

    private static async Task<PageAnswer> Overview(PageRequest r)
    {
        var (chosen, creditors, answer) = await Ask(r);
        return PageAnswer.Of<FiguresPage>(r.Ui.Say("Chiffres", "Figures"), ("Chosen", chosen), ("Creditors", creditors), ("Kpis", answer?.Body as KpiView), ("Refusal", answer?.Body as Problem));
    }

    private static async Task<PageAnswer> Show(PageRequest r)
    {
        if (FigureDefinitions.Find(r.Route["figure"]) is not { } definition)
            return new PageAnswer.NotFound();
        var (chosen, creditors, answer) = await Ask(r);
        return PageAnswer.Of<FigurePage>(r.Ui.Words(definition).Name,
            ("Definition", definition), ("Chosen", chosen), ("Creditors", creditors), ("Kpis", answer?.Body as KpiView), ("Refusal", answer?.Body as Problem));
    }

    private static async Task<PageAnswer> Csv(PageRequest r)
    {
        var answer = await r.Api.Call("getFigure", r.Route, null, [.. Choices.Select(c => (c, r.Query(c)))]);
        return answer.Body is byte[] file ? new PageAnswer.File(file, answer.ContentType!, answer.FileName) : new PageAnswer.NotFound(answer.Body is Problem problem ? r.Ui.Detail(problem) : null);
    }

    // The first creditor they see, unless they say which.
    private static async Task<(IReadOnlyDictionary<string, string?> Chosen, SeenCreditors Creditors, Answer? Answer)> Ask(PageRequest r)
    {
        var creditors = await SeenCreditors.Of(r);
        var chosen = Choices.ToDictionary(c => c, r.Query, StringComparer.Ordinal);
        chosen["creditor"] ??= creditors is [var first, ..] ? first.Id : null;
        return (chosen, creditors, chosen["creditor"] is null ? null : await r.Api.Call("getKpis", null, null, [.. chosen.Select(c => (c.Key, c.Value))]));
    }

    /// <summary>The address of a page or a file about the same creditor and days.</summary>
    internal static string Address(string page, IReadOnlyDictionary<string, string?> chosen) =>
        Path + page + (chosen.Any(c => c.Value is not null) ? "?" : "") + string.Join('&', chosen.Where(c => c.Value is not null).Select(c => $"{c.Key}={Uri.EscapeDataString(c.Value!)}"));
}
