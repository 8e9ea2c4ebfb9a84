using System.Net;
using System.Text.RegularExpressions;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Console;

/// <summary>A person with a browser: keeps cookies, follows where a form leads, sends the token of the page it is on.</summary>
internal sealed partial class Clerk : IDisposable
{
    private readonly HttpClient _http;
    private string _csrf = "";

    public Clerk(TestHost host, string language = "en")
    {
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = host.Address };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
    }

    /// <summary>What the last page says, as a reader sees it: entities resolved.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The same, as it was sent.</summary>
    public string Html { get; private set; } = "";

    public int Status { get; private set; }

    public HttpResponseMessage Last { get; private set; } = null!;

    public static async Task<Clerk> SignIn(TestHost host, string key = TestHost.Key, string language = "en")
    {
        var clerk = new Clerk(host, language);
        await clerk.Get("/console");
        await clerk.Post("/console/sign-in", ("key", key));
        Assert.Equal(200, clerk.Status);
        return clerk;
    }

    public Task<Clerk> Get(string path) => Send(new(HttpMethod.Get, path));

    /// <summary>Sends the form, and looks where it leads.</summary>
    public async Task<Clerk> Post(string path, params (string Name, string Value)[] fields)
    {
        await PostOnly(path, [.. fields, ("csrf", _csrf)]);
        return Status == 303 ? await Get(Last.Headers.Location!.ToString()) : this;
    }

    /// <summary>Exactly these fields, and no further.</summary>
    public Task<Clerk> PostOnly(string path, params (string Name, string Value)[] fields) =>
        Send(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) });

    public void Dispose() => _http.Dispose();

    private async Task<Clerk> Send(HttpRequestMessage request)
    {
        Last = await _http.SendAsync(request);
        Html = await Last.Content.ReadAsStringAsync();
        (Status, Text) = ((int)Last.StatusCode, WebUtility.HtmlDecode(Tags().Replace(Html, " ")));
        _csrf = Token().Match(Html) is { Success: true } token ? token.Groups[1].Value : _csrf;
        return this;
    }

    [GeneratedRegex("name=\"csrf\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
