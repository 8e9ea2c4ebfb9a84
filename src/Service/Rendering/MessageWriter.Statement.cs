using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Rendering;

/// <summary>One case of a statement, with the invoice that travels for it, where it can be paid online, and the debtor's page of it.</summary>
public sealed record StatementCase(JoinedCase Case, Enclosed? Document, Func<Money, string?>? Link, string? Page);

/// <summary>Several reminders as one message: a statement in the firmest tone among them.</summary>
public sealed partial class MessageWriter
{
    // A line of an SMS; what a bank passes on of a transfer's reference.
    private const int MostNumbers = 60;
    private const int MostReference = 140;

    /// <summary>
    /// What reminders must have in common to be said in one breath; null for one that stands alone. The first reminder to a Belgian consumer has a text of its own
    /// by law (Code de droit économique, XIX.2), and what claims interest names its rates and days.
    /// </summary>
    public static string? InCommon(CaseFile file, MessageKey key, Policy policy, Creditor creditor)
    {
        var step = StepOf(file, key);
        if (creditor.EachAlone || !MessageFates.MayJoin(file, key) || Tones.Of(step) is not { } tone || policy.ClaimsAccessoriesAt(step.Id)
            || (policy.Regime == Regime.BelgianConsumer && tone == Tone.First)
            || (key.Channel == Channel.Email ? file.Debtor.ReminderEmail : file.Debtor.ReminderPhone) is not { } to)
            return null;
        var paid = PaidTo.Of(creditor, file.Invoice.Payee);
        return string.Join('\n', to, file.Debtor.Name, file.Debtor.Kind, TextLanguage.Closest(file.Debtor.Language), policy.Regime, file.Balance.Currency.Code, paid.Name, paid.Iban?.Value);
    }

    /// <summary>A copy for each case, in their order, all of one text. They have in common what <see cref="InCommon"/> says.</summary>
    /// <exception cref="ArgumentException">The text needs a value that is missing, or takes more than an SMS holds.</exception>
    /// <exception cref="KeyNotFoundException">No such text.</exception>
    public IReadOnlyList<OutgoingMessage> Write(string joint, IReadOnlyList<StatementCase> cases, Creditor creditor, DateTimeOffset now, TextBook? texts = null)
    {
        var rows = cases.Select(c => new Row(c, creditor, now)).ToList();
        var firmest = rows.MaxBy(r => r.Tone)!;
        var (file, key, policy) = (firmest.File, firmest.Case.Case.Key, firmest.Case.Case.Policy);
        var total = rows.Select(r => AskedFor(r.File)).Aggregate((a, b) => a + b);
        var numbers = string.Join(", ", rows.Select(r => r.File.Invoice.Number));
        var code = numbers.Length <= MostReference ? firmest.Values.CodeFor(total, numbers) : null;
        var (said, lines) = (firmest.Values.Values(), rows.ConvertAll(r => r.Said()));
        said = said with
        {
            Balance = firmest.Values.Amount(total),
            TotalDue = firmest.Values.Amount(total),
            DisputedAmount = null,
            // A text has room for one address, and says of which invoice it is; a mail has the page of each.
            PortalUrl = key.Channel == Channel.Sms ? firmest.Case.Page : null,
            DocumentAttached = cases.All(c => c.Document is not null),
            Payment = said.Payment with { Reference = numbers, Link = null, Code = code is not null },
            Statement = new(rows.Count.ToString(CultureInfo.InvariantCulture))
            {
                Numbers = numbers.Length <= MostNumbers ? numbers : null,
                Courtesy = firmest.Tone == Tone.Courtesy,
                First = firmest.Tone == Tone.First,
                Firm = firmest.Tone == Tone.Firm,
                Final = firmest.Tone == Tone.Final,
                Rows = lines,
                Links = lines.Exists(r => r.Link is not null),
                Pages = lines.Exists(r => r.Page is not null),
            },
        };
        var text = (texts ?? shipped).Render(firmest.Values.Language, TextKey.Statement, MessageKey.Name(key.Channel), file.Debtor.Kind == DebtorKind.Consumer, policy.Regime[..2], said);
        var isMail = key.Channel == Channel.Email;
        var sender = CaseValues.SenderOf(creditor, policy, key.Step)?.Email ?? creditor.Email;
        var parts = new Joint(joint, [.. cases.Select(c => new JointPart(c.Case.Key, AskedFor(c.Case.File)) { Enclosed = c.Document })]);
        var thread = isMail ? rows.Select(r => FirstMail(r.File, r.Case.Case.Key.Step)).FirstOrDefault(id => id is not null) : null;
        return
        [
            .. cases.Select(c => new OutgoingMessage(c.Case.Key, file.Creditor, Address(file, key.Channel), file.Debtor.Name, text.Subject, text.Plain, now)
            {
                FromName = creditor.Name,
                FromEmail = creditor.Email ?? $"noreply@{mailDomain}",
                ReplyTo = sender,
                Language = firmest.Values.Language,
                Balance = AskedFor(c.Case.File),
                Test = creditor.TestMode,
                Html = text.Html,
                PaymentCode = text.Markdown.Contains($"({MessageMarkdown.PaymentCode})", StringComparison.Ordinal) ? code : null,
                Enclosed = c.Document,
                MessageId = isMail ? MessageId(joint) : null,
                InReplyTo = thread,
                Joint = parts,
            }),
        ];
    }

    private sealed class Row(StatementCase one, Creditor creditor, DateTimeOffset now)
    {
        public StatementCase Case => one;

        public CaseFile File => one.Case.File;

        public Tone Tone { get; } = Tones.Of(StepOf(one.Case.File, one.Case.Key)) ?? throw new ArgumentException($"{one.Case.Key} is no reminder.");

        public CaseValues Values { get; } = new(
            one.Case.File, StepOf(one.Case.File, one.Case.Key), one.Case.Policy, creditor, one.Case.Key.Channel, TextLanguage.Closest(one.Case.File.Debtor.Language), one.Case.Policy.Zone.LocalDate(now))
        {
            Link = one.Link,
        };

        public StatementRowValues Said() => Of(Values.Values());

        private StatementRowValues Of(TextValues said) => new(File.Invoice.Number, Wording.ShortDate(File.Invoice.DueDate, Values.Language))
        {
            Amount = said.Invoice.Amount,
            Balance = said.Balance,
            Disputed = said.DisputedAmount,
            Courtesy = Tone == Tone.Courtesy,
            First = Tone == Tone.First,
            Firm = Tone == Tone.Firm,
            Final = Tone == Tone.Final,
            Link = said.Payment.Link,
            Page = one.Page,
        };
    }
}
