using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Debtors;

/// <summary>The form of an act on a debtor, what it would do to each invoice, and the act: done to what was shown, or shown again.</summary>
internal sealed class DebtorActPages(TimeProvider clock)
{
    public async Task<PageAnswer> Show(PageRequest r) => await Meant(r) is var (act, page) ? Form(r, act, page, null) : new PageAnswer.NotFound();

    public async Task<PageAnswer> Do(PageRequest r)
    {
        if (await Meant(r) is not var (act, page))
            return new PageAnswer.NotFound();
        var (body, creditor) = (Body(r, act), ("creditor", (string?)page.Creditor));
        var isMoved = false;
        if (r.Field("confirm") == "yes" && r.Field("etag") is { } etag)
        {
            var done = await r.Api.If(etag).Call(act.Operation, DebtorPages.Route(r), body, creditor);
            if (done.Status == 412)
                isMoved = true;
            else if (done.Body is Problem problem)
                return Form(r, act, page, problem);
            else
                return new PageAnswer.SeeOther(DebtorLinks.To(page), r.Ui.Say($"Fait\u00A0: {act.French}.", $"Done: {act.English}."));
        }
        var answer = await r.Api.Call(act.Operation, DebtorPages.Route(r), (JsonObject)body.DeepClone(), creditor, (ApiRequest.DryRun, "true"));
        if (answer.Body is Problem refusal)
            return Form(r, act, page, refusal);
        // Told before under the form's id: it is done.
        return answer.Body is DebtorConsequenceView foreseen
            ? PageAnswer.Of<DebtorConfirm>($"{act.Title(r.Ui)} · {page.Debtor.Name}", ("Act", act), ("Page", page), ("Foreseen", foreseen), ("Form", r.Form), ("IsMoved", isMoved))
            : new PageAnswer.SeeOther(DebtorLinks.To(page));
    }

    private PageAnswer.Html Form(PageRequest r, DebtorAct act, DebtorPage page, Problem? refusal)
    {
        var form = PageAnswer.Of<DebtorActPage>($"{act.Title(r.Ui)} · {page.Debtor.Name}", ("Act", act), ("Page", page), ("Form", r.Form), ("Refusal", refusal), ("FormId", r.Field("id") ?? ApiRequest.NewId("act", clock.GetUtcNow())));
        return refusal is null ? form : form with { Status = refusal.Status };
    }

    private static JsonObject Body(PageRequest r, DebtorAct act)
    {
        var body = new JsonObject { ["id"] = r.Field("id") };
        foreach (var field in act.Fields)
            if (r.Field(field.Name) is { } text)
                body[field.Name] = text.ReplaceLineEndings("\n");
        return body;
    }

    private static async Task<(DebtorAct Act, DebtorPage Page)?> Meant(PageRequest r) =>
        DebtorAct.All.FirstOrDefault(a => a.Name == r.Route["act"]) is { } act && r.Api.Allows(act.Operation) && await DebtorPages.Find(r) is { } page ? (act, page) : null;
}
