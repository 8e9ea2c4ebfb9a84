using System.Net;
using AngleSharp.Html.Parser;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Portal;

/// <summary>Somebody with an address and a browser: no key, no cookie, no script.</summary>
internal sealed class DebtorVisitor(TestHost host, string page)
{
    public const string Public = "https://relances.example.org";

    private string? _form;

    public string Page => page;

    public static Task<TestHost> Host(Func<LocalOptions, LocalOptions>? options = null) => TestHost.Run(o => (options ?? (x => x))(o with { PublicUrl = new(Public) }));

    /// <summary>With the link an operator gives by telephone.</summary>
    public static async Task<DebtorVisitor> Of(TestHost host, string path)
    {
        var given = await host.Post($"{path}/portal-link");
        Assert.Equal(200, given.Status);
        return new(host, new Uri(given["url"]).AbsolutePath);
    }

    public async Task<Reply> Get(string below = "") => Decoded(await host.Get(page + below, null));

    /// <summary>Fills a form in and sends it, with the token of the page it stands on unless another is given.</summary>
    public async Task<Reply> Send(string act, Dictionary<string, string> fields, string? form = null) =>
        Decoded(await Post(act, [.. fields, new("form", form ?? await Token())]));

    /// <summary>What the forms of this page carry, from the first one that is offered.</summary>
    public async Task<string> Token()
    {
        foreach (var act in (string[])["message", "problem", "plan", "promise"])
            if (_form is null && new HtmlParser().ParseDocument((await host.Get($"{page}/{act}", null)).Text).QuerySelector("input[name=form]") is { } found)
                _form = found.GetAttribute("value");
        return _form ?? "";
    }

    public Task<Reply> Confirm(string act, Dictionary<string, string> fields) => Send(act, new(fields) { ["confirmed"] = "yes" });

    public async Task<Reply> Post(string act, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        return await host.Send("POST", $"{page}/{act}", await content.ReadAsByteArrayAsync(), null, ("Content-Type", "application/x-www-form-urlencoded"));
    }

    // As a browser shows it.
    private static Reply Decoded(Reply reply) => reply with { Text = reply.ContentType == "text/html" ? WebUtility.HtmlDecode(reply.Text) : reply.Text };
}
