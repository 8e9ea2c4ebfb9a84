using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Engine;

namespace Dunning.Service.Console.Worklist;

/// <summary>One act on many cases: what it would do, doing it, and what became of it.</summary>
public sealed class BulkPages(ICaseLists lists) : IConsolePages
{
    public IEnumerable<Page> Pages => [new("POST", "cases/bulk", Choose), new("GET", "cases/bulk/{id}", Show), new("POST", "cases/bulk/{id}", Apply)];

    private async Task<PageAnswer> Choose(PageRequest r)
    {
        var body = new JsonObject { ["act"] = r.Field("act") ?? "", ["reason"] = r.Field("reason") };
        foreach (var name in (string[])["until", "policy"])
            if (r.Field(name) is { } value && (name == "until" ? "hold" : "policy") == r.Field("act"))
                body[name] = value;
        if (r.Field("scope") == "all")
        {
            var filter = new JsonObject();
            foreach (var (name, value) in CaseSearch.Read(n => n == "policy" ? r.Field("ofPolicy") : r.Field(n), lists.CanSearch).Asked(await r.Api.Today(r.Field("creditor")), lists.CanSearch))
                if (value is not null)
                    filter[name] = value;
            body["filter"] = filter;
        }
        else
            body["cases"] = new JsonArray([.. r.Form["case"].Select(c => JsonValue.Create(c))]);
        var answer = await r.Api.Call("previewBulk", null, body);
        if (answer.Body is BulkView view)
            return new PageAnswer.SeeOther($"/console/cases/bulk/{view.Id}");
        var problem = answer.Body is Problem { Faults: not [{ Code: "nothingChosen" }] } told ? told : new("nothingChosen", r.Ui.Say("Aucun dossier n’est choisi.", "No case is chosen."), 422, []);
        return PageAnswer.Of<BulkFaultPage>(r.Ui.Say("Action groupée", "Act on many"), ("Form", r.Form), ("Refusal", problem), ("Choices", await CaseChoices.Of(r, r.Field("creditor")))) with { Status = 422 };
    }

    private static async Task<PageAnswer> Show(PageRequest r) =>
        await r.Api.Get<BulkView>("getBulk", r.Route) is { } view ? PageAnswer.Of<BulkPage>(r.Ui.Say("Action groupée", "Act on many"), ("View", view)) : new PageAnswer.NotFound();

    private static async Task<PageAnswer> Apply(PageRequest r)
    {
        if (r.Field("confirm") is null)
            return await Show(r);
        var answer = await r.Api.Call("applyBulk", r.Route, []);
        return answer.Body is BulkView view ? new PageAnswer.SeeOther($"/console/cases/bulk/{view.Id}")
            : answer.Body is Problem { Code: "previewExpired" } ? await Show(r)
            : answer.Status == 404 ? new PageAnswer.NotFound()
            : PageAnswer.Of<BulkFaultPage>(r.Ui.Say("Action groupée", "Act on many"), ("Form", r.Form), ("Refusal", answer.Body as Problem), ("Choices", null)) with { Status = answer.Status };
    }
}
