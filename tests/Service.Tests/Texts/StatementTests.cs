using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Policies;
using Dunning.Service.Register;
using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

/// <summary>Several reminders as one message: which may be joined, and what it says.</summary>
public sealed class StatementTests
{
    private static readonly TextBook Book = TextBook.Load(TextBook.ShippedFolder);
    private static readonly PolicyBook Policies = new(PolicyBook.ShippedFolder, Book.Has, null);
    private static readonly MessageWriter Writer = new(Book);
    private static readonly Creditor Dupont = new("c", "Menuiserie Dupont") { Iban = "FR7630006000011234567890189", Email = "compta@dupont.example", Phone = "+33472000000" };
    private static readonly DateTimeOffset Now = new(2026, 11, 16, 9, 0, 0, TimeSpan.FromHours(1));
    private static readonly string[] Templates = ["courtesy", "first-reminder", "firm-reminder", "final-reminder"];

    public static TheoryData<string, string, string> EveryTone { get; } = new(
        from language in TextLanguage.All
        from template in Templates
        from channel in (string[])["email", "sms"]
        select new TheoryDataRow<string, string, string>(language, template, channel));

    [Theory, MemberData(nameof(EveryTone))]
    public void Every_tone_is_written_in_every_language_with_each_invoice(string language, string template, string channel)
    {
        var (carrier, cases) = (MessageKey.ChannelNamed(channel)!.Value, new[] { Case("a", template, language: language), Case("b", "courtesy", language: language, amount: 300.5m) });
        var copies = Write(carrier, cases);
        Assert.Equal(["a", "b"], copies.Select(c => c.Key.Case));
        Assert.Single(copies.Select(c => (c.Subject, c.Body, c.Html, c.To, c.MessageId, c.Identity)).Distinct());
        Assert.Equal([1200m, 300.5m], copies.Select(c => c.Balance.Amount));
        var said = copies[0].Body.Replace("\u00A0", "", StringComparison.Ordinal).Replace("\u202F", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        foreach (var part in (string[])["F-a", "F-b", "150050"])
            Assert.Contains(part, said, StringComparison.Ordinal);
        if (carrier == Channel.Sms)
        {
            Assert.InRange(SmsLength.Segments(copies[0].Body), 1, 2);
            Assert.All(copies[0].Body, c => Assert.True(Gsm7.Places(c) > 0, $"'{c}' in {copies[0].Body}"));
            Assert.DoesNotContain("1500", copies[0].Body[..40], StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("120000", said, StringComparison.Ordinal);
            Assert.Contains("30050", said, StringComparison.Ordinal);
            Assert.Contains("FR76 3000", copies[0].Body, StringComparison.Ordinal);
            Assert.StartsWith("2 ", copies[0].Subject, StringComparison.Ordinal);
            Assert.Contains("F-a, F-b", copies[0].PaymentCode, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("first-reminder", "courtesy", "un petit oubli")]
    [InlineData("first-reminder", "firm-reminder", "votre règlement est attendu")]
    [InlineData("final-reminder", "firm-reminder", "dernier rappel")]
    [InlineData("courtesy", "courtesy", "bientôt à échéance")]
    public void It_speaks_in_the_firmest_tone_and_says_the_step_of_each(string one, string other, string subject)
    {
        var message = Write(Channel.Email, [Case("a", one), Case("b", other)])[0];
        Assert.Contains(subject, message.Subject, StringComparison.Ordinal);
        foreach (var template in (string[])[one, other])
            Assert.Contains(template switch { "courtesy" => "| avant échéance |", "first-reminder" => "| premier rappel |", "firm-reminder" => "| relance |", _ => "| dernier rappel |" }, message.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sentence_of_law_is_that_of_a_single_reminder_in_the_same_tone()
    {
        Assert.Contains("L441-10", Write(Channel.Email, [Case("a", "firm-reminder"), Case("b", "courtesy")])[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("L441-10", Write(Channel.Email, [Case("a", "first-reminder"), Case("b", "courtesy")])[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("L441-10", Write(Channel.Email, [Case("a", "firm-reminder", policy: "fr-b2c"), Case("b", "courtesy", policy: "fr-b2c")])[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_disputed_is_not_asked_for_and_said()
    {
        var disputed = Case("a", "firm-reminder");
        disputed = disputed with { File = disputed.File with { Silences = disputed.File.Silences with { Disputes = [new Dispute("d", DisputeKind.Commercial, DisputeCode.Quality, Euros(200m), default, null, null)] } } };
        var message = Write(Channel.Email, [disputed, Case("b", "first-reminder", amount: 300m)])[0];
        var said = message.Body.Replace('\u00A0', ' ').Replace('\u202F', ' ');
        Assert.Contains("| 1 200,00 € | 1 000,00 €", said, StringComparison.Ordinal);
        Assert.Contains("200,00 € contestés", said, StringComparison.Ordinal);
        Assert.Contains("1 300,00 €", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Forty_invoices_are_a_mail_a_text_names_only_how_many_and_neither_has_a_code()
    {
        var cases = Enumerable.Range(10, 40).Select(n => Case($"2026-{n}", "firm-reminder")).ToArray();
        var mail = Write(Channel.Email, cases)[0];
        Assert.All(cases, c => Assert.Contains(c.File.Invoice.Number, mail.Body, StringComparison.Ordinal));
        Assert.Null(mail.PaymentCode);
        var sms = Write(Channel.Sms, cases)[0].Body;
        Assert.Contains("40 factures", sms, StringComparison.Ordinal);
        Assert.DoesNotContain("F-2026", sms, StringComparison.Ordinal);
        Assert.InRange(SmsLength.Segments(sms), 1, 2);
    }

    [Fact]
    public void Invoices_are_said_to_be_attached_only_when_each_is()
    {
        var pdf = new Enclosed("F-a.pdf", 3, "abc") { Content = new byte[3] };
        var cases = new[] { Case("a", "first-reminder"), Case("b", "first-reminder") };
        var both = Writer.Write(Id(cases), [.. cases.Select(c => new StatementCase(c, pdf, null, null))], Dupont, Now);
        Assert.Contains("sont jointes", both[0].Body, StringComparison.Ordinal);
        Assert.Equal(2, both[0].Files.Count);
        var one = Writer.Write(Id(cases), [new(cases[0], pdf, null, null), new(cases[1], null, null, null)], Dupont, Now);
        Assert.DoesNotContain("jointes", one[0].Body, StringComparison.Ordinal);
        Assert.Single(one[1].Files);
    }

    [Fact]
    public void Each_invoice_has_its_own_link()
    {
        var message = Write(Channel.Email, [Case("a", "first-reminder", link: "https://pay.example/a"), Case("b", "first-reminder", link: "https://pay.example/b")])[0];
        foreach (var link in (string[])["https://pay.example/a", "https://pay.example/b"])
            Assert.Contains($"href=\"{link}\"", message.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_invoice_has_its_own_page()
    {
        var cases = new[] { Case("a", "first-reminder"), Case("b", "first-reminder") };
        var message = Writer.Write(Id(cases), [.. cases.Select(c => new StatementCase(c, null, null, $"https://pay.example/p/{c.File.Id}"))], Dupont, Now)[0];
        Assert.All(cases, c => Assert.Contains($"href=\"https://pay.example/p/{c.File.Id}\"", message.Html, StringComparison.Ordinal));
        Assert.All(cases, c => Assert.Contains($"https://pay.example/p/{c.File.Id}", message.Body, StringComparison.Ordinal));
    }

    [Fact]
    public void The_wildest_names_break_nothing()
    {
        var wild = Dupont with { Name = Sample.WildName };
        var cases = new[] { Case("a", "firm-reminder"), Case("b", "final-reminder") };
        var message = Writer.Write(Id(cases), [.. cases.Select(c => new StatementCase(c, null, null, null))], wild, Now)[0];
        Assert.Contains(Sample.WildName, message.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", message.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Reminders_are_alike_when_address_language_currency_payee_and_market_are()
    {
        var common = Common(Case("a", "first-reminder"));
        Assert.NotNull(common);
        Assert.Equal(common, Common(Case("b", "firm-reminder", amount: 5m)));
        Assert.NotEqual(common, Common(Case("b", "first-reminder", language: "nl")));
        Assert.NotEqual(common, Common(Case("b", "first-reminder", currency: "CHF")));
        Assert.NotEqual(common, Common(Case("b", "first-reminder", policy: "fr-public")));
        // The law of another market, whoever the debtor is; another kind of debtor, whatever the law.
        Assert.NotEqual(common, Common(Case("b", "first-reminder", policy: "be-b2b")));
        Assert.NotEqual(common, Common(Change(Case("b", "first-reminder"), f => f with { Debtor = f.Debtor with { Kind = DebtorKind.Public } })));
        Assert.NotEqual(common, Common(Change(Case("b", "first-reminder"), f => f with { Debtor = f.Debtor with { Name = "Boulangerie Durand" } })));
        Assert.NotEqual(common, Common(Change(Case("b", "first-reminder"), f => f with { Debtor = f.Debtor with { Contacts = [new("dunning", null, "other@b.example", null)] } })));
        Assert.NotEqual(common, Common(Change(Case("b", "first-reminder"), f => f with { Invoice = f.Invoice with { Payee = new("Factor", "BE68539007547034") } })));
    }

    [Fact]
    public void What_has_a_meaning_of_its_own_stands_alone()
    {
        Assert.Null(Common(Case("a", "first-reminder"), Dupont with { EachAlone = true }));
        Assert.Null(Common(Case("a", "first-reminder", policy: "be-b2c")));
        Assert.NotNull(Common(Case("a", "firm-reminder", policy: "be-b2c")));
        Assert.Null(Common(Case("a", "promise-confirmed")));
        Assert.Null(Common(Step(s => s with { Formal = true })));
        Assert.Null(Common(Step(s => s with { DeadlineDays = 8 })));
        Assert.Null(Common(Step(s => s with { About = "promise-1" })));
        Assert.Null(Common(Step(s => s with { Legs = [new(Channel.Email, 2, LegStatus.Issued, Now)] }) is var again ? again with { Key = again.Key with { Sending = 2 } } : null!));
        // From there on its policy claims interest, whatever its text.
        Assert.Null(Common(Step(s => s with { Id = "formal-notice" }) is var claims ? claims with { Key = claims.Key with { Step = "formal-notice" } } : null!));

        static JoinedCase Step(Func<StepRecord, StepRecord> change) => Change(Case("a", "first-reminder"), f => f with { Steps = [change(f.Steps[0])] });
    }

    private static string? Common(JoinedCase one, Creditor? creditor = null) => MessageWriter.InCommon(one.File, one.Key, one.Policy, creditor ?? Dupont);

    private static JoinedCase Change(JoinedCase one, Func<CaseFile, CaseFile> change) => one with { File = change(one.File) };

    private static IReadOnlyList<OutgoingMessage> Write(Channel channel, JoinedCase[] cases)
    {
        cases = [.. cases.Select(c => c with { Key = c.Key with { Channel = channel } })];
        return Writer.Write(Id(cases), [.. cases.Select(c => new StatementCase(c, null, null, null))], Dupont, Now);
    }

    private static string Id(JoinedCase[] cases) => Joint.IdOf([.. cases.Select(c => c.Key)]);

    private static JoinedCase Case(string id, string template, string language = "fr", decimal amount = 1200m, string currency = "EUR", string policy = "fr-b2b", string? link = null)
    {
        var ladder = Policies.Shipped.First(p => p.Name == policy);
        var kind = ladder.Regime[3..] switch { "b2c" => DebtorKind.Consumer, "public" => DebtorKind.Public, _ => DebtorKind.Business };
        var invoice = new Invoice($"F-{id}", new(2026, 9, 30), new(2026, 10, 31), Money.Of(amount, Currency.Parse(currency))) { PaymentUrl = link };
        var debtor = new Debtor("d", "Boulangerie Martin", kind, "FR", language) { Email = "a@b.example", Phone = "+33600000000" };
        var step = new StepRecord("step", 7, false, new(2026, 11, 16), StepOutcome.Underway)
        {
            Template = template,
            Legs = [new(Channel.Email, 1, LegStatus.Issued, Now), new(Channel.Sms, 1, LegStatus.Issued, Now)],
        };
        return new(new CaseFile(id, "c", invoice, debtor, new(ladder.Name, ladder.Version), default, new Account(invoice.Amount)) { Steps = [step] }, new(id, "step", Channel.Email, 1), ladder);
    }

    private static Money Euros(decimal amount) => Money.Of(amount, Currency.Euro);
}
