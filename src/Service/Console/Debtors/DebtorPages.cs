using System.Text;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Debtors;

/// <summary>Who owes: the list, and one with all its invoices, how it pays, its statement, and what holds for it as a whole.</summary>
public sealed class DebtorPages(TimeProvider clock) : IConsolePages
{
    private readonly DebtorActPages _acts = new(clock);

    public IEnumerable<Page> Pages =>
    [
        new("GET", "debtors", List),
        new("GET", "debtors/{id}", Show),
        new("GET", "debtors/{id}/statement", Statement),
        new("GET", "debtors/{id}/statement.csv", Csv),
        new("GET", "debtors/{id}/edit", DebtorEdit.Show),
        new("POST", "debtors/{id}/edit", DebtorEdit.Save),
        new("GET", "debtors/{id}/acts/{act}", _acts.Show),
        new("POST", "debtors/{id}/acts/{act}", _acts.Do),
    ];

    private static async Task<PageAnswer> List(PageRequest r)
    {
        var filters = new[] { "name", "creditor", "sort", "cursor" }.ToDictionary(f => f, r.Query, StringComparer.Ordinal);
        var answer = await r.Api.Call("listDebtors", null, null, [.. filters.Select(f => (f.Key, f.Value)), ("limit", "50")]);
        return PageAnswer.Of<DebtorList>(
            r.Ui.Say("Débiteurs", "Debtors"), ("Page", answer.Body as PageView<DebtorSummary>), ("Refusal", answer.Body as Problem), ("Filters", filters));
    }

    private static async Task<PageAnswer> Show(PageRequest r) =>
        await Find(r) is { } debtor ? PageAnswer.Of<OneDebtor>(debtor.Debtor.Name, ("Page", debtor)) : new PageAnswer.NotFound();

    private static async Task<PageAnswer> Statement(PageRequest r) =>
        await Find(r) is { } debtor ? PageAnswer.Of<StatementPage>(r.Ui.Say($"Relevé · {debtor.Debtor.Name}", $"Statement · {debtor.Debtor.Name}"), ("Page", debtor), ("Today", await r.Api.Today(debtor.Creditor))) : new PageAnswer.NotFound();

    private static async Task<PageAnswer> Csv(PageRequest r) =>
        await Find(r) is { } debtor && await r.Api.Today(debtor.Creditor) is var today ? new PageAnswer.File(Encoding.UTF8.GetBytes(StatementCsv.Of(r.Ui, debtor, today)), "text/csv; charset=utf-8", $"statement-{today:yyyy-MM-dd}.csv") : new PageAnswer.NotFound();

    internal static async Task<DebtorPage?> Find(PageRequest r) => await r.Api.Get<DebtorPage>("getDebtor", Route(r), ("creditor", r.Query("creditor")));

    internal static Dictionary<string, string> Route(PageRequest r) => new() { ["id"] = r.Route["id"] };
}

internal static class DebtorLinks
{
    public static string To(DebtorPage page, string more = "") => To(page.Creditor, page.Debtor.Id, more);

    public static string To(string creditor, string id, string more = "") => $"/console/debtors/{Uri.EscapeDataString(id)}{more}?creditor={Uri.EscapeDataString(creditor)}";
}
