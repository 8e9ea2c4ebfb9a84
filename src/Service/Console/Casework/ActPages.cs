using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Casework;

/// <summary>
/// The form of an act, its consequence, and the act. An act that binds is done to the case whose consequence was shown, or shown again with what has changed. Each form has
/// an id of its own, so that one sent twice is one fact.
/// </summary>
internal sealed class ActPages(TimeProvider clock)
{
    private const string Id = "id";
    private const string Seen = "seen";
    private const string Etag = "etag";

    public async Task<PageAnswer> Show(PageRequest r) => await Meant(r) is { } meant ? await Form(r, meant, null) : new PageAnswer.NotFound();

    public async Task<PageAnswer> Do(PageRequest r)
    {
        if (await Meant(r) is not { } meant)
            return new PageAnswer.NotFound();
        if (r.Field("propose") is not null)
            return await Form(r, meant, null);
        var (operation, route, body) = (meant.Act.Operation, meant.Route, ActBody.Of(r, meant));
        if (r.Field("confirm") == "yes" && r.Field(Etag) is { } etag)
        {
            var done = await r.Api.If(etag).Call(operation, route, body);
            return done.Status == 412 ? await Ask(r, meant, body, isMoved: true) : await After(r, meant, done);
        }
        return r.Api.CanForesee(operation) ? await Ask(r, meant, body, isMoved: false) : await After(r, meant, await r.Api.Call(operation, route, body));
    }

    // What it leads to decides whether it is asked or done: an act that binds nobody needs no second look.
    private async Task<PageAnswer> Ask(PageRequest r, Meant meant, System.Text.Json.Nodes.JsonObject body, bool isMoved)
    {
        var answer = await r.Api.Call(meant.Act.Operation, meant.Route, (System.Text.Json.Nodes.JsonObject)body.DeepClone(), (ApiRequest.DryRun, "true"));
        if (answer.Body is not ConsequenceView foreseen)
            return await After(r, meant, answer);
        if (!isMoved && !meant.Act.Asks(foreseen))
            return await After(r, meant, await r.Api.Call(meant.Act.Operation, meant.Route, body));
        var seen = int.TryParse(r.Field(Seen), out var count) ? count : meant.Case.Timeline.Count;
        return PageAnswer.Of<ConsequencePage>(
            Title(r, meant), ("Meant", meant), ("Foreseen", foreseen), ("Form", r.Form), ("IsMoved", isMoved), ("Since", isMoved ? meant.Case.Timeline.Skip(seen).ToList() : []), ("Seen", meant.Case.Timeline.Count));
    }

    // Told before, the fact is there: a form sent twice ends where it ended the first time.
    private async Task<PageAnswer> After(PageRequest r, Meant meant, Answer answer)
    {
        if (answer.Body is Problem problem)
            return problem.Status == 404 && meant.On is null ? new PageAnswer.NotFound() : await Form(r, meant, problem);
        return new PageAnswer.SeeOther($"/console/cases/{meant.Case.Id}", r.Ui.Say($"Fait\u00A0: {meant.Act.French}.", $"Done: {meant.Act.English}."));
    }

    private async Task<PageAnswer> Form(PageRequest r, Meant meant, Problem? refusal)
    {
        var policies = meant.Act.Name == "policy" ? await Policies(r, meant.Case) : [];
        var previews = meant.On is { } step && meant.Act.Shows is not null ? await r.Api.Get<PreviewsView>("previewStep", new Dictionary<string, string> { ["id"] = meant.Case.Id, ["step"] = step }) : null;
        var page = PageAnswer.Of<CaseActPage>(
            Title(r, meant), ("Meant", meant), ("Form", r.Form), ("Refusal", refusal), ("FormId", r.Field(Id) ?? ApiRequest.NewId("act", clock.GetUtcNow())), ("Policies", policies), ("Previews", previews),
            ("Today", await r.Api.Today(meant.Case.Creditor)), ("IsSent", r.Form.Count > 0));
        return refusal is null ? page : page with { Status = refusal.Status };
    }

    // Those of the law this debtor falls under: another would be refused.
    private static async Task<IReadOnlyList<(string Value, string Text)>> Policies(PageRequest r, CaseView view)
    {
        var listed = await r.Api.Get<PageView<System.Text.Json.Nodes.JsonObject>>("listPolicies", null, ("creditor", view.Creditor));
        return [.. (listed?.Items ?? []).Where(p => p["version"] is not null).Select(p => (string?)p["name"]).OfType<string>().Distinct().Select(n => (n, n == view.Policy.Name ? r.Ui.Say($"{n} (celui du dossier)", $"{n} (the case’s own)") : n))];
    }

    private static string Title(PageRequest r, Meant meant) => $"{meant.Act.Title(r.Ui)} · {meant.Case.Number}";

    // Null: no such act, nothing it could be about, or a case that is not theirs.
    private static async Task<Meant?> Meant(PageRequest r)
    {
        if (CaseActs.Find(r.Route["act"]) is not { } act || !r.Api.Allows(act.Operation) || await r.Api.Get<CaseView>("getInvoice", new Dictionary<string, string> { ["id"] = r.Route["id"] }) is not { } view)
            return null;
        var on = r.Query("on");
        return act.About is not null && on is null ? null : new(act, view, on);
    }
}

/// <summary>An act on a case, and what in it the act is about.</summary>
public sealed record Meant(CaseAct Act, CaseView Case, string? On)
{
    public IReadOnlyDictionary<string, string> Route => Act.About is { } name ? new Dictionary<string, string> { ["id"] = Case.Id, [name] = On! } : new Dictionary<string, string> { ["id"] = Case.Id };

    public string Path => ActLinks.To(Case.Id, Act.Name, On);
}

internal static class ActLinks
{
    public static string To(string caseId, string act, string? on) => $"/console/cases/{caseId}/acts/{act}" + (on is null ? "" : $"?on={Uri.EscapeDataString(on)}");
}
