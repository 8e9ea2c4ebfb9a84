using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

/// <summary>The debtor's own page in the messages they receive.</summary>
public sealed class PortalTextTests
{
    private const string Page = "https://relances.example.org/p/AAAAAAAAAAAAAAAAAAAAAA";
    private static readonly TextBook Book = TextBook.Load(TextBook.ShippedFolder);

    // What is drawn up on paper for signature or for the books is no message of the ladder, and what a caller says is said.
    private static readonly string[] Elsewhere = ["plan-agreement", "debit-note", "call-script"];

    public static TheoryData<string, string, string, bool, string> EveryMessage { get; } = new(
        from source in Book.Sources
        let key = source.Key
        where key.Channel != TextKey.Part && !Elsewhere.Contains(key.Template)
        select new TheoryDataRow<string, string, string, bool, string>(key.Language, key.Template, key.Channel, key.Consumer, key.Country ?? "fr"));

    [Theory, MemberData(nameof(EveryMessage))]
    public void Every_message_leads_to_the_debtors_page_where_there_is_one(string language, string template, string channel, bool consumer, string country)
    {
        var values = Sample.Values(language) with { PortalUrl = Page };
        // An SMS has room for one address: to pay is the first.
        var unlinked = values with { Payment = values.Payment with { Link = null } };
        var text = Book.Render(language, template, channel, consumer, country, unlinked);
        Assert.Contains(Page, text.Plain, StringComparison.Ordinal);
        // Nor does a statement by SMS name the ways to pay of several invoices.
        Assert.Equal(channel != "sms" || template == TextKey.Statement, Book.Render(language, template, channel, consumer, country, values).Plain.Contains(Page, StringComparison.Ordinal));
        if (text.Html is not null)
            Assert.Contains($"href=\"{Page}\"", text.Html, StringComparison.Ordinal);
        if (channel == "sms")
        {
            Assert.All(text.Plain, c => Assert.True(Gsm7.Places(c) > 0, $"'{c}' in {text.Plain}"));
            Assert.InRange(SmsLength.Segments(text.Plain), 1, 2);
        }
    }

    [Theory, MemberData(nameof(EveryMessage))]
    public void No_message_speaks_of_a_page_that_is_not_there(string language, string template, string channel, bool consumer, string country)
    {
        var text = Book.Render(language, template, channel, consumer, country, Sample.Values(language) with { PortalUrl = null });
        Assert.DoesNotMatch(@"(?i)votre page|uw pagina|your page|(Ihrer|Ihre) Seite|/p/", text.Plain + text.Html);
    }
}
