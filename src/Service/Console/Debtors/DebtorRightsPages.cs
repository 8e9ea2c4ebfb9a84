using Dunning.Service.Api;
using Dunning.Service.Api.Operations;

namespace Dunning.Service.Console.Debtors;

/// <summary>What a debtor may ask for: all that is kept of it, and that it be erased. What goes and what stays by law is read before anything is done.</summary>
public sealed class DebtorRightsPages : IConsolePages
{
    public IEnumerable<Page> Pages => [new("GET", "debtors/{id}/export", Export), new("GET", "debtors/{id}/erase", Show), new("POST", "debtors/{id}/erase", Erase)];

    private static async Task<PageAnswer> Export(PageRequest r)
    {
        var answer = await r.Api.Call("exportDebtor", DebtorPages.Route(r), null, ("creditor", r.Query("creditor")));
        return answer.Body is Problem problem ? new PageAnswer.NotFound(problem.Status == 404 ? null : problem.Detail) : new PageAnswer.Whole(answer);
    }

    private static async Task<PageAnswer> Show(PageRequest r) => await Find(r) is { } debtor ? Shown(r, debtor, null) : new PageAnswer.NotFound();

    private static async Task<PageAnswer> Erase(PageRequest r)
    {
        if (await Find(r) is not { } debtor)
            return new PageAnswer.NotFound();
        if (r.Field("confirm") != "yes")
            return Shown(r, debtor, new("invalidRequest", r.Ui.Say("Rien n’a été effacé.", "Nothing was erased."), 422, [new("confirm", "required", r.Ui.Say("Cochez la case pour confirmer.", "Tick the box to confirm."))]));
        var answer = await r.Api.Call("eraseDebtor", DebtorPages.Route(r), null, ("creditor", debtor.Creditor));
        return answer.Body is Problem problem ? Shown(r, debtor, problem)
            : new PageAnswer.SeeOther(DebtorLinks.To(debtor), r.Ui.Say("Les données de ce débiteur sont effacées.", "The data of this debtor is erased."));
    }

    private static PageAnswer.Html Shown(PageRequest r, DebtorPage debtor, Problem? refusal) =>
        PageAnswer.Of<ErasePage>(r.Ui.Say($"Effacer · {debtor.Debtor.Name}", $"Erase · {debtor.Debtor.Name}"), ("Page", debtor), ("Refusal", refusal)) with { Status = refusal?.Status ?? 200 };

    private static async Task<DebtorPage?> Find(PageRequest r) => r.Api.Allows("eraseDebtor") ? await DebtorPages.Find(r) : null;
}
