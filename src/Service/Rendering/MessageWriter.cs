using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Rendering;

/// <summary>Turns a case as it stands today into a message in the debtor's language, signed by the creditor's person.</summary>
public sealed class MessageWriter(TextBook texts, string mailDomain = "dunning.invalid")
{
    /// <exception cref="ArgumentException">The text needs a value that is missing, or the channel has no address.</exception>
    /// <exception cref="KeyNotFoundException">No such text.</exception>
    public OutgoingMessage Write(CaseFile file, MessageKey key, Policy policy, Creditor creditor, DateTimeOffset now)
    {
        var step = Schedule.RecordOf(file, key.Step) ?? throw new KeyNotFoundException($"There is no step {key.Step}.");
        var template = step.Template ?? throw new ArgumentException($"Step {key.Step} names no text.");
        var language = TextLanguage.Closest(file.Debtor.Language);
        var values = Values(file, step, policy, creditor, key, language, policy.Zone.LocalDate(now));
        var text = texts.Render(language, template, MessageKey.Name(key.Channel), file.Debtor.Kind == DebtorKind.Consumer, values);
        var first = file.Steps.FirstOrDefault(s => s.Find(Channel.Email, 1) is { WasHeard: true });
        return new(key, file.Creditor, Address(file, key.Channel), file.Debtor.Name, text.Subject, text.Body, now)
        {
            FromName = creditor.Name,
            FromEmail = creditor.Email ?? $"noreply@{mailDomain}",
            ReplyTo = SenderOf(creditor, policy, key.Step)?.Email ?? creditor.Email,
            Language = language,
            Balance = AskedFor(file),
            Deadline = step.Deadline,
            Registered = step.Find(key.Channel, key.Sending)?.Registered ?? false,
            Test = creditor.TestMode,
            MessageId = key.Channel == Channel.Email ? MessageId(key) : null,
            InReplyTo = key.Channel == Channel.Email && first is not null && first.Id != key.Step ? MessageId(key with { Step = first.Id, Sending = 1 }) : null,
        };
    }

    /// <summary>What the debtor is asked for now: the balance without what is disputed.</summary>
    public static Money AskedFor(CaseFile file) => file.Balance - Waiting.DisputedAmount(file);

    private string MessageId(MessageKey key) => $"{key.Case}.{key.Step}.{key.Sending}@{mailDomain}";

    private static string Address(CaseFile file, Channel channel) => channel switch
    {
        Channel.Email => file.Debtor.ReminderEmail,
        Channel.Sms => file.Debtor.ReminderPhone,
        _ => file.Debtor.Address is { } address ? $"{file.Debtor.Name}\n{Lines(address)}" : null,
    } ?? throw new ArgumentException($"The debtor has no address for {MessageKey.Name(channel)}.");

    private static string Lines(PostalAddress address) =>
        string.Join('\n', new[] { address.Line1, address.Line2, $"{address.PostalCode} {address.City}" }.Where(l => !string.IsNullOrEmpty(l)));

    private static Sender? SenderOf(Creditor creditor, Policy policy, string step)
    {
        var reached = policy.FindRung(step)?.Offset ?? int.MaxValue;
        return creditor.Senders.LastOrDefault(s => s.FromStep is null || policy.FindRung(s.FromStep) is { } from && from.Offset <= reached);
    }

    private static Dictionary<string, string?> Values(
        CaseFile file, StepRecord step, Policy policy, Creditor creditor, MessageKey key, string language, DateOnly today)
    {
        var (invoice, debtor, sender) = (file.Invoice, file.Debtor, SenderOf(creditor, policy, key.Step));
        string Money(Money money) => key.Channel == Channel.Sms
            ? Wording.SmsAmount(money.Amount, money.Currency.Code, money.Currency.MinorUnits, language)
            : Wording.Amount(money.Amount, money.Currency.Code, money.Currency.MinorUnits, language);
        var disputed = Waiting.DisputedAmount(file);
        var late = today.DayNumber - invoice.DueDate.DayNumber;
        return new(StringComparer.Ordinal)
        {
            ["creditor.name"] = creditor.Name,
            ["creditor.email"] = sender?.Email ?? creditor.Email,
            ["creditor.phone"] = sender?.Phone ?? creditor.Phone,
            ["creditor.iban"] = creditor.Iban is { } iban ? Iban.Parse(iban).Display : null,
            ["creditor.city"] = creditor.Address?.City,
            ["sender.name"] = sender?.Name,
            ["sender.role"] = sender?.Role,
            ["debtor.name"] = debtor.Name,
            ["debtor.address"] = debtor.Address is { } address ? Lines(address) : null,
            ["invoice.number"] = invoice.Number,
            ["invoice.issueDate"] = Wording.Date(invoice.IssueDate, language),
            ["invoice.dueDate"] = Wording.Date(invoice.DueDate, language),
            ["invoice.amount"] = Money(invoice.Amount),
            ["invoice.purchaseOrder"] = invoice.PurchaseOrder,
            ["balance"] = Money(AskedFor(file)),
            ["disputedAmount"] = disputed.IsZero ? null : Money(disputed),
            ["currency"] = invoice.Amount.Currency.Code,
            ["daysLate"] = late > 0 ? Wording.Days(late, language) : null,
            ["deadline"] = step.Deadline is { } deadline ? Wording.Date(deadline, language) : null,
            ["paymentUrl"] = invoice.PaymentUrl,
            ["today"] = Wording.Date(today, language),
            ["legalNote"] = LegalNote.For(policy.Regime, step, language),
            ["reference"] = invoice.Number,
        };
    }
}
