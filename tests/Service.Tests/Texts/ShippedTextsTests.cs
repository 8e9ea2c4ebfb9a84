using System.Text.RegularExpressions;
using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

public sealed class ShippedTextsTests
{
    private static readonly TextBook Book = TextBook.Load(TextBook.ShippedFolder);

    public static TheoryData<string, string, string, bool> EveryText { get; } = new(
        from language in (string[])["fr", "en"]
        from template in (string[])["courtesy", "first-reminder", "firm-reminder", "final-reminder", "formal-notice"]
        from channel in (string[])["email", "sms", "letter"]
        where (template, channel) != ("courtesy", "letter")
        from consumer in (bool[])[false, true]
        select new TheoryDataRow<string, string, string, bool>(language, template, channel, consumer));

    [Theory, MemberData(nameof(EveryText))]
    public void Every_text_is_written_in_full(string language, string template, string channel, bool consumer)
    {
        Assert.True(Book.Has(template, channel));
        var text = Book.Render(language, template, channel, consumer, Sample.Values(language));
        Assert.DoesNotContain("{{", text.Subject + text.Body, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?m)^\?", text.Body);
        Assert.Contains("Menuiserie Dupont", text.Body, StringComparison.Ordinal);
        Assert.Contains("F-2026-17", text.Body, StringComparison.Ordinal);
        Assert.Equal(channel == "email", text.Subject is not null);
    }

    [Theory, MemberData(nameof(EveryText))]
    public void Every_text_reads_well_when_only_the_certain_values_are_known(string language, string template, string channel, bool consumer)
    {
        var text = Book.Render(language, template, channel, consumer, Sample.CertainValues(language));
        Assert.DoesNotMatch(@"(?m)\n{3}|^ |[^\S\n]$|:$|\(\)", text.Body);
    }

    [Theory, MemberData(nameof(EveryText))]
    public void No_text_says_attached_when_nothing_is(string language, string template, string channel, bool consumer)
    {
        var text = Book.Render(language, template, channel, consumer, Sample.CertainValues(language));
        Assert.DoesNotMatch("(?i)joint|annexe|attach|enclosed", text.Body);
    }

    [Theory, MemberData(nameof(EveryText))]
    public void A_lock_screen_tells_nobody_about_the_money(string language, string template, string channel, bool consumer)
    {
        var text = Book.Render(language, template, channel, consumer, Sample.ShortValues(language));
        var shown = channel == "sms" ? text.Body[..40] : text.Subject ?? "";
        Assert.DoesNotMatch("(?i)dette|debt|impay|unpaid|€|\bEUR\b|9,99|9.99", shown);
    }

    [Theory, InlineData("fr"), InlineData("en")]
    public void A_formal_notice_says_what_it_is_what_is_asked_until_when_and_how_to_pay(string language)
    {
        foreach (var channel in (string[])["email", "sms", "letter"])
            foreach (var consumer in (bool[])[false, true])
            {
                var text = Book.Render(language, "formal-notice", channel, consumer, Sample.Values(language)).Body;
                foreach (var part in (string[])["MISE EN DEMEURE", "234", Sample.Values(language)["deadline"]!, "FR76 3000", "https://pay.example/1"])
                    Assert.Contains(part, text, StringComparison.Ordinal);
            }
    }

    [Theory, InlineData("fr"), InlineData("en")]
    public void Consumers_are_told_of_no_indemnity_and_no_costs(string language)
    {
        var values = new Dictionary<string, string?>(Sample.Values(language)) { ["legalNote"] = null };
        foreach (var channel in (string[])["email", "sms", "letter"])
        {
            var text = Book.Render(language, "formal-notice", channel, consumer: true, values);
            Assert.DoesNotMatch(@"(?i)\b40\b|indemni|frais|pénalit|penalt|\bcosts?\b|\bfees?\b|L441|D441|recouvrement", text.Subject + text.Body);
        }
    }

    [Fact]
    public void A_consumer_notice_does_not_show_its_nature_in_the_subject()
    {
        Assert.StartsWith("MISE EN DEMEURE", Subject(consumer: false), StringComparison.Ordinal);
        Assert.DoesNotContain("MISE EN DEMEURE", Subject(consumer: true), StringComparison.OrdinalIgnoreCase);

        static string Subject(bool consumer) => Book.Render("fr", "formal-notice", "email", consumer, Sample.Values("fr")).Subject!;
    }

    [Fact]
    public void French_files_keep_double_punctuation_on_the_line_of_its_word()
    {
        var files = Directory.EnumerateFiles(Path.Combine(TextBook.ShippedFolder, "fr"));
        foreach (var path in files.Where(path => !path.Contains(".sms.", StringComparison.Ordinal)))
        {
            var words = Regex.Replace(File.ReadAllText(path), @"(?m)^Subject:|^\? |\{\{[^}]*\}\}", "x");
            Assert.DoesNotMatch(@" [:;!?€»]|« |[\p{L}\d)][:;!?]|[\p{L}]'|\u00A0[;!?]|\u202F:", words);
        }
    }
}
