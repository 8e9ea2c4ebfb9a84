using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dunning.Local.Tests.Console;

namespace Dunning.Local.Tests.Browser;

/// <summary>Every page as a browser shows it: in both languages, on a desk and at 400 px, to eyes and to a screen reader.</summary>
[Collection(LedgerCollection.Name)]
public sealed partial class PageTests(Ledger ledger)
{
    private const string Handed = "FA2026-0211";

    private static readonly HashSet<string> Alike = new(StringComparer.Ordinal)
    {
        // Words of both languages.
        "Principal", "Total", "Base", "Article", "Messages", "Commercial", "Mode", "Version", "Versions", "Note", "France", "E-mail", "e-mail, SMS", "Date 1", "Date 2", "Date 3", "Date 4", "Contact 1", "Contact 2",
        // Names, and the language one may change to.
        "Dunning", "IBAN", "BIC", "SIREN", "SMS", "CSV", "JSON", "DSO", "CEI", "Message-ID", "Markdown", "English",
        "stripe", "gocardless", "mollie", "adyen", "paypal", "standard", "twilio", "mail", "statement", "basis", "claim", "invoice", "parties", "payment", "signature",
        // What the ledger says in more than one field.
        "14 quai des Minotiers  69007 Lyon", "Claire Dubois, Comptabilité clients", "Moulins du Rhône <facturation@moulins-du-rhone.example.com>",
        "Code de commerce, art. L441-10 II · Code de commerce, art. L441-10 II et D441-5",
    };

    private static readonly Dictionary<string, Func<Ledger, Task<string>>> Pages = new()
    {
        ["today"] = At("/console"),
        ["cases"] = At("/console/cases"),
        ["cases-found"] = At("/console/cases?status=formalNotice&sort=-balance"),
        ["case"] = l => l.Case(Handed),
        ["case-payment"] = async l => $"{await l.Case(Handed)}/acts/payment",
        ["case-promise"] = async l => $"{await l.Case(Handed)}/acts/promise",
        ["case-plan"] = async l => $"{await l.Case(Handed)}/acts/plan",
        ["case-dispute"] = async l => $"{await l.Case(Handed)}/acts/dispute",
        ["case-hold"] = async l => $"{await l.Case(Handed)}/acts/hold",
        ["case-call"] = async l => $"{await l.Case(Handed)}/acts/call",
        ["case-message"] = async l => $"/console/cases/{await l.Id(Handed)}/messages/{await l.Sent(Handed)}",
        ["debtors"] = At("/console/debtors"),
        ["debtor"] = At("/console/debtors/C0018?creditor=demo"),
        ["debtor-edit"] = At("/console/debtors/C0018/edit?creditor=demo"),
        ["debtor-statement"] = At("/console/debtors/C0018/statement?creditor=demo"),
        ["debtor-insolvency"] = At("/console/debtors/C0018/acts/insolvency?creditor=demo"),
        ["tomorrow"] = At("/console/tomorrow"),
        ["figures"] = At("/console/figures"),
        ["figure"] = At("/console/figures/ageing?creditor=demo"),
        ["what-if"] = At("/console/what-if?amount=1200&kind=business&policy=fr-b2b&dueDate=2026-10-31"),
        ["what-if-ledger"] = At("/console/what-if/ledger"),
        ["settings"] = At("/console/settings"),
        ["policies"] = At("/console/settings/policies"),
        ["policy"] = At("/console/settings/policies/fr-b2b"),
        ["policy-edit"] = At("/console/settings/policies/fr-b2b/edit"),
        ["texts"] = At("/console/settings/texts"),
        ["text"] = At("/console/settings/texts/demo/fr/firm-reminder.email"),
        ["creditors"] = At("/console/settings/creditors"),
        ["creditor"] = At("/console/settings/creditors/demo"),
        ["creditor-edit"] = At("/console/settings/creditors/demo/edit"),
        ["keys"] = At("/console/settings/keys"),
        ["audit"] = At("/console/audit"),
        ["audit-digests"] = At("/console/audit/digests"),
        ["debtor-erase"] = At("/console/debtors/C0018/erase?creditor=demo"),
        ["debtors-page"] = async l => new Uri((string)(await l.Host.Post($"/api/invoices/{await l.Id(Handed)}/portal-link")).Json["url"]!).AbsolutePath,
    };

    public static TheoryData<string, string> Views { get; } = new(from page in Pages.Keys from language in (string[])["fr", "en"] select (page, language));

    [Theory, MemberData(nameof(Views))]
    public async Task A_page_is_whole_accessible_and_fits(string name, string language)
    {
        var page = await ledger.Tab(language);
        var complaints = page.Complaints();
        var answer = await page.GotoAsync(await Pages[name](ledger));

        Assert.Equal(200, answer!.Status);
        Assert.Equal(name == "debtors-page" ? "fr" : language, await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        foreach (var width in (int[])[1200, 400])
        {
            await page.SetViewportSizeAsync(width, 900);
            if (Environment.GetEnvironmentVariable("DUNNING_SCREENSHOTS") is { Length: > 0 } folder)
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{language}-{width}.png"), FullPage = true });
            Assert.Equal((width, 0), (width, await page.Overflow()));
            Assert.Empty(await page.AccessibilityFaults());
        }
        Assert.Empty(complaints);
        if (language == "fr")
            Assert.Empty(FaultsOfTypography(await page.Locator("body").InnerTextAsync()));
        await page.CloseAsync();
    }

    // What both languages say alike is a name, a number, or a word left in one of them: those that may be are written down.
    [Fact]
    public async Task Nothing_of_the_English_page_is_left_in_the_French_one()
    {
        using Visitor french = await Visitor.SignIn(ledger.Host, language: "fr"), english = await Visitor.SignIn(ledger.Host, language: "en");
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in (string[])["/api/invoices?limit=200", "/api/debtors?limit=200", "/api/creditors", "/api/policies", "/api/keys", "/api/texts?creditor=demo", $"/api/invoices/{await ledger.Id(Handed)}"])
            known.UnionWith(Strings((await ledger.Host.Get(path)).Json));
        var left = new List<string>();
        foreach (var (name, at) in Pages.Where(p => p.Key != "debtors-page"))
        {
            var path = await at(ledger);
            var said = (await english.Get(path)).Sayings.ToHashSet(StringComparer.Ordinal);
            Assert.NotEmpty(said);
            left.AddRange((await french.Get(path)).Sayings.Distinct().Where(t => said.Contains(t) && Word().IsMatch(t) && !Identifier().IsMatch(t) && !t.Contains('\n', StringComparison.Ordinal) && !Alike.Contains(t) && !known.Contains(t)).Select(t => $"{name}: {t}"));
        }
        Assert.True(left.Count == 0, string.Join('\n', left));
    }

    private static IEnumerable<string> Strings(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Strings(m.Value)),
        JsonArray items => items.SelectMany(Strings),
        JsonValue value when value.TryGetValue<string>(out var text) => [text.Trim()],
        _ => [],
    };

    [Fact]
    public async Task The_door_is_accessible_too()
    {
        var page = await ledger.Browser.Open(ledger.Host.Address, width: 400);
        await page.GotoAsync("/console");
        Assert.Empty(await page.AccessibilityFaults());
        Assert.Equal(0, await page.Overflow());
        await page.Context.CloseAsync();
    }

    private static IEnumerable<string> FaultsOfTypography(string text) => Straight().Matches(text).Select(m => m.Value).Distinct();

    // A straight apostrophe between letters, or an ordinary space before what French sets apart.
    [GeneratedRegex("""\w+'\w+|\w+ [;!?%€](?=\s|$)|[a-zà-ÿ]+ :(?=\s)""")]
    private static partial Regex Straight();

    [GeneratedRegex(@"^[a-z0-9@]+([.-][a-z0-9@]+)+$")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\p{L}{3}")]
    private static partial Regex Word();

    private static Func<Ledger, Task<string>> At(string path) => _ => Task.FromResult(path);
}
