using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Console;

/// <summary>A person with a browser without scripts: it keeps cookies, stands on a page, and fills in forms as they come.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient _http;
    private string _csrf = "";

    public Visitor(TestHost host, string language = "en")
    {
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = host.Address };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
    }

    /// <summary>The page stood on: the last answer.</summary>
    public ConsolePage Page { get; private set; } = null!;

    public static async Task<Visitor> SignIn(TestHost host, string key = TestHost.Key, string language = "en")
    {
        var visitor = new Visitor(host, language);
        var there = await visitor.Submit(await visitor.Get("/console"), ("key", key));
        Assert.Equal(303, there.Status);
        await visitor.Get(there.Location!);
        return visitor;
    }

    public Task<ConsolePage> Get(string path) => On(path, _http.GetAsync(new Uri(path, UriKind.Relative)));

    /// <summary>Exactly these fields; the answer as it is.</summary>
    public async Task<ConsolePage> Post(string path, params IEnumerable<(string Name, string Value)> fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await On(path, _http.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    /// <summary>These fields with the token of the console, and then the page it leads to.</summary>
    public async Task<ConsolePage> Send(string path, params IEnumerable<(string Name, string Value)> fields)
    {
        var answer = await Post(path, [.. fields, ("csrf", _csrf)]);
        return answer.Status == 303 ? await Get(answer.Location!) : answer;
    }

    /// <summary>Sends the form of a page as it stands, with what is filled in; the answer as it is.</summary>
    public Task<ConsolePage> Submit(ConsolePage page, params (string Name, string Value)[] filled)
    {
        var form = page.Document.QuerySelector("main form[method=post]")!;
        var fields = form.QuerySelectorAll("input[name], textarea[name], select[name]").Where(f => f.GetAttribute("type") is not "checkbox")
            .ToDictionary(f => f.GetAttribute("name")!, ValueOf, StringComparer.Ordinal);
        foreach (var (name, value) in filled)
            fields[name] = value;
        return Post(form.GetAttribute("action") ?? page.Path, fields.Select(f => (f.Key, f.Value)));
    }

    /// <summary>The same, and then the page it leads to.</summary>
    public async Task<ConsolePage> Do(ConsolePage page, params (string Name, string Value)[] filled)
    {
        var answer = await Submit(page, filled);
        Assert.True(answer.Status == 303, answer.Html);
        return await Get(answer.Location!);
    }

    public void Dispose() => _http.Dispose();

    private async Task<ConsolePage> On(string path, Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        Page = await ConsolePage.Of(path, response);
        _csrf = Page.Filled("csrf") ?? _csrf;
        return Page;
    }

    private static string ValueOf(IElement field) => field.LocalName switch
    {
        "select" => (field.QuerySelector("option[selected]") ?? field.QuerySelector("option"))?.GetAttribute("value") ?? "",
        "textarea" => field.TextContent.TrimStart('\n'),
        _ => field.GetAttribute("value") ?? "",
    };
}

/// <summary>A page as a browser understands it.</summary>
internal sealed record ConsolePage(string Path, int Status, string Html, IReadOnlyDictionary<string, string> Headers)
{
    private static readonly string[] Heard = ["aria-label", "title", "placeholder", "alt", "data-name"];

    public IDocument Document { get; } = new HtmlParser().ParseDocument(Html);

    /// <summary>What is read on it, white space as one space, cells and terms apart.</summary>
    public string Words => string.Join(' ', string.Join(' ', Document.QuerySelector("main")?.GetDescendants().OfType<IText>().Select(t => t.Data) ?? []).Split((char[])[' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Each thing it says, whole: every run of text, and what is only heard or seen on the way (names of fields and buttons, hints, descriptions). What others wrote, in boxes of its own, is not its saying.</summary>
    public IEnumerable<string> Sayings => Document.Body!.GetDescendants().OfType<IText>().Where(t => t.ParentElement!.Closest("pre, textarea, .said") is null).Select(t => t.Data)
        .Concat(Document.All.SelectMany(e => Heard.Select(e.GetAttribute).OfType<string>()))
        .Select(t => t.Trim()).Where(t => t.Length > 0);

    public string Title => Document.QuerySelector("h1")!.TextContent.Trim();

    public IEnumerable<string> Links => Document.QuerySelectorAll("main a[href]").Select(a => a.GetAttribute("href")!);

    /// <summary>The invoices of its lists, by their number.</summary>
    public IReadOnlyList<string> Numbers => [.. Document.QuerySelectorAll("th[scope=row] a[href^='/console/cases/']").Select(a => a.TextContent)];

    public string? Location => Headers.GetValueOrDefault("Location");

    public string? ContentType => Headers.GetValueOrDefault("Content-Type")?.Split(';')[0];

    public string? Policy => Headers.GetValueOrDefault("Content-Security-Policy");

    /// <summary>What stands in its first field of a name.</summary>
    public string? Filled(string name) => Document.QuerySelector($"input[name='{name}']")?.GetAttribute("value");

    public static async Task<ConsolePage> Of(string path, HttpResponseMessage response) => new(
        path, (int)response.StatusCode, await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(' ', h.Value), StringComparer.OrdinalIgnoreCase));
}
