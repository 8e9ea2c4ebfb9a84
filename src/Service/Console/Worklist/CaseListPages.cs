using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;

namespace Dunning.Service.Console.Worklist;

/// <summary>The list of cases: searched, kept by a name, written out.</summary>
public sealed class CaseListPages(ICaseLists lists) : IConsolePages
{
    private const string PerPage = "50";

    public IEnumerable<Page> Pages => [new("GET", "cases", List), new("GET", "cases/export", Export), new("POST", "cases/filters", Keep)];

    private Task<PageAnswer> List(PageRequest r) => Shown(r, CaseSearch.Read(r.Query, lists.CanSearch), r.Query("cursor"));

    private async Task<PageAnswer> Shown(PageRequest r, CaseSearch search, string? cursor, Problem? refusal = null)
    {
        var today = await r.Api.Today(search["creditor"]);
        var asked = search.Asked(today, lists.CanSearch);
        var answer = await r.Api.Call("listInvoices", null, null, [.. asked, ("cursor", cursor), ("limit", PerPage)]);
        var page = answer.Body as PageView<CaseSummary>;
        var count = page is null || !lists.CanSearch ? null : page.NextCursor is null && cursor is null ? new CountView(page.Items.Count, false)
            : await r.Api.Get<CountView>("countInvoices", null, [.. asked]);
        var saved = await r.Api.Get<SavedFiltersView>("listFilters");
        return PageAnswer.Of<CaseList>(r.Ui.Say("Dossiers", "Cases"), ("Page", page), ("Refusal", refusal ?? answer.Body as Problem), ("Search", search), ("Count", count), ("Saved", saved?.Items ?? []),
            ("Choices", await CaseChoices.Of(r, search["creditor"])), ("Today", today), ("CanSearch", lists.CanSearch), ("IsFurther", cursor is not null));
    }

    private async Task<PageAnswer> Export(PageRequest r)
    {
        var search = CaseSearch.Read(r.Query, lists.CanSearch);
        var answer = await r.Api.Call("exportInvoices", null, null, [.. search.Asked(await r.Api.Today(search["creditor"]), lists.CanSearch)]);
        return answer.Body is Problem problem ? await Shown(r, search, null, problem) : new PageAnswer.Whole(answer);
    }

    private async Task<PageAnswer> Keep(PageRequest r)
    {
        var search = CaseSearch.Read(r.Field, lists.CanSearch);
        var (name, isRemoved) = (r.Field("name") ?? "", r.Field("remove") is not null);
        var body = new JsonObject { ["query"] = isRemoved ? null : search.Query() };
        if (r.Field("shared") is { } creditor)
            body["creditor"] = creditor;
        if (name.Length == 0)
            return await Shown(r, search, null, new("invalidRequest", r.Ui.Say("Il faut un nom au filtre.", "The filter needs a name."), 400, []));
        var answer = await r.Api.Call("putFilter", new Dictionary<string, string> { ["name"] = name }, body);
        if (answer.Body is Problem problem)
            return await Shown(r, search, null, problem);
        return new PageAnswer.SeeOther($"/console/cases?{search.Query()}", isRemoved ? r.Ui.Say($"Filtre «\u00A0{name}\u00A0» retiré.", $"Filter “{name}” taken back.") : r.Ui.Say($"Filtre «\u00A0{name}\u00A0» gardé.", $"Filter “{name}” kept."));
    }
}
