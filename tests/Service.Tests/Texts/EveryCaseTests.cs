using System.Text.RegularExpressions;
using Dunning.Domain;
using Dunning.Service.Policies;
using Dunning.Service.Register;
using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

/// <summary>Every step of every shipped policy, on each of its channels, in every language, for the barest and for the wildest case there can be.</summary>
public sealed class EveryCaseTests
{
    private static readonly TextBook Book = TextBook.Load(TextBook.ShippedFolder);
    private static readonly PolicyBook Policies = new(PolicyBook.ShippedFolder, Book.Has, null);
    private static readonly MessageWriter Writer = new(Book);
    private static readonly DateOnly Due = new(2026, 10, 31);

    public static TheoryData<string, string> EveryLadder { get; } = new(
        from policy in Policies.Shipped
        from language in TextLanguage.All
        select new TheoryDataRow<string, string>(policy.Name, language));

    [Theory, MemberData(nameof(EveryLadder))]
    public void Every_message_of_a_ladder_can_be_written(string ladder, string language)
    {
        var policy = Policies.Shipped.First(p => p.Name == ladder);
        foreach (var isWild in (bool[])[false, true])
            foreach (var rung in policy.Rungs)
                foreach (var channel in rung.Step.Channels.Where(c => c != Channel.Handover))
                {
                    var message = Write(policy, rung, channel, language, isWild);
                    if (isWild && channel is Channel.Email or Channel.Letter)
                        Assert.Contains(Sample.WildName, (channel == Channel.Letter ? message.To : "") + message.Body, StringComparison.Ordinal);
                    if (channel == Channel.Sms)
                        Assert.InRange(SmsLength.Segments(message.Body), 1, 2);
                    Assert.Equal(channel == Channel.Email, message.Html is not null);
                    Assert.Equal(channel == Channel.Letter, message.Markdown is not null);
                    if (channel == Channel.Letter)
                        Assert.Matches($"(?s)^{(isWild ? "<b>" : "B\n")}.*2026\n\n{Regex.Escape(message.Subject!)}\n\n", message.Body);
                    if (message.Html is { } html)
                        Judge(html, language);
                    if (channel is Channel.Email or Channel.Letter)
                        Assert.Equal(isWild, message.PaymentCode is not null);
                }
    }

    // Nothing of a name is markup, nothing is fetched, and what is opened is closed.
    private static void Judge(string html, string language)
    {
        Assert.StartsWith($"<!DOCTYPE html>\n<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script|<b>|href=\"(?!https://pay\\.example)|src=\"(?!cid:)|url\\(|@import|<link", html);
        foreach (var tag in (string[])["table", "tr", "td", "p", "h1", "h2", "ul", "li", "strong", "a", "bdi", "div"])
            Assert.Equal(Regex.Count(html, $"<{tag}[ >]"), Regex.Count(html, $"</{tag}>"));
        Assert.DoesNotMatch("[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])", html);
        Assert.InRange(html.Length, 1000, 60_000);
    }

    private static Engine.OutgoingMessage Write(Policy policy, Rung rung, Channel channel, string language, bool isWild)
    {
        var today = Due.AddDays(rung.Offset);
        var kind = policy.Regime[3..] switch { "b2c" => DebtorKind.Consumer, "public" => DebtorKind.Public, _ => DebtorKind.Business };
        var debtor = new Debtor("d", isWild ? Sample.WildName : "A", kind, "FR", language) { Email = "a@b.example", Phone = "+33600000000", Address = new("1 rue A", isWild ? Sample.WildName : null, "69003", "Lyon") };
        var invoice = new Invoice(isWild ? new string('9', 64) : "1", new(2026, 9, 30), Due, Euros(isWild ? 999_999_999.99m : 1.01m))
        {
            Description = isWild ? Sample.WildName[..200] : null,
            PurchaseOrder = isWild ? Sample.WildName[..100] : null,
            PaymentUrl = isWild ? "https://pay.example/" + new string('x', 480) : null,
        };
        var creditor = new Creditor("c", isWild ? Sample.WildName : "B") { EnterpriseNumber = "0403.170.701" };
        if (isWild)
            creditor = creditor with
            {
                Iban = "FR7630006000011234567890189",
                Bic = "AGRIFRPP",
                AcceptsCheques = true,
                Email = "c@d.example",
                Phone = "+33472000000",
                Address = new("1 rue B", Sample.WildName, "69003", "Lyon"),
                Senders = [new(Sample.WildName, Sample.WildName, "+33472000001", "e@f.example", null)],
            };
        var step = new StepRecord(rung.Id, rung.Offset, rung.IsFormalNotice, today, StepOutcome.Underway)
        {
            Template = rung.Step.Template,
            Deadline = rung.Step.DeadlineDays is { } days ? today.AddDays(days) : null,
        };
        var file = new CaseFile("case", "c", invoice, debtor, new(policy.Name, policy.Version), default, new Account(invoice.Amount)) { Steps = [step] };
        return Writer.Write(file, new("case", rung.Id, channel, 1), policy, creditor, new(today, new(9, 0), TimeSpan.Zero));
    }

    private static Money Euros(decimal amount) => Money.Of(amount, Currency.Euro);
}
