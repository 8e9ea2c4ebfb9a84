using System.Text.RegularExpressions;
using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

public sealed class ShippedTextsTests
{
    private static readonly TextBook Book = TextBook.Load(TextBook.ShippedFolder);

    /// <summary>Every text in every version it comes in: language, template, channel, consumer, country.</summary>
    public static TheoryData<string, string, string, bool, string> EveryText { get; } = new(
        from source in Book.Sources
        let key = source.Key
        where key.Channel != TextKey.Part
        select new TheoryDataRow<string, string, string, bool, string>(key.Language, key.Template, key.Channel, key.Consumer, key.Country ?? "fr"));

    [Fact]
    public void Every_template_is_there_on_the_channels_policies_use()
    {
        foreach (var template in (string[])["courtesy", "first-reminder", "firm-reminder", "final-reminder", "formal-notice", "statement"])
            Assert.True(Book.Has(template, "email") && Book.Has(template, "sms") && (template is "courtesy" or "statement" || Book.Has(template, "letter")), template);
        foreach (var template in (string[])["promise-confirmed", "plan-agreed", "call-follow-up"])
            Assert.True(Book.Has(template, "email"), template);
        Assert.True(Book.Has("call-script", "call"));
    }

    [Theory, MemberData(nameof(EveryText))]
    public void Every_text_is_written_in_full(string language, string template, string channel, bool consumer, string country)
    {
        var text = Book.Render(language, template, channel, consumer, country, Sample.Values(language));
        Assert.DoesNotMatch(@"\{\{|\}\}|\\|(?m)^\||\*\*|\]\(", text.Subject + text.Plain);
        if (channel != "call")
            Assert.Contains("Menuiserie Dupont", text.Plain, StringComparison.Ordinal);
        Assert.Contains("F-2026-17", text.Plain, StringComparison.Ordinal);
        Assert.Equal(channel is "email" or "letter", text.Subject is not null);
        Assert.Equal(channel == "email", text.Html is not null);
    }

    [Theory, MemberData(nameof(EveryText))]
    public void Every_text_reads_well_when_only_the_certain_values_are_known(string language, string template, string channel, bool consumer, string country)
    {
        var text = Book.Render(language, template, channel, consumer, country, Sample.CertainValues(language));
        Assert.DoesNotMatch(@"\n{3}|(?m)^ |[^\S\n]$|:$|\(\)|  ", text.Plain);
    }

    [Theory, MemberData(nameof(EveryText))]
    public void No_text_says_attached_when_nothing_is(string language, string template, string channel, bool consumer, string country)
    {
        var text = Book.Render(language, template, channel, consumer, country, Sample.CertainValues(language));
        Assert.DoesNotMatch(@"(?i)\bjointe?\b|annexe|attach|enclosed|bijlage|bijgevoegd|anhang|beigefügt|anbei", text.Plain);
    }

    [Theory, MemberData(nameof(EveryText))]
    public void A_lock_screen_tells_nobody_about_the_money(string language, string template, string channel, bool consumer, string country)
    {
        var certain = Sample.CertainValues(language);
        var values = certain with
        {
            Creditor = certain.Creditor with { Name = "A" },
            Invoice = new("1", "1", "2") { Amount = "9,99 €" },
            Balance = "9,99 €",
            TotalDue = "9,99 €",
        };
        var text = Book.Render(language, template, channel, consumer, country, values);
        var shown = channel == "sms" ? text.Plain[..40] : text.Subject ?? "";
        Assert.DoesNotMatch(@"(?i)dette|debt|impay|unpaid|schuld|onbetaald|unbezahlt|€|\bEUR\b|9,99|9.99", shown);
    }

    [Theory, MemberData(nameof(EveryText))]
    public void An_sms_stays_within_two_segments_of_GSM_7(string language, string template, string channel, bool consumer, string country)
    {
        if (channel != "sms")
            return;
        foreach (var values in (TextValues[])[Sample.Values(language), Sample.CertainValues(language)])
        {
            var text = Book.Render(language, template, channel, consumer, country, values).Plain;
            Assert.All(text, c => Assert.True(Gsm7.Places(c) > 0, $"'{c}' in {text}"));
            Assert.InRange(SmsLength.Segments(text), 1, 2);
        }
    }

    [Theory, MemberData(nameof(EveryText))]
    public void What_is_said_of_the_payment_code_is_said_where_it_can_be_seen(string language, string template, string channel, bool consumer, string country)
    {
        var values = Sample.Values(language);
        var text = Book.Render(language, template, channel, consumer, country, values);
        Assert.DoesNotMatch("(?i)scan", text.Plain);
        if (channel != "email")
            return;
        Assert.Matches("(?is)scan.*cid:payment-code@dunning", text.Html);
        Assert.DoesNotMatch("(?i)scan|cid:", Book.Render(language, template, channel, consumer, country, values with { Payment = values.Payment with { Code = false } }).Html);
    }

    [Fact]
    public void A_formal_notice_says_what_it_is_what_is_asked_until_when_and_how_to_pay()
    {
        foreach (var language in TextLanguage.All)
            foreach (var channel in (string[])["email", "sms", "letter"])
                foreach (var consumer in (bool[])[false, true])
                {
                    var values = Sample.Values(language);
                    var text = Book.Render(language, "formal-notice", channel, consumer, "fr", values).Plain;
                    var title = language switch { "fr" => "MISE EN DEMEURE", "en" => "FORMAL NOTICE", "nl" => "INGEBREKESTELLING", _ => "MAHNUNG" };
                    string[] always = [title, "287", values.Deadline!, "FR76 3000", "https://pay.example/1?a=1&b=2", "F-2026-17", "Menuiserie Dupont"];
                    string[] onPaper =
                    [
                        "SIREN 732 829 320", "Boulangerie Martin", values.Invoice.IssueDate, values.Invoice.DueDate, values.Invoice.Amount, values.Invoice.Settled!, values.Balance,
                        values.Claim!.Interest!, values.Claim.Rows[0].Rate, "31", "365", values.Claim.Total, "RF18 5390 0754 7034", "Article 1", "Article 2", "court procedure", "Hélène Dupont",
                    ];
                    foreach (var part in channel == "sms" ? always : [.. always, .. onPaper])
                        Assert.True(text.Contains(part, StringComparison.Ordinal), $"{language} {channel} {consumer}: no '{part}' in\n{text}");
                }
    }

    [Fact]
    public void A_rate_not_yet_published_is_said_to_be_provisional()
    {
        foreach (var (language, word) in new[] { ("fr", "provisoire"), ("en", "provisional"), ("nl", "voorlopig"), ("de", "vorläufig") })
            foreach (var consumer in (bool[])[false, true])
            {
                var values = Sample.Values(language);
                Assert.Contains(word, Notice(values), StringComparison.Ordinal);
                Assert.DoesNotContain(word, Notice(values with { Claim = values.Claim! with { Provisional = false } }), StringComparison.Ordinal);

                string Notice(TextValues given) => Book.Render(language, "formal-notice", "letter", consumer, "fr", given).Plain;
            }
    }

    [Fact]
    public void Consumers_are_told_of_no_indemnity_and_no_costs()
    {
        foreach (var language in TextLanguage.All)
            foreach (var (template, channels) in new[] { ("first-reminder", "email letter"), ("firm-reminder", "email sms letter"), ("final-reminder", "email sms letter"), ("formal-notice", "email sms letter") })
                foreach (var channel in channels.Split(' '))
                {
                    var values = Sample.Values(language);
                    values = values with { Legal = values.Legal with { Note = null }, Claim = values.Claim! with { Indemnity = null } };
                    var text = Book.Render(language, template, channel, consumer: true, "fr", values);
                    Assert.DoesNotMatch(
                        @"(?i)\b40\b|indemni|frais|pénalit|penalt|\bcosts?\b|\bfees?\b|L441|D441|recouvrement|vergoeding|kosten|boete|pauschale|gebühr|entschädigung", text.Subject + text.Plain);
                }
    }

    [Fact]
    public void The_first_reminder_to_a_Belgian_consumer_says_everything_the_law_asks_for()
    {
        foreach (var language in TextLanguage.All)
            foreach (var channel in (string[])["email", "letter"])
            {
                var values = Sample.Values(language);
                var text = Book.Render(language, "first-reminder", channel, consumer: true, "be", values).Plain;
                foreach (var part in (string[])[values.Balance, values.Announced!.Indemnity!, values.Announced.Rate!, "Menuiserie Dupont", values.Creditor.Registration!, "Volets", values.Invoice.DueDate, values.Legal.Note!])
                    Assert.Contains(part, text, StringComparison.Ordinal);
                var unnamed = values with { Creditor = values.Creditor with { Registration = null } };
                // Without a number it is a reminder all the same; what needs one, a clause, is then not announced (CaseValues).
                Assert.DoesNotMatch(@"Menuiserie Dupont,\s*[.g]", Book.Render(language, "first-reminder", channel, true, "be", unnamed).Plain);
            }
    }

    [Fact]
    public void A_cheque_is_named_only_where_the_creditor_takes_one()
    {
        foreach (var language in TextLanguage.All)
        {
            var values = Sample.Values(language);
            Assert.Matches("(?i)ch[eè]que|scheck", Text(values));
            Assert.DoesNotMatch("(?i)ch[eè]que|scheck", Text(values with { Payment = values.Payment with { Cheque = false } }));

            string Text(TextValues given) => Book.Render(language, "formal-notice", "letter", false, "fr", given).Plain;
        }
    }

    [Fact]
    public void A_consumer_notice_does_not_show_its_nature_in_the_subject_of_an_email()
    {
        Assert.StartsWith("MISE EN DEMEURE", Subject(consumer: false), StringComparison.Ordinal);
        Assert.DoesNotContain("MISE EN DEMEURE", Subject(consumer: true), StringComparison.OrdinalIgnoreCase);

        static string Subject(bool consumer) => Book.Render("fr", "formal-notice", "email", consumer, "fr", Sample.Values("fr")).Subject!;
    }
}
