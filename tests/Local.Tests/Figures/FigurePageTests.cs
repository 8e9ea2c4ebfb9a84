using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dunning.Local.Tests.Api;
using Dunning.Service.Figures;

namespace Dunning.Local.Tests.Figures;

/// <summary>The figures as a person sees them, signed in.</summary>
public sealed partial class FigurePageTests
{
    [Fact]
    public async Task The_page_shows_every_figure_with_its_drawing_and_its_data()
    {
        await using var host = await TestHost.Run();
        await Ledger(host);
        using var browser = await SignedIn(host, TestHost.Key, "fr");
        var page = await browser.GetStringAsync("/console/figures");
        Assert.Contains("<h1>Chiffres</h1>", page, StringComparison.Ordinal);
        foreach (var figure in FigureDefinitions.All.Where(f => f.Key != "trial"))
            Assert.Contains($"href=\"/console/figures/{figure.Key}?", page, StringComparison.Ordinal);
        var drawings = Drawings().Matches(page).Select(m => XElement.Parse(m.Value)).ToList();
        Assert.InRange(drawings.Count, 5, 7);
        Assert.All(drawings, Judge);
        // No style but the sheet's, and no identifier twice.
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        var ids = Ids().Matches(page).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.DoesNotContain(" :", WebUtility.HtmlDecode(Tags().Replace(page, "")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_figure_has_a_page_in_both_languages_with_its_definition_and_its_file()
    {
        await using var host = await TestHost.Run();
        await Ledger(host);
        await host.Put("/api/creditors/demo/policy-split", new { a = "fr-b2b", b = "fr-b2b-fast" });
        foreach (var language in new[] { "fr", "en" })
        {
            using var browser = await SignedIn(host, TestHost.Key, language);
            foreach (var figure in FigureDefinitions.All)
            {
                var page = WebUtility.HtmlDecode(await browser.GetStringAsync($"/console/figures/{figure.Key}"));
                var words = language == "fr" ? figure.French : figure.English;
                Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
                Assert.Contains($"<h1>{words.Name}</h1>", page, StringComparison.Ordinal);
                Assert.Contains(words.Definition, page, StringComparison.Ordinal);
                Assert.Contains(words.Formula, page, StringComparison.Ordinal);
                using var file = await browser.GetAsync($"/console/figures/{figure.Key}/csv?creditor=demo");
                Assert.Equal((HttpStatusCode.OK, "text/csv"), (file.StatusCode, file.Content.Headers.ContentType?.MediaType));
            }
        }
    }

    [Fact]
    public async Task A_person_sees_the_figures_of_their_creditors_only_and_is_told_what_is_wrong()
    {
        await using var host = await TestHost.Run();
        await Ledger(host);
        await host.Put("/api/creditors/other", new { name = "Other" });
        using var browser = await SignedIn(host, await host.NewKey("read", "other"), "en");
        var own = await browser.GetStringAsync("/console/figures");
        Assert.Contains("No invoice: nothing to count.", own, StringComparison.Ordinal);
        Assert.DoesNotContain("demo", own, StringComparison.Ordinal);
        Assert.Contains("There is no such creditor.", await browser.GetStringAsync("/console/figures?creditor=demo"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/console/figures/ageing/csv?creditor=demo")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/console/figures/weather")).StatusCode);
        Assert.Contains("must not lie after to.", await browser.GetStringAsync("/console/figures?from=2026-10-01&to=2026-09-01"), StringComparison.Ordinal);
        using var stranger = new HttpClient { BaseAddress = host.Address };
        Assert.DoesNotContain("<svg", await stranger.GetStringAsync("/console/figures?creditor=demo"), StringComparison.Ordinal);
    }

    private static async Task Ledger(TestHost host)
    {
        foreach (var n in Enumerable.Range(0, 6))
        {
            var path = await host.Register(i => (i["debtor"]!["id"], i["issueDate"], i["dueDate"]) = ($"debtor-{n % 2}", $"2026-09-{10 + n}", $"2026-10-{10 + n}"));
            if (n % 2 == 0)
                await host.Post($"{path}/payments", new { amount = 1200m, date = "2026-10-01" });
        }
        await host.MoveTo("2026-12-01T12:00:00+01:00");
    }

    private static async Task<HttpClient> SignedIn(TestHost host, string key, string language)
    {
        var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new(), UseCookies = true }) { BaseAddress = host.Address };
        browser.DefaultRequestHeaders.Add("Accept-Language", language);
        var token = Token().Match(await browser.GetStringAsync("/console")).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("csrf", token), new("key", key)]);
        (await browser.PostAsync("/console/sign-in", form)).EnsureSuccessStatusCode();
        return browser;
    }

    private static void Judge(XElement svg)
    {
        Assert.Equal("img", (string?)svg.Attribute("role"));
        var named = ((string?)svg.Attribute("aria-labelledby") ?? "").Split(' ');
        Assert.Equal(named, svg.Elements().Take(2).Select(e => (string?)e.Attribute("id")));
        Assert.Equal(["title", "desc"], svg.Elements().Take(2).Select(e => e.Name.LocalName));
        foreach (var part in svg.Descendants())
            foreach (var number in part.Attributes().Where(a => a.Name.LocalName is "x" or "y" or "x1" or "x2" or "y1" or "y2" or "cx" or "cy" or "width" or "height"))
                Assert.True(double.TryParse(number.Value, System.Globalization.CultureInfo.InvariantCulture, out var value) && value is >= -1 and <= 1000, $"{part}");
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawings();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("name=\"csrf\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
