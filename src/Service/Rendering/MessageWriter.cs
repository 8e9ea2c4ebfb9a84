using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Rendering;

/// <summary>Turns a case as it stands today into a message in the debtor's language, signed by the creditor's person.</summary>
public sealed partial class MessageWriter(TextBook shipped, string mailDomain = "dunning.invalid")
{
    /// <summary>What a caller may say: every call's text, whatever its step.</summary>
    public const string CallScript = "call-script";

    /// <param name="texts">The creditor's own, where it has any.</param>
    /// <param name="document">The invoice that travels with an e-mail.</param>
    /// <param name="agreement">The agreement on a plan, which travels in the invoice's place.</param>
    /// <param name="link">Where to pay an amount online, for an invoice that says nothing of it.</param>
    /// <param name="portal">The debtor's own page.</param>
    /// <param name="rates">What interest is computed with; without them a message claims the principal alone.</param>
    /// <exception cref="ArgumentException">The text needs a value that is missing, or the channel has no address.</exception>
    /// <exception cref="KeyNotFoundException">No such text.</exception>
    public OutgoingMessage Write(CaseFile file, MessageKey key, Policy policy, Creditor creditor, DateTimeOffset now, TextBook? texts = null, Enclosed? document = null, Rates? rates = null, Enclosed? agreement = null, Func<Money, string?>? link = null, string? portal = null)
    {
        var step = StepOf(file, key);
        var template = TemplateOf(step, key);
        var language = TextLanguage.Closest(file.Debtor.Language);
        var (today, book, consumer, country) = (policy.Zone.LocalDate(now), texts ?? shipped, file.Debtor.Kind == DebtorKind.Consumer, policy.Regime[..2]);
        var claim = ClaimIn(file, key, policy, creditor, step, today, book, rates);
        var values = new CaseValues(file, step, policy, creditor, key.Channel, language, today)
        {
            Link = link,
            Portal = portal,
            DocumentAttached = document is not null && agreement is null,
            AgreementAttached = agreement is not null,
            Claim = claim,
        };
        var said = values.Values();
        var text = book.Render(language, template, MessageKey.Name(key.Channel), consumer, country, said);
        var isMail = key.Channel == Channel.Email;
        return new(key, file.Creditor, Address(file, key.Channel), file.Debtor.Name, text.Subject, key.Channel == Channel.Letter ? Whole(text, said) : text.Plain, now)
        {
            FromName = creditor.Name,
            FromEmail = creditor.Email ?? $"noreply@{mailDomain}",
            ReplyTo = CaseValues.SenderOf(creditor, policy, key.Step)?.Email ?? creditor.Email,
            Language = language,
            Balance = AskedFor(file),
            Claim = claim,
            Demanded = claim is null ? null : CaseClaim.DemandOf(file, claim, today),
            Deadline = step.Deadline,
            Registered = step.Find(key.Channel, key.Sending)?.Registered ?? false,
            Test = creditor.TestMode,
            Html = text.Html,
            Markdown = key.Channel == Channel.Letter ? text.Markdown : null,
            PaymentCode = text.Markdown.Contains($"({MessageMarkdown.PaymentCode})", StringComparison.Ordinal) ? values.PaymentCode : null,
            Enclosed = agreement ?? document,
            MessageId = isMail ? MessageId(key) : null,
            InReplyTo = isMail ? FirstMail(file, key.Step) : null,
        };
    }

    /// <summary>What a message of now will ask to be paid, where its text shows a payment link; else null.</summary>
    /// <exception cref="ArgumentException">The step names no text.</exception>
    /// <exception cref="KeyNotFoundException">No such step.</exception>
    public Money? PaidByLink(CaseFile file, MessageKey key, Policy policy, Creditor creditor, DateTimeOffset now, TextBook? texts = null, Rates? rates = null)
    {
        var (step, book, today) = (StepOf(file, key), texts ?? shipped, policy.Zone.LocalDate(now));
        var language = TextLanguage.Closest(file.Debtor.Language);
        if (!book.ShowsLink(language, TemplateOf(step, key), MessageKey.Name(key.Channel), file.Debtor.Kind == DebtorKind.Consumer, policy.Regime[..2]))
            return null;
        return new CaseValues(file, step, policy, creditor, key.Channel, language, today) { Claim = ClaimIn(file, key, policy, creditor, step, today, book, rates) }.Payable;
    }

    private static StepRecord StepOf(CaseFile file, MessageKey key) =>
        MessageFates.Find(file, key)?.Step ?? Schedule.RecordOf(file, key.Step) ?? throw new KeyNotFoundException($"There is no step {key.Step}.");

    private static string TemplateOf(StepRecord step, MessageKey key) =>
        key.Channel == Channel.Call ? CallScript : step.Template ?? throw new ArgumentException($"Step {key.Step} names no text.");

    private static Claim? ClaimIn(CaseFile file, MessageKey key, Policy policy, Creditor creditor, StepRecord step, DateOnly today, TextBook book, Rates? rates) =>
        rates is not null && MayClaim(file, policy, creditor, step)
        && book.AsksForTotal(TextLanguage.Closest(file.Debtor.Language), TemplateOf(step, key), MessageKey.Name(key.Channel), file.Debtor.Kind == DebtorKind.Consumer, policy.Regime[..2])
            ? CaseClaim.Of(file, policy, rates, today)
            : null;

    // What is disputed is not asked for, and interest on it cannot be told apart. A Belgian consumer's first reminder names the creditor's number, or opens no
    // claim (Code de droit économique, XIX.2).
    private static bool MayClaim(CaseFile file, Policy policy, Creditor creditor, StepRecord step) =>
        policy.ClaimsAccessoriesAt(step.Id) && Waiting.DisputedAmount(file).IsZero
        && (policy.Regime != Regime.BelgianConsumer || CompanyNumber.Of(creditor, file.Debtor.Language) is not null);

    /// <summary>What the debtor is asked for now: the balance without what is disputed.</summary>
    public static Money AskedFor(CaseFile file) => file.Balance - Waiting.DisputedAmount(file);

    // What a letter's page shows around its text: who writes, where and when, about what.
    private static string Whole(RenderedText letter, TextValues said)
    {
        var writer = string.Join('\n', new[] { said.Creditor.Name, said.Creditor.Address, said.Creditor.Registration }.Where(l => l is not null));
        return string.Join("\n\n", writer, said.Creditor.City is { } city ? $"{city}, {said.Today}" : said.Today, letter.Subject, letter.Plain);
    }

    // The case's first e-mail that was heard, unless it is this one sent again.
    private string? FirstMail(CaseFile file, string step) =>
        file.Steps.FirstOrDefault(s => s.Find(Channel.Email, 1) is { WasHeard: true }) is { } first && first.Id != step
            ? first.Find(Channel.Email, 1)!.Joined is { } joint ? MessageId(joint) : MessageId(new MessageKey(file.Id, first.Id, Channel.Email, 1))
            : null;

    private string MessageId(MessageKey key, string mark = "") => $"{key.Case}.{key.Step}.{key.Sending}{mark}@{mailDomain}";

    private string MessageId(string joint) => Joint.Read(joint) is var (first, mark) ? MessageId(first, mark) : "";

    private static string Address(CaseFile file, Channel channel) => channel switch
    {
        Channel.Email => file.Debtor.ReminderEmail,
        Channel.Sms or Channel.Call => file.Debtor.ReminderPhone,
        _ => file.Debtor.Address is { } address ? AddressLines.Block(file.Debtor.Name, address) : null,
    } ?? throw new ArgumentException($"The debtor has no address for {MessageKey.Name(channel)}.");
}
