using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Letters;
using Dunning.Service.Payments;
using Dunning.Service.Register;
using Dunning.Service.Rendering;

namespace Dunning.Service.Papers;

/// <summary>Draws up what is signed or booked rather than sent: the same case, creditor and texts give the same bytes.</summary>
public sealed class PaperWriter(ILetterRenderer letters)
{
    public const string AgreementText = "plan-agreement";
    public const string DebitNoteText = "debit-note";

    /// <summary>A plan as it was agreed, with the debt it recognises.</summary>
    /// <exception cref="ArgumentException">The text needs a value that is missing.</exception>
    /// <exception cref="LetterNotDrawable">It has characters that cannot be drawn.</exception>
    public byte[] Agreement(CaseAt agreed, CaseEvent.PlanAgreed plan, Creditor creditor, TextBook texts, Rates rates)
    {
        var (file, policy, on) = (agreed.File, agreed.Policy, agreed.On);
        var values = Values(agreed, creditor, AgreementText) with
        {
            Claim = policy.Accessories.Dropped ? null : CaseClaim.Of(file, policy, rates, on),
        };
        var first = plan.Instalments[0].Amount;
        var whole = plan.Instalments.Aggregate(Money.Zero(first.Currency), (sum, i) => sum + i.Amount);
        // What is agreed on is the sum of the instalments, be part of it in dispute.
        var said = values.Values() with { Balance = Amount(whole, values.Language), DisputedAmount = null };
        return Draw(agreed, creditor, texts, AgreementText, said, Code(creditor, file, first));
    }

    /// <summary>Interest and indemnity as the note charges them.</summary>
    /// <inheritdoc cref="Agreement" path="/exception"/>
    public byte[] DebitNote(CaseAt issued, CaseEvent.DebitNoteIssued note, Creditor creditor, TextBook texts)
    {
        var values = Values(issued, creditor, DebitNoteText);
        var charged = ChargedTotal.Of(note);
        var code = charged.Total is { } total ? Code(creditor, issued.File, total) : null;
        var language = values.Language;
        var said = values.Values();
        return Draw(issued, creditor, texts, DebitNoteText, said with
        {
            Payment = said.Payment with { Code = code is not null },
            DebitNote = new(note.Number, Wording.Date(note.On, language), Wording.Date(note.AsOf, language))
            {
                Interest = note.Interest.IsZero ? null : Amount(note.Interest, language),
                Indemnity = note.Indemnity.IsZero ? null : Amount(note.Indemnity, language),
                Total = charged.Total is { } sum ? Amount(sum, language) : null,
                Accrued = charged.EarlierInterest.IsZero ? null : Amount(charged.Accrued, language),
                Earlier = charged.EarlierInterest.IsZero ? null : Amount(charged.EarlierInterest, language),
                Provisional = charged.Provisional,
                Rows = [.. note.Lines.Select(line => Row(line, note, language))],
                Basis = [.. note.LegalBasis],
            },
        }, code);
    }

    private static CaseValues Values(CaseAt at, Creditor creditor, string template) =>
        new(at.File, new(template, 0, false, at.On, StepOutcome.Happened) { Template = template }, at.Policy, creditor, Channel.Letter, TextLanguage.Closest(at.File.Debtor.Language), at.On);

    private static string? Code(Creditor creditor, CaseFile file, Money amount)
    {
        var to = PaidTo.Of(creditor, file.Invoice.Payee);
        return EpcQr.Payload(to.Name, to.Iban, to.Bic, amount, file.Invoice.Number);
    }

    private byte[] Draw(CaseAt at, Creditor creditor, TextBook texts, string template, TextValues values, string? code)
    {
        var (file, policy) = (at.File, at.Policy);
        var language = TextLanguage.Closest(file.Debtor.Language);
        var text = texts.Render(language, template, MessageKey.Name(Channel.Letter), file.Debtor.Kind == DebtorKind.Consumer, policy.Regime[..2],
            values with { Payment = values.Payment with { Code = code is not null } });
        var to = AddressLines.Block(file.Debtor.Name, file.Debtor.Address);
        var sheet = new OutgoingMessage(new(file.Id, template, Channel.Letter, 1), creditor.Id, to, file.Debtor.Name, text.Subject, text.Plain, at.Logged.At)
        {
            Language = language,
            Markdown = text.Markdown,
            PaymentCode = code,
        };
        return letters.Render(LetterComposer.Of(sheet, creditor, file, policy));
    }

    private static InterestValues Row(ChargedInterest line, CaseEvent.DebitNoteIssued note, string language)
    {
        var currency = note.Interest.Currency;
        // As in letters: rows rounded like the total would not always add up to it.
        var decimals = currency.MinorUnits + (note.Lines.Count > 1 ? 2 : 0);
        return new(Wording.ShortDate(line.From, language), Wording.ShortDate(line.To, language), line.Days.ToString(CultureInfo.InvariantCulture), Wording.Rate(line.Percent, language))
        {
            Base = Exact(line.Base, currency.MinorUnits),
            Amount = Exact(line.Interest, decimals),
        };

        string Exact(decimal amount, int digits) => Wording.Amount(decimal.Round(amount, digits, MidpointRounding.AwayFromZero), currency.Code, digits, language);
    }

    private static string Amount(Money money, string language) => Wording.Amount(money.Amount, money.Currency.Code, money.Currency.MinorUnits, language);
}
