using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Cases;

/// <summary>The list of cases, and one of them with all there is to know of it.</summary>
public sealed class CasePages : IConsolePages
{
    private static readonly string[] Filters = ["creditor", "status", "debtor", "number", "dueBefore", "dueAfter", "minBalance", "sort", "cursor"];

    public IEnumerable<Page> Pages => [new("GET", "cases", List), new("GET", "cases/{id}", Show)];

    private static async Task<PageAnswer> List(PageRequest r)
    {
        var filters = Filters.ToDictionary(f => f, r.Query, StringComparer.Ordinal);
        var answer = await r.Api.Call("listInvoices", null, null, [.. filters.Select(f => (f.Key, f.Value)), ("limit", "50")]);
        return PageAnswer.Of<CaseList>(r.Ui.Say("Dossiers", "Cases"), ("Page", answer.Body as PageView<CaseSummary>), ("Refusal", answer.Body as Problem), ("Filters", filters));
    }

    private static async Task<PageAnswer> Show(PageRequest r) =>
        await r.Api.Get<CaseView>("getInvoice", r.Route) is { } shown ? PageAnswer.Of<CasePage>(shown.Number, ("Case", shown)) : new PageAnswer.NotFound();
}
