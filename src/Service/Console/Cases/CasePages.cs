using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Cases;

/// <summary>The list of cases.</summary>
public sealed class CasePages : IConsolePages
{
    private static readonly string[] Filters = ["creditor", "status", "debtor", "number", "dueBefore", "dueAfter", "minBalance", "sort", "cursor"];

    public IEnumerable<Page> Pages => [new("GET", "cases", List)];

    private static async Task<PageAnswer> List(PageRequest r)
    {
        var filters = Filters.ToDictionary(f => f, r.Query, StringComparer.Ordinal);
        var answer = await r.Api.Call("listInvoices", null, null, [.. filters.Select(f => (f.Key, f.Value)), ("limit", "50")]);
        return PageAnswer.Of<CaseList>(r.Ui.Say("Dossiers", "Cases"), ("Page", answer.Body as PageView<CaseSummary>), ("Refusal", answer.Body as Problem), ("Filters", filters));
    }
}
