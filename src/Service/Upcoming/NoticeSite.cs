using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;
using Dunning.Service.Audit;
using Dunning.Service.Browsing;
using Dunning.Service.Console;
using Dunning.Service.Engine;
using Dunning.Service.Links;
using Dunning.Service.Register;
using Dunning.Service.Rendering;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Upcoming;

/// <summary>
/// Where the links of a notice lead: a page that shows what would leave and asks what to do. Looking changes nothing; the form holds the case, or mends where it goes. It does so through the API's own
/// operations, for that creditor and that case only, and looks like a page of the console without its menu. Whatever is not a good link is one and the same "nothing here".
/// </summary>
public sealed class NoticeSite(Routes routes, ServerSecret secret, SiteHeaders headers, VisitRates rates, ActsOnRecord acts, Registry registry, Acknowledger acknowledger, ConsoleRenderer renderer, LocalToday days, TimeProvider clock)
{
    public const string By = "notice-link";

    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    private readonly Lazy<IReadOnlyDictionary<string, Operation>> _operations = new(() => routes.All.ToDictionary(o => o.Name, StringComparer.Ordinal));

    public IEnumerable<Operation> Operations =>
    [
        new("noticeLink", "GET", "/c/{token}", Role.Anonymous, "What would leave, for whoever was told of it", r => Guarded(r, Show)),
        new("noticeLinkAct", "POST", "/c/{token}", Role.Anonymous, "Hold it, or mend where it goes", r => Guarded(r, Act)) { RawBody = true },
    ];

    private async Task<Answer> Guarded(ApiRequest r, Func<ApiRequest, Task<Answer>> answer)
    {
        headers.Put(r.Http, Policy, addressIsSecret: true);
        // Links of one creditor begin alike; what nobody can guess is their end.
        if (rates.Links.Allows(r.Http, r.Route("token").Split('.')[^1]))
            return await answer(r);
        VisitRate.Refuse(r.Http);
        return await Nothing(r, 429);
    }

    private async Task<Answer> Show(ApiRequest r) => await Open(r) is { } open ? await Page(open, null, FormCollection.Empty) : await Nothing(r);

    private async Task<Answer> Act(ApiRequest r)
    {
        if (await SiteForm.Read(r.Http.Request) is not { Bytes: var bytes, Fields: var form })
            return Answer.Refuse(413, "tooLarge", "The form is too large.");
        for (var races = new Races("of a notice"); ; races.Lose())
        {
            if (form is null || await Open(r) is not { } open)
                return await Nothing(r);
            if (Refused(open, form) is { } refused)
                return await Page(open, refused, form);
            // The same form for the same state of the case is the same fact; once the case has moved on, it is asked anew.
            var id = "link-" + Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{r.Route("token")}\n{open.Etag}\n"), .. bytes]))[..32];
            switch (await Tell(open, id, [.. Acts(open, form)]))
            {
                case null:
                    return SiteAnswer.SeeOther($"{r.Http.Request.PathBase}{r.Http.Request.Path}?done=1");
                case { Status: not 412 } problem:
                    return await Page(open, problem, form);
            }
        }
    }

    private static Problem? Refused(Opened open, FormCollection form)
    {
        if (open.Link.Purpose != NoticeWriter.ToHold)
            return null;
        if (Given(form, "until") is null)
            return new("ruleBroken", open.Ui.Say("Il faut une date.", "A date is needed."), 422, [new("until", "required", open.Ui.Say("est nécessaire.", "is required."))]);
        return open.Held is { } held && Until(form) is { } until && held.Until != until && held.Covers(until)
            ? new("heldAlready", open.Ui.Say($"{NoticeWords.Held(held, open.Ui)}\u00A0: ce lien ne raccourcit pas une suspension.", $"{NoticeWords.Held(held, open.Ui)}; this link shortens no hold."), 409, [])
            : null;
    }

    // All is judged before any of it is done. Null: it is done.
    private static async Task<Problem?> Tell(Opened open, string id, IReadOnlyList<(string Operation, JsonObject Body)> acts)
    {
        var refusals = new List<Problem>();
        foreach (var (operation, body) in acts)
            if ((await open.Api.Call(operation, open.Route, body, (ApiRequest.DryRun, "true"))).Body is Problem refusal)
                refusals.Add(refusal);
        if (refusals.Count > 0)
            return refusals[0] with { Faults = [.. refusals.SelectMany(p => p.Faults)] };
        for (var i = 0; i < acts.Count; i++)
        {
            var (operation, body) = acts[i];
            body["id"] = $"{id}-{operation}";
            if ((await (i == 0 ? open.Api.If(open.Etag) : open.Api).Call(operation, open.Route, body)).Body is Problem problem)
                return i == 0 ? problem : problem with { Detail = $"{open.Ui.Say("L’adresse est enregistrée, mais pas l’échéance.", "The address is recorded, the due date is not.")} {problem.Detail}" };
        }
        return null;
    }

    // What is so already is not told again.
    private static IEnumerable<(string Operation, JsonObject Body)> Acts(Opened open, FormCollection form)
    {
        if (open.Link.Purpose == NoticeWriter.ToHold)
        {
            if (open.Held is null || open.Held.Until != Until(form))
                yield return ("hold", new() { ["reason"] = Given(form, "reason") ?? open.Ui.Say("À la demande du créancier", "At the creditor’s request"), ["until"] = Given(form, "until") });
            yield break;
        }
        var contact = new JsonObject();
        foreach (var name in (string[])["email", "phone"])
            if (Given(form, name) is { } value && value != (name == "email" ? open.Case.Debtor.Email : open.Case.Debtor.Phone))
                contact[name] = value;
        if (contact.Count > 0)
            yield return ("changeContact", contact);
        if (Given(form, "dueDate") is { } due && due != open.Case.DueDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
            yield return ("changeDueDate", new() { ["dueDate"] = due });
    }

    private static string? Given(FormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    private static DateOnly? Until(FormCollection form) =>
        DateOnly.TryParseExact(Given(form, "until"), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null;

    private async Task<Opened?> Open(ApiRequest r)
    {
        if (!secret.IsSet || new SignedLinks(secret.KeyFor(ServerSecret.NoticeLinks)).Read(r.Route("token"), clock.GetUtcNow()) is not { Purpose: NoticeWriter.ToHold or NoticeWriter.ToEdit } link
            || await registry.Creditors.Get(link.Creditor, r.Ct) is not { Value: var creditor })
            return null;
        var caller = new Caller(By, Role.Operator, [link.Creditor]);
        var api = new ConsoleApi(_operations.Value, acts, r.Http, caller, days, clock);
        var route = new Dictionary<string, string> { ["id"] = link.CaseId };
        // The page first: whatever is read after it and is newer makes the act lose its condition.
        return await api.Get<CaseView>("getInvoice", route) is { } shown && await acknowledger.Find(caller, link.CaseId, r.Ct) is { } folded
            ? new(link, shown, api, route, UiOf(r.Http, creditor.Language)) { Held = folded.File.Silences.HoldOf(HoldScope.Case), Etag = ApiPipeline.Etag(shown) }
            : null;
    }

    private async Task<Answer> Page(Opened open, Problem? refusal, IFormCollection form)
    {
        var previews = open.Case.Next.Step is { } step ? await open.Api.Get<PreviewsView>("previewStep", new Dictionary<string, string>(open.Route) { ["step"] = step }) : null;
        var done = open.Ui.Flash is not null;
        return await Html(refusal is null ? 200 : 422, open.Ui, open.Case.Number, typeof(NoticePage), new() { ["Case"] = open.Case, ["Hold"] = open.Link.Purpose == NoticeWriter.ToHold, ["Held"] = open.Held, ["Previews"] = previews, ["Refusal"] = refusal, ["Form"] = form, ["Done"] = done });
    }

    private async Task<Answer> Nothing(ApiRequest r, int status = 404)
    {
        var ui = UiOf(r.Http, TextLanguage.French);
        return await Html(status, ui, "Dunning", typeof(LinkOverPage), new() { ["TooOften"] = status == 429 });
    }

    private async Task<Answer> Html(int status, Ui ui, string title, Type page, Dictionary<string, object?> parameters) =>
        SiteAnswer.Html(status, await renderer.Render(ui with { Flash = null }, title, page, parameters, isDoor: true));

    private static Ui UiOf(HttpContext http, string language) =>
        new(Caller.Nobody, "", language == TextLanguage.French ? TextLanguage.French : TextLanguage.English, "", "/c") { Flash = http.Request.Query.ContainsKey("done") ? "done" : null };

    private sealed record Opened(SignedLink Link, CaseView Case, ConsoleApi Api, IReadOnlyDictionary<string, string> Route, Ui Ui)
    {
        public Hold? Held { get; init; }

        public string Etag { get; init; } = "";
    }
}
