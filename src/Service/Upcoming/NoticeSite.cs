using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;
using Dunning.Service.Audit;
using Dunning.Service.Browsing;
using Dunning.Service.Console;
using Dunning.Service.Links;
using Dunning.Service.Portal;
using Dunning.Service.Register;
using Dunning.Service.Rendering;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Upcoming;

/// <summary>
/// Where the links of a notice lead: a page that shows what would leave and asks what to do. Looking changes nothing; the form holds the case, or mends where it goes. It does so through the API's own
/// operations, for that creditor and that case only, and looks like a page of the console without its menu. Whatever is not a good link is one and the same "nothing here".
/// </summary>
public sealed class NoticeSite(Routes routes, ServerSecret secret, SiteHeaders headers, VisitRates rates, ActsOnRecord acts, Registry registry, ConsoleRenderer renderer, LocalToday days, TimeProvider clock)
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
        if (form is null || await Open(r) is not { } open)
            return await Nothing(r);
        if (open.Link.Purpose == NoticeWriter.ToHold && string.IsNullOrWhiteSpace(form["until"]))
            return await Page(open, new("ruleBroken", open.Ui.Say("Il faut une date.", "A date is needed."), 422, [new("until", "required", open.Ui.Say("est nécessaire.", "is required."))]), form);
        // The same form sent twice is the same fact.
        var id = "link-" + Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(r.Route("token")), .. bytes]))[..32];
        foreach (var (operation, body) in Acts(open, form))
        {
            body["id"] = $"{id}-{operation}";
            if ((await open.Api.Call(operation, open.Route, body)).Body is Problem problem)
                return await Page(open, problem, form);
        }
        return SiteAnswer.SeeOther($"{r.Http.Request.PathBase}{r.Http.Request.Path}?done=1");
    }

    private static IEnumerable<(string Operation, JsonObject Body)> Acts(Opened open, FormCollection form)
    {
        string? Given(string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;
        if (open.Link.Purpose == NoticeWriter.ToHold)
        {
            yield return ("hold", new() { ["reason"] = Given("reason") ?? open.Ui.Say("À la demande du créancier", "At the creditor’s request"), ["until"] = Given("until") ?? "" });
            yield break;
        }
        var contact = new JsonObject();
        foreach (var name in (string[])["email", "phone"])
            if (Given(name) is { } value && value != (name == "email" ? open.Case.Debtor.Email : open.Case.Debtor.Phone))
                contact[name] = value;
        if (contact.Count > 0)
            yield return ("changeContact", contact);
        if (Given("dueDate") is { } due && due != open.Case.DueDate.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
            yield return ("changeDueDate", new() { ["dueDate"] = due });
    }

    private async Task<Opened?> Open(ApiRequest r)
    {
        if (!secret.IsSet || new SignedLinks(secret.KeyFor(ServerSecret.NoticeLinks)).Read(r.Route("token"), clock.GetUtcNow()) is not { Purpose: NoticeWriter.ToHold or NoticeWriter.ToEdit } link
            || await registry.Creditors.Get(link.Creditor, r.Ct) is not { Value: var creditor })
            return null;
        var caller = new Caller(By, Role.Operator, [link.Creditor]);
        var api = new ConsoleApi(_operations.Value, acts, r.Http, caller, days, clock);
        var route = new Dictionary<string, string> { ["id"] = link.CaseId };
        return await api.Get<CaseView>("getInvoice", route) is { } shown ? new(link, shown, api, route, UiOf(r.Http, creditor.Language)) : null;
    }

    private async Task<Answer> Page(Opened open, Problem? refusal, IFormCollection form)
    {
        var previews = open.Case.Next.Step is { } step ? await open.Api.Get<PreviewsView>("previewStep", new Dictionary<string, string>(open.Route) { ["step"] = step }) : null;
        var done = open.Ui.Flash is not null;
        return await Html(refusal is null ? 200 : 422, open.Ui, open.Case.Number, typeof(NoticePage), new() { ["Case"] = open.Case, ["Hold"] = open.Link.Purpose == NoticeWriter.ToHold, ["Previews"] = previews, ["Refusal"] = refusal, ["Form"] = form, ["Done"] = done });
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

    private sealed record Opened(SignedLink Link, CaseView Case, ConsoleApi Api, IReadOnlyDictionary<string, string> Route, Ui Ui);
}
