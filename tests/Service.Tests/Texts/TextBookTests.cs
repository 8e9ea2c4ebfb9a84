using System.Text;
using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

public sealed class TextBookTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("texts-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_broken_folder_tells_every_fault_with_its_file_and_line()
    {
        Write("fr/first-reminder.email.md", "Bonjour,", "", "{{debtor.nme}} et {{balance");
        Write("fr/firm-reminder.email.md", "---", "subject: Votre dette", "title: x", "---", "{{{balance}}} {{&balance}} {{> nowhere}}", "{{> nowhere}}", "{{#if balance}}");
        Write("fr/final-reminder.email.md", "---", "subject: x", "preheader: {{totalDue}}", "---", "{{#each balance}}{{x}}{{/each}} {{claim}} {{lookup a b}} {{else}} {{/if}} {{#with claim}}{{x}}{{/with}} \\{{balance}} {{#if}}{{/if}}");
        Write("fr/first-reminder.sms.md", "{{creditor.name}} : merci de régler {{balance}} ; ça presse.");
        Write("fr/courtesy.sms.md", "{{#if balance}}{{balance}}{{/if}}", "{{creditor.name}} : la facture {{invoice.number}} arrive bientot a son terme.");
        Write("fr/firm-reminder.sms.md", new string('a', 307));
        Write("fr/formal-notice.letter.md", "---", "subject: x", "---", "{{#each claim.rows}}{{nothing}}{{rate}}{{/each}}{{#each legal.basis}}{{this}}{{that}}{{/each}}");
        Write("fr/final-reminder.letter.md", "---", "subject: x", "---", "{{! nothing }}");
        Write("fr/small.part.md", "{{balnce}}");
        Write("fr/courtesy.fax.md", "Bonjour");
        Write("fr/welcome.sms.md", "Bonjour");
        Write("fr/courtesy.email.uk.md", "Bonjour");
        Write("fr/courtesy.email.text", "Bonjour");
        Write("it/courtesy.sms.md", "Buongiorno");
        File.WriteAllBytes(Path.Combine(folder, "fr/final-reminder.sms.md"), Encoding.Latin1.GetBytes("échéance"));

        var faults = Assert.Throws<BrokenTexts>(() => TextBook.Load(folder)).Faults.Where(f => !f.Contains(": missing", StringComparison.Ordinal)).ToList();

        string[] expected =
        [
            "fr/first-reminder.email.md:1: begins with a line of three dashes",
            "fr/first-reminder.email.md:3: unknown value \"debtor.nme\"",
            "fr/first-reminder.email.md:3: braces",
            "fr/firm-reminder.email.md:3: only a subject",
            "fr/final-reminder.email.md:5: \"balance\" is not a list",
            "fr/final-reminder.email.md:5: \"claim\" is not a text",
            "fr/final-reminder.email.md:5: \"lookup a b\" is not the name",
            "fr/final-reminder.email.md:5: {{else}} belongs",
            "fr/final-reminder.email.md:5: {{/if}} closes nothing",
            "fr/final-reminder.email.md:5: a block is",
            "fr/final-reminder.email.md:5: a backslash",
            "fr/first-reminder.sms.md:1: 'ç' (U+00E7)",
            "fr/first-reminder.sms.md:1: the first 40",
            "fr/courtesy.sms.md:1: the first 40",
            "fr/firm-reminder.sms.md:1: 307 characters",
            "fr/formal-notice.letter.md:4: unknown value \"nothing\"",
            "fr/formal-notice.letter.md:4: unknown value \"that\"",
            "fr/final-reminder.letter.md:4: the body is empty",
            "fr/small.part.md:1: unknown value \"balnce\"",
            "fr/courtesy.fax.md:1: unknown channel \"fax\"",
            "fr/welcome.sms.md:1: unknown template",
            "fr/courtesy.email.uk.md:1: a text is called",
            "fr/courtesy.email.text:1: a text is called",
            "it/courtesy.sms.md:1: unknown language",
            "fr/final-reminder.sms.md:1: the file is not UTF-8",
        ];
        foreach (var start in expected)
            Assert.True(faults.RemoveAll(fault => fault.StartsWith(start, StringComparison.Ordinal)) >= 1, $"no '{start}' in\n{string.Join('\n', faults)}");
        Assert.Equal(
            ["fr/firm-reminder.email.md:5: \"> nowhere\" is not the name", "fr/firm-reminder.email.md:5: raw output", "fr/firm-reminder.email.md:6: there is no part \"nowhere\"", "fr/firm-reminder.email.md:7: {{#if}} is never closed"],
            faults.Order(StringComparer.Ordinal).Select(f => f.Split(" is not the name of")[0] is var head && f.Contains("is not the name of", StringComparison.Ordinal) ? head + " is not the name" : f.Split(" is refused")[0]));
    }

    [Theory]
    [InlineData("---\nsubject: Votre dette de {{balance}}\n---\nx", ":2: a subject")]
    [InlineData("---\nsubject: Facture {{balance}}\n---\nx", ":2: a subject")]
    [InlineData("---\nsubject: x\npreheader: {{#if claim}}{{claim.total}}{{/if}}\n---\nx", ":3: a preheader")]
    public void What_a_mailbox_shows_tells_no_amount(string text, string fault)
    {
        WriteAll("courtesy.email.md", text.Split('\n'));
        Assert.Contains(Assert.Throws<BrokenTexts>(() => TextBook.Load(folder)).Faults, f => f.StartsWith("fr/courtesy.email.md" + fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Missing_versions_are_told_for_every_language()
    {
        Write("fr/formal-notice.sms.consumer.md", "Bonjour");
        var faults = Assert.Throws<BrokenTexts>(() => TextBook.Load(folder)).Faults;
        Assert.Equal(
            TextLanguage.All.SelectMany(l => (string[])[$"{l}/formal-notice.sms.consumer.md:1: missing", $"{l}/formal-notice.sms.md:1: missing"]).Where(f => f != "fr/formal-notice.sms.consumer.md:1: missing").Order(StringComparer.Ordinal),
            faults.Select(fault => fault.Split(';')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_message_of_the_exception_lists_the_faults_too()
    {
        Write("fr/courtesy.sms.md", "Bonjour {{x}}");
        var broken = Assert.Throws<BrokenTexts>(() => TextBook.Load(folder));
        Assert.All(broken.Faults, fault => Assert.Contains(fault, broken.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_or_absent_folder_is_refused()
    {
        Assert.Throws<BrokenTexts>(() => TextBook.Load(folder));
        Assert.Throws<BrokenTexts>(() => TextBook.Load(Path.Combine(folder, "nowhere")));
    }

    [Fact]
    public void A_text_with_a_hole_in_it_is_refused_unless_the_value_stands_under_a_condition()
    {
        WriteAll("call-script.call.md", "Bonjour", "", "{{#if contact.phone}}", "Tel. {{contact.phone}}", "{{else}}", "{{deadline}}", "{{/if}}", "{{#each claim.rows}}", "{{rate}}", "{{/each}}");
        var book = TextBook.Load(folder);
        var certain = Sample.CertainValues("fr");
        Assert.Equal("Bonjour\n\nTel. 01", Script(certain with { Contact = new() { Phone = "01" } }));
        Assert.Equal("Bonjour\n\n9 novembre 2026", Script(certain));
        var refused = Assert.Throws<ArgumentException>(() => Script(certain with { Deadline = " ", Claim = Sample.Values("fr").Claim! with { Rows = [new("a", "b", "1", "") { Base = "1", Amount = "2" }] } }));
        Assert.Contains("deadline, rate", refused.Message, StringComparison.Ordinal);

        string Script(TextValues values) => book.Render("fr", "call-script", "call", false, null, values).Plain;
    }

    [Fact]
    public void A_value_prints_exactly_what_it_is()
    {
        WriteAll("courtesy.email.md", "---", "subject: Invoice {{invoice.number}}", "---", "{{debtor.name}}", "", "| {{debtor.name}} | {{balance}} |", "|---|---|", "| a | b |", "", "[{{debtor.name}}]({{payment.link}}) *{{debtor.name}}* x");
        var wild = Sample.WildName + "\r\nBcc: x@example.org\u202E";
        var seen = Sample.WildName + " Bcc: x@example.org";
        var values = Sample.Values("en") with { Debtor = new(wild), Invoice = Sample.Values("en").Invoice with { Number = wild } };
        var text = TextBook.Load(folder).Render("en", "courtesy", "email", false, null, values);
        Assert.Equal("Invoice " + seen, text.Subject);
        Assert.Equal($"{seen}\n\n{seen}: {values.Balance}\na: b\n\n{seen} (https://pay.example/1?a=1&b=2) {seen} x", text.Plain);
        Assert.DoesNotContain("<b>*x", text.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"https://evil", text.Html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;*x*&lt;/b&gt; _y_ [z](https://evil.example) | `c` {{balance}} 1. # 😀 <bdi>مخبز النور</bdi>", text.Html, StringComparison.Ordinal);
        Assert.Contains("href=\"https://pay.example/1?a=1&amp;b=2\"", text.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_web_mail_and_telephone_links_are_links()
    {
        WriteAll("courtesy.email.md", "---", "subject: x", "---", "a [b]({{payment.link}}) c ![d](https://evil.example/pixel.png)", "", "<script>alert(1)</script>", "", "<img src=x>");
        var book = TextBook.Load(folder);
        Assert.DoesNotContain("javascript", Html("javascript:alert(1)"), StringComparison.Ordinal);
        Assert.DoesNotMatch("<script|<img", Html("https://pay.example"));
        Assert.Contains("href=\"https://pay.example\"", Html("https://pay.example"), StringComparison.Ordinal);

        string Html(string link) => book.Render("en", "courtesy", "email", false, null, Sample.Values("en") with { Payment = Sample.Values("en").Payment with { Link = link } }).Html!;
    }

    [Fact]
    public void Consumers_and_countries_get_their_own_version_and_other_languages_get_English()
    {
        WriteAll("formal-notice.sms.md", "all of them");
        WriteAll("formal-notice.sms.be.md", "belgian firms");
        WriteAll("firm-reminder.sms.md", "whoever");
        foreach (var language in TextLanguage.All)
        {
            Write($"{language}/formal-notice.sms.consumer.md", $"{language} consumer");
            Write($"{language}/formal-notice.sms.consumer.be.md", $"{language} belgian consumer");
        }
        var book = TextBook.Load(folder);
        Assert.Equal("all of them", Body("fr-BE", "formal-notice", false, "fr"));
        Assert.Equal("belgian firms", Body("fr-BE", "formal-notice", false, "be"));
        Assert.Equal("fr consumer", Body("FR", "formal-notice", true, "fr"));
        Assert.Equal("en consumer", Body("it", "formal-notice", true, null));
        Assert.Equal("en belgian consumer", Body("it", "formal-notice", true, "be"));
        Assert.Equal("whoever", Body("fr", "firm-reminder", true, "be"));
        Assert.False(book.Has("firm-reminder", "email"));
        Assert.Throws<KeyNotFoundException>(() => Body("fr", "courtesy", false, null));

        string Body(string language, string template, bool consumer, string? country) => book.Render(language, template, "sms", consumer, country, Sample.CertainValues("fr")).Plain;
    }

    [Fact]
    public void A_creditor_s_own_text_or_part_takes_the_place_of_the_shipped_one()
    {
        WriteAll("courtesy.sms.md", "Shipped {{> close}}");
        WriteAll("firm-reminder.sms.md", "Shipped", "{{> close}}");
        WriteAll("courtesy.sms.md", "Shipped", "{{> close}}");
        WriteAll("close.part.md", "bye");
        var book = TextBook.Load(folder);
        var own = book.With([Own("courtesy.sms", "Mine", "{{> close}}"), Own("close.part", "see you")]);
        Assert.Equal("Shipped bye", Body(book, "courtesy"));
        Assert.Equal("Mine see you", Body(own, "courtesy"));
        Assert.Equal("Shipped see you", Body(own, "firm-reminder"));
        Assert.Equal(["fr/close.part.md:1: unknown value \"x\""], Assert.Throws<BrokenTexts>(() => book.With([Own("close.part", "{{x}}")])).Faults);

        TextSource Own(string name, params string[] lines) => new(TextKey.Parse("fr", name, [])!, lines);
        string Body(TextBook from, string template) => from.Render("fr", template, "sms", false, null, Sample.CertainValues("fr")).Plain;
    }

    [Fact]
    public void Parts_that_include_one_another_are_refused()
    {
        WriteAll("courtesy.sms.md", "x", "{{> a}}");
        WriteAll("a.part.md", "{{> b}}");
        WriteAll("b.part.md", "{{> a}}");
        Assert.Contains(Assert.Throws<BrokenTexts>(() => TextBook.Load(folder)).Faults, f => f.Contains("too deeply", StringComparison.Ordinal));
    }

    [Fact]
    public void An_sms_is_one_paragraph_of_GSM_7_whatever_the_values()
    {
        WriteAll("first-reminder.sms.md", "{{creditor.name}} : message important de votre fournisseur, {{debtor.name}}", "{{#if disputedAmount}}", "{{disputedAmount}}", "{{/if}}", "{{payment.link}}");
        var values = Sample.Values("fr") with
        {
            Creditor = new("L’Œuvre\nfrançaise"),
            Debtor = new("Zoë Benoît 😀"),
            DisputedAmount = null,
            Payment = new("1") { Beneficiary = "x", Link = "1\u202F234,50\u00A0€" },
        };
        var body = TextBook.Load(folder).Render("fr", "first-reminder", "sms", false, null, values).Plain;
        Assert.Equal("L'OEuvre francaise : message important de votre fournisseur, Zoe Benoit ? 1 234,50 €", body);
    }

    private void WriteAll(string name, params string[] lines)
    {
        foreach (var language in TextLanguage.All)
            Write($"{language}/{name}", lines);
    }

    private void Write(string name, params string[] lines)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines);
    }
}
