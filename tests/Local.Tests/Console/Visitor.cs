using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Console;

/// <summary>A person at the console: a browser without scripts, that keeps its cookies and fills in forms as they come.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient _http;

    private Visitor(TestHost host) =>
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = host.Address };

    public static async Task<Visitor> SignIn(TestHost host, string key = TestHost.Key, string language = "fr")
    {
        var visitor = new Visitor(host);
        visitor._http.DefaultRequestHeaders.Add("Accept-Language", language);
        var there = await visitor.Submit(await visitor.Get("/console"), ("key", key));
        Assert.Equal(303, there.Status);
        return visitor;
    }

    public async Task<ConsolePage> Get(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return await ConsolePage.Of(path, response);
    }

    public async Task<ConsolePage> Post(string path, IEnumerable<KeyValuePair<string, string>> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return await ConsolePage.Of(path, response);
    }

    /// <summary>Sends the form of a page as it stands, with what is filled in; the answer as it is.</summary>
    public Task<ConsolePage> Submit(ConsolePage page, params (string Name, string Value)[] filled)
    {
        var form = page.Document.QuerySelector("main form[method=post]")!;
        var fields = form.QuerySelectorAll("input[name], textarea[name], select[name]").Where(f => f.GetAttribute("type") is not "checkbox")
            .ToDictionary(f => f.GetAttribute("name")!, ValueOf, StringComparer.Ordinal);
        foreach (var (name, value) in filled)
            fields[name] = value;
        return Post(form.GetAttribute("action") ?? page.Path, fields);
    }

    /// <summary>The same, and then the page it leads to.</summary>
    public async Task<ConsolePage> Do(ConsolePage page, params (string Name, string Value)[] filled)
    {
        var answer = await Submit(page, filled);
        Assert.True(answer.Status == 303, answer.Text);
        return await Get(answer.Location!);
    }

    public void Dispose() => _http.Dispose();

    private static string ValueOf(IElement field) => field.LocalName switch
    {
        "select" => (field.QuerySelector("option[selected]") ?? field.QuerySelector("option"))?.GetAttribute("value") ?? "",
        "textarea" => field.TextContent.TrimStart('\n'),
        _ => field.GetAttribute("value") ?? "",
    };
}

/// <summary>A page as a browser understands it.</summary>
internal sealed record ConsolePage(string Path, int Status, string Text, string? Location, string? ContentType, string? Policy)
{
    public IDocument Document { get; } = new HtmlParser().ParseDocument(Text);

    /// <summary>What is read on it, white space as one space, cells and terms apart.</summary>
    public string Words => string.Join(' ', string.Join(' ', Document.QuerySelector("main")?.GetDescendants().OfType<IText>().Select(t => t.Data) ?? []).Split((char[])[' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    public string Title => Document.QuerySelector("h1")!.TextContent.Trim();

    public IEnumerable<string> Links => Document.QuerySelectorAll("main a[href]").Select(a => a.GetAttribute("href")!);

    public static async Task<ConsolePage> Of(string path, HttpResponseMessage response) => new(
        path, (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location?.ToString(), response.Content.Headers.ContentType?.MediaType,
        response.Headers.TryGetValues("Content-Security-Policy", out var policy) ? string.Join(' ', policy) : null);
}
