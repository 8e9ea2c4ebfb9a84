using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Payments;
using Dunning.Service.Register;

namespace Dunning.Service.Rendering;

/// <summary>What a case says in a message of today: the one place where its facts become the values a text may name.</summary>
internal sealed record CaseValues(CaseFile File, StepRecord Step, Policy Policy, Creditor Creditor, Channel Channel, string Language, DateOnly Today)
{
    public bool DocumentAttached { get; init; }

    public bool AgreementAttached { get; init; }

    /// <summary>Where to pay an amount online; null when there is no such place.</summary>
    public Func<Money, string?>? Link { get; init; }

    /// <summary>The debtor's own page; null when there is none.</summary>
    public string? Portal { get; init; }

    /// <summary>What is owed today, where this message claims more than the principal.</summary>
    public Claim? Claim { get; init; }

    private Money Balance => MessageWriter.AskedFor(File);

    /// <summary>Demanded in all, in words and in the QR code alike.</summary>
    private Money TotalDue => Claim?.Total ?? Balance;

    private PaidTo To => PaidTo.Of(Creditor, File.Invoice.Payee);

    // A confirmation asks for nothing: its code pays what was agreed, one that agrees no amount has none.
    public Money? Payable => Step.About is null ? TotalDue : Step.Template switch
    {
        "promise-confirmed" => File.Silences.Promise?.Amount,
        "plan-agreed" => File.Silences.Plan?.Instalments.FirstOrDefault(i => i.Date >= Today)?.Amount,
        _ => null,
    };

    /// <summary>The payload of the payment QR code; null where none can be made.</summary>
    public string? PaymentCode => Payable is { } amount ? CodeFor(amount, File.Invoice.Number) : null;

    public string? CodeFor(Money amount, string reference) => EpcQr.Payload(To.Name, To.Iban, To.Bic, amount, reference);

    public static Sender? SenderOf(Creditor creditor, Policy policy, string step)
    {
        var reached = policy.FindRung(step)?.Offset ?? int.MaxValue;
        return creditor.Senders.LastOrDefault(s => s.FromStep is null || policy.FindRung(s.FromStep) is { } from && from.Offset <= reached);
    }

    public TextValues Values()
    {
        var (invoice, sender, disputed) = (File.Invoice, SenderOf(Creditor, Policy, Step.Id), Waiting.DisputedAmount(File));
        var (late, settled) = (Today.DayNumber - invoice.DueDate.DayNumber, File.Account.Settled);
        return new()
        {
            Creditor = new(Creditor.Name)
            {
                City = Creditor.Address?.City,
                Address = Creditor.Address is { } address ? AddressLines.OnOneLine(address) : null,
                Registration = CompanyNumber.Of(Creditor, Language),
            },
            Sender = sender is null ? null : new(sender.Name) { Role = sender.Role },
            Contact = new() { Email = sender?.Email ?? Creditor.Email, Phone = Phone(sender?.Phone ?? Creditor.Phone) },
            Debtor = new(File.Debtor.Name),
            Invoice = new(invoice.Number, Date(invoice.IssueDate), Date(invoice.DueDate))
            {
                Amount = Amount(invoice.Amount),
                Settled = settled.IsZero ? null : Amount(settled),
                PurchaseOrder = invoice.PurchaseOrder,
                Description = invoice.Description,
            },
            Balance = Amount(Balance),
            TotalDue = Amount(TotalDue),
            DisputedAmount = disputed.IsZero ? null : Amount(disputed),
            Currency = invoice.Amount.Currency.Code,
            DaysLate = late > 0 ? Wording.Days(late, Language) : null,
            Deadline = Step.Deadline is { } deadline ? Date(deadline) : null,
            Today = Date(Today),
            Legal = LegalNote.For(Policy.Regime, Step, Channel, Language),
            Payment = new(invoice.Number)
            {
                Beneficiary = To.Name,
                Iban = To.Iban?.Display,
                Bic = To.Bic,
                Link = invoice.PaymentUrl ?? (Payable is { } payable ? Link?.Invoke(payable) : null),
                Code = PaymentCode is not null,
                Cheque = Creditor.AcceptsCheques,
            },
            PortalUrl = Portal,
            DocumentAttached = DocumentAttached,
            AgreementAttached = AgreementAttached,
            Plan = File.Silences.Plan is { } plan ? new() { Instalments = [.. plan.Instalments.Select(i => new InstalmentValues(Date(i.Date)) { Amount = Amount(i.Amount) })] } : null,
            Promise = File.Silences.Promise is { } promise ? new(Date(promise.Date)) { Amount = Amount(promise.Amount) } : null,
            // What a call came to is the creditor's own note: the debtor is reminded of the day, not told what was written down.
            Call = Step is { Template: "call-follow-up", DecidedOn: var on } ? new(Date(on)) : null,
            Announced = Announced(),
            Claim = Claim is { } claim && claim.Total != claim.Principal ? ClaimOf(claim) : null,
        };
    }

    // What the contract lets a creditor claim from a Belgian consumer, once the fourteen days are over (Code de droit économique, XIX.2 and XIX.4). A reminder
    // that does not name the creditor's number opens no claim, so it announces none.
    private AnnouncedValues? Announced() => Policy.Regime == Regime.BelgianConsumer && CompanyNumber.Of(Creditor, Language) is not null && Policy.Accessories is { Clause: var clause, ContractualRate: var rate } && (clause || rate is not null)
        ? new()
        {
            Indemnity = clause && Balance.Currency == Currency.Euro ? Amount(Money.Of(decimal.Round(BelgianConsumer.IndemnityCap(Balance.Amount), 2, MidpointRounding.AwayFromZero), Currency.Euro)) : null,
            Rate = rate is { } percent ? Wording.Rate(percent, Language) : null,
        }
        : null;

    private ClaimValues ClaimOf(Claim claim) => new(Date(Today))
    {
        Principal = Amount(claim.Principal),
        Interest = claim.Interest.IsZero ? null : Amount(claim.Interest),
        Indemnity = claim.Indemnity.IsZero ? null : Amount(claim.Indemnity),
        Total = Amount(claim.Total),
        Provisional = claim.Provisional,
        Rows = [.. claim.Segments.Select(s => new InterestValues(Wording.ShortDate(s.From, Language), Wording.ShortDate(s.To, Language), s.Days.ToString(CultureInfo.InvariantCulture), Wording.Rate(s.Rate.Percent, Language))
        {
            Base = Exact(s.Base, claim.Principal.Currency.MinorUnits),
            // Interest is rounded once, in the total: rows that were rounded too would not always add up to it.
            Amount = Exact(s.Interest, claim.Principal.Currency.MinorUnits + (claim.Segments.Count > 1 ? 2 : 0)),
        })],
    };

    private string Exact(decimal amount, int decimals) =>
        Wording.Amount(decimal.Round(amount, decimals, MidpointRounding.AwayFromZero), File.Invoice.Amount.Currency.Code, decimals, Language);

    // As they are read out in France; elsewhere, and where each place counts, as they are dialled.
    private string? Phone(string? number) => Channel != Channel.Sms && number is ['+', '3', '3', _, ..] && number.Length == 12
        ? $"+33 {number[3]} {string.Join(' ', number[4..].Chunk(2).Select(pair => new string(pair)))}".Replace(' ', '\u00A0')
        : number;

    private string Date(DateOnly date) => Wording.Date(date, Language);

    public string Amount(Money money) => Channel == Channel.Sms
        ? Wording.SmsAmount(money.Amount, money.Currency.Code, money.Currency.MinorUnits, Language)
        : Wording.Amount(money.Amount, money.Currency.Code, money.Currency.MinorUnits, Language);
}
