using System.Text;
using Dunning.Service.Api;
using Dunning.Service.Audit;
using Dunning.Service.Upcoming;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunning.Service.Console;

/// <summary>
/// Everything under /console: who may come in, the token of each form, and which page answers. Pages are written for one person and kept nowhere; no script but our own
/// runs in them.
/// </summary>
public sealed class ConsoleSite(ISignIn signIn, Routes routes, IEnumerable<IConsolePages> parts, ActsOnRecord acts, ConsoleRenderer renderer, LocalToday days, TimeProvider clock)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    private const string LanguageCookie = "dunning_language";
    private const string FlashCookie = "dunning_flash";
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
        Guard(http);
        if (path.StartsWith("files/", StringComparison.Ordinal))
            return ConsoleFiles.Find(path["files/".Length..]) is var (bytes, type) ? Answer.Ok(bytes) with { ContentType = type } : await Nothing(http, null, null);
        if (path.StartsWith("language/", StringComparison.Ordinal) && Ui.Languages.Contains(path["language/".Length..]))
        {
            http.Response.Cookies.Append(LanguageCookie, path["language/".Length..], ConsoleCookies.Strict(http, Year));
            return SeeOther(Back(http));
        }
        return await signIn.Who(http, r.Ct) is { } who ? await Run(http, who, "GET", path, FormCollection.Empty) : await Door(http, refused: false);
    }

    private async Task<Answer> Post(ApiRequest r)
    {
        var (http, path) = (r.Http, r.Route("page").Trim('/'));
        Guard(http);
        if (await ApiPipeline.ReadBody(http.Request) is not { } bytes)
            return Answer.Refuse(413, "tooLarge", $"A form must not be larger than {ApiPipeline.MaxBody} bytes.");
        var form = FormBody.Read(http.Request, bytes);
        var who = await signIn.Who(http, r.Ct);
        if (form is null || !FormToken.Holds(http, who, form["csrf"].FirstOrDefault()))
            return Answer.Refuse(403, "forgedForm", "The form does not come from a page of ours, or from one that is too old; open the page again.");
        switch (path)
        {
            case "sign-in" when signIn.TakesKeys:
                return await signIn.SignIn(http, form["key"].ToString().Trim(), r.Ct) ? SeeOther("/console") : await Door(http, refused: true);
            case "sign-out":
                await signIn.SignOut(http, r.Ct);
                return SeeOther(signIn.AfterSignOut);
        }
        return who is null ? await Door(http, refused: false) : await Run(http, who, "POST", path, form);
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
                    http.Response.Cookies.Delete(FlashCookie, ConsoleCookies.Strict(http, TimeSpan.Zero));
                return Html(html.Status, await renderer.Render(ui, html.Title, html.Component, html.Parameters));
            case PageAnswer.SeeOther there:
                if (there.Flash is { } flash)
                    http.Response.Cookies.Append(FlashCookie, WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(flash)), ConsoleCookies.Strict(http, TimeSpan.FromMinutes(1)));
                return SeeOther(there.Location);
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
        return Html(404, await renderer.Render(ui, ui.Say("Rien ici", "Nothing here"), typeof(NothingPage), new Dictionary<string, object?> { ["Detail"] = detail }, isDoor: ui.Caller == Caller.Nobody));
    }

    private async Task<Answer> Door(HttpContext http, bool refused)
    {
        if (signIn.DoorOf(http) is { } elsewhere)
            return SeeOther(elsewhere);
        var ui = UiOf(http, null);
        if (!signIn.TakesKeys)
            return Html(403, await renderer.Render(ui, "Dunning", typeof(NothingPage), new Dictionary<string, object?> { ["Detail"] = ui.Say("Votre compte n’ouvre pas la console.", "Your account does not open the console.") }, isDoor: true));
        return Html(refused ? 403 : 200, await renderer.Render(ui, ui.Say("Connexion", "Sign in"), typeof(SignInPage), new Dictionary<string, object?> { ["Refused"] = refused }, isDoor: true));
    }

    private static Ui UiOf(HttpContext http, SignedIn? who) =>
        new(who?.Caller ?? Caller.Nobody, who?.Name ?? "", LanguageOf(http), FormToken.Of(http, who), http.Request.Path.Value ?? "/console")
        {
            Flash = Flash(http),
        };

    private static string LanguageOf(HttpContext http)
    {
        if (http.Request.Cookies[LanguageCookie] is { } chosen && Ui.Languages.Contains(chosen))
            return chosen;
        return http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.ToString().Split('-')[0].ToLowerInvariant()).FirstOrDefault(Ui.Languages.Contains)
            ?? Ui.Languages[0];
    }

    private static string? Flash(HttpContext http)
    {
        try
        {
            return http.Request.Cookies[FlashCookie] is { Length: > 0 and < 2000 } flash ? Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(flash)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static void Guard(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (http.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
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

    private static Answer Html(int status, byte[] page) => new(status, page) { ContentType = "text/html; charset=utf-8" };

    private static Answer SeeOther(string location) => new(303, Array.Empty<byte>()) { Location = location, ContentType = "text/html; charset=utf-8" };
}
