using System.Text;
using Dunning.Service.Api;
using Dunning.Service.Audit;
using Dunning.Service.Browsing;
using Dunning.Service.Upcoming;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Console;

/// <summary>
/// Everything under /console: who may come in, the token of each form, and which page answers. Pages are written for one person and kept nowhere; no script but our own
/// runs in them.
/// </summary>
public sealed class ConsoleSite(
    ISignIn signIn, Routes routes, IEnumerable<IConsolePages> parts, ActsOnRecord acts, SiteHeaders headers, ConsoleCookies cookies, FormToken forms, VisitRates rates, ConsoleRenderer renderer, LocalToday days, TimeProvider clock, ILogger<ConsoleSite> log)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    private const string LanguageCookie = "dunning_language";
    private const string FlashCookie = "dunning_flash";
    private const string AllTries = "";
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private readonly IReadOnlyDictionary<string, Operation> _operations = routes.All.ToDictionary(o => o.Name, StringComparer.Ordinal);
    private readonly IReadOnlyList<Page> _pages = [.. parts.SelectMany(p => p.Pages)];

    public IEnumerable<Operation> Operations =>
    [
        new("console", "GET", "/console/{*page}", Role.Anonymous, "A page of the console", Get),
        new("consoleAct", "POST", "/console/{*page}", Role.Anonymous, "A form of the console", Post) { RawBody = true },
    ];

    private async Task<Answer> Get(ApiRequest r)
    {
        var (http, path) = (r.Http, r.Route("page").Trim('/'));
        headers.Put(http, Policy, addressIsSecret: false);
        if (path.StartsWith("files/", StringComparison.Ordinal))
            return ConsoleFiles.Find(path["files/".Length..]) is var (bytes, type) ? Answer.Ok(bytes) with { ContentType = type } : await Nothing(http, null, null);
        if (path.StartsWith("language/", StringComparison.Ordinal) && Ui.Languages.Contains(path["language/".Length..]))
        {
            cookies.Give(http, LanguageCookie, path["language/".Length..], Year);
            return SiteAnswer.SeeOther(Back(http));
        }
        return await signIn.Who(http, r.Ct) is { } who ? await Run(http, who, "GET", path, FormCollection.Empty) : await Door(http);
    }

    private async Task<Answer> Post(ApiRequest r)
    {
        var (http, path) = (r.Http, r.Route("page").Trim('/'));
        headers.Put(http, Policy, addressIsSecret: false);
        if (await SiteForm.Read(http.Request) is not { Fields: var form })
            return Answer.Refuse(413, "tooLarge", $"A form must not be larger than {ApiPipeline.MaxBody} bytes.");
        var who = await signIn.Who(http, r.Ct);
        if (form is null || !forms.Holds(http, who, form["csrf"].FirstOrDefault()))
            return Answer.Refuse(403, "forgedForm", "The form does not come from a page of ours, or from one that is too old; open the page again.");
        switch (path)
        {
            case "sign-in" when signIn.TakesKeys:
                return await SignIn(http, form["key"].ToString().Trim(), r.Ct);
            case "sign-out":
                await signIn.SignOut(http, r.Ct);
                return SiteAnswer.SeeOther(signIn.AfterSignOut);
        }
        return who is null ? await Door(http) : await Run(http, who, "POST", path, form);
    }

    // Each try counts until it has succeeded: many at once are as many.
    private async Task<Answer> SignIn(HttpContext http, string key, CancellationToken ct)
    {
        if (!rates.SignIns.Allows(http, AllTries))
        {
            VisitRate.Refuse(http);
            return await Door(http, 429);
        }
        if (!await signIn.SignIn(http, key, ct))
        {
            log.LogWarning("A key that opens nothing was presented at the console");
            return await Door(http, 403);
        }
        rates.SignIns.Forget(http, AllTries);
        return SiteAnswer.SeeOther("/console");
    }

    private async Task<Answer> Run(HttpContext http, SignedIn who, string method, string path, IFormCollection form)
    {
        var ui = UiOf(http, who);
        foreach (var page in _pages)
            if (page.Method == method && Match(page.Pattern, path) is { } route)
                return await Write(http, ui, await page.Run(new(http, ui, new(_operations, acts, http, who.Caller, days, clock), route, form)));
        return await Nothing(http, ui, null);
    }

    private async Task<Answer> Write(HttpContext http, Ui ui, PageAnswer answer)
    {
        switch (answer)
        {
            case PageAnswer.Html html:
                if (ui.Flash is not null)
                    cookies.TakeBack(http, FlashCookie);
                return SiteAnswer.Html(html.Status, await renderer.Render(ui, html.Title, html.Component, html.Parameters));
            case PageAnswer.SeeOther there:
                if (there.Flash is { } flash)
                    cookies.Give(http, FlashCookie, WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(flash)), TimeSpan.FromMinutes(1));
                return SiteAnswer.SeeOther(there.Location);
            case PageAnswer.Whole whole:
                return whole.Answer;
            case PageAnswer.File file:
                return Answer.Ok(file.Bytes) with { ContentType = file.ContentType, FileName = file.Name };
            default:
                return await Nothing(http, ui, ((PageAnswer.NotFound)answer).Detail);
        }
    }

    private async Task<Answer> Nothing(HttpContext http, Ui? ui, string? detail)
    {
        ui ??= UiOf(http, null);
        return SiteAnswer.Html(404, await renderer.Render(ui, ui.Say("Rien ici", "Nothing here"), typeof(NothingPage), new Dictionary<string, object?> { ["Detail"] = detail }, isDoor: ui.Caller == Caller.Nobody));
    }

    private async Task<Answer> Door(HttpContext http, int status = 200)
    {
        if (signIn.DoorOf(http) is { } elsewhere)
            return SiteAnswer.SeeOther(elsewhere);
        var ui = UiOf(http, null);
        if (!signIn.TakesKeys)
            return SiteAnswer.Html(403, await renderer.Render(ui, "Dunning", typeof(NothingPage), new Dictionary<string, object?> { ["Detail"] = ui.Say("Votre compte n’ouvre pas la console.", "Your account does not open the console.") }, isDoor: true));
        return SiteAnswer.Html(status, await renderer.Render(ui, ui.Say("Connexion", "Sign in"), typeof(SignInPage), new Dictionary<string, object?> { ["Refused"] = status == 403, ["TooOften"] = status == 429 }, isDoor: true));
    }

    private Ui UiOf(HttpContext http, SignedIn? who) =>
        new(who?.Caller ?? Caller.Nobody, who?.Name ?? "", LanguageOf(http), forms.Of(http, who), http.Request.Path.Value ?? "/console")
        {
            Flash = Flash(http),
        };

    private string LanguageOf(HttpContext http) =>
        cookies.Find(http, LanguageCookie) is { } chosen && Ui.Languages.Contains(chosen) ? chosen : SiteLanguage.Of(http, Ui.Languages) ?? Ui.Languages[0];

    private string? Flash(HttpContext http)
    {
        try
        {
            return cookies.Find(http, FlashCookie) is { Length: > 0 and < 2000 } flash ? Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(flash)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // Only to a page of ours: never to where somebody else's link says.
    private static string Back(HttpContext http) =>
        Uri.TryCreate(http.Request.Headers.Referer.ToString(), UriKind.Absolute, out var from) && from.Authority == http.Request.Host.Value && from.AbsolutePath.StartsWith("/console", StringComparison.Ordinal)
            ? from.PathAndQuery
            : "/console";

    private static Dictionary<string, string>? Match(string pattern, string path)
    {
        var (wanted, given) = (pattern.Split('/'), path.Split('/'));
        if (wanted.Length != given.Length)
            return null;
        var route = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < wanted.Length; i++)
            if (wanted[i].StartsWith('{') && given[i].Length > 0)
                route[wanted[i][1..^1]] = given[i];
            else if (wanted[i] != given[i])
                return null;
        return route;
    }
}
