using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Rendering;

namespace Dunning.Service.HandOver;

internal sealed record PartyValues(string Name, string? Address, string? Number);

internal sealed record InterestLine(string From, string To, string Days, string Base, string Rate, string Amount);

internal sealed record DatedLine(string Date, string Text);

internal sealed record MessageLine(string Number, string Date, string What, string To, string Fate);

internal sealed record RouteLine(string Name, bool Applies, bool ToCheck, string? Before, string? Lawyer, IReadOnlyList<string> Reasons, string? Missing);

/// <summary>What the texts of a hand-over may name, ready to print. Made in one place from the case.</summary>
internal sealed record HandOverValues
{
    private const string Blank = "—";

    public required PartyValues Creditor { get; init; }

    public required PartyValues Debtor { get; init; }

    public string? Payee { get; init; }

    public required string Kind { get; init; }

    public required string Number { get; init; }

    public required string IssueDate { get; init; }

    public required string DueDate { get; init; }

    public required string Amount { get; init; }

    public string? PurchaseOrder { get; init; }

    public string? Disputed { get; init; }

    public required string Today { get; init; }

    public required string Balance { get; init; }

    public required string Interest { get; init; }

    public required string Indemnity { get; init; }

    public bool HasIndemnity { get; init; }

    public required string Total { get; init; }

    public bool Provisional { get; init; }

    public IReadOnlyList<InterestLine> Rows { get; init; } = [];

    public IReadOnlyList<string> Articles { get; init; } = [];

    public IReadOnlyList<DatedLine> History { get; init; } = [];

    public IReadOnlyList<MessageLine> Messages { get; init; } = [];

    public IReadOnlyList<RouteLine> Routes { get; init; } = [];

    public string? Limitation { get; init; }

    /// <summary>The day the first formal notice that arrived was decided; null when none did.</summary>
    public string? FormalNotice { get; init; }

    public bool HasInvoice { get; init; }

    public required string Court { get; init; }

    public required string Hash { get; init; }

    public static HandOverValues Of(HandOverCase c, RecoveryRoute? asked)
    {
        var (file, claim, invoice, debtor) = (c.File, c.Claim, c.File.Invoice, c.File.Debtor);
        var (disputed, messages) = (Waiting.DisputedAmount(file), SentMessage.Of(c));
        return new()
        {
            Creditor = new(c.Creditor.Name, Line(c.Creditor.Address), CompanyNumber.Of(c.Creditor, c.Language)),
            Debtor = new(debtor.Name, Line(debtor.Address), debtor.Siren is { Length: 9 } n ? $"SIREN\u00A0{n[..3]}\u00A0{n[3..6]}\u00A0{n[6..]}" : null),
            Payee = invoice.Payee is { } payee ? $"{payee.Name}, {Iban.Parse(payee.Iban).Display}" : null,
            Kind = debtor.Kind switch
            {
                DebtorKind.Business => c.Say("entreprise", "business"),
                DebtorKind.Consumer => c.Say("consommateur", "consumer"),
                _ => c.Say("acheteur public", "public buyer"),
            },
            Number = invoice.Number,
            IssueDate = c.Date(invoice.IssueDate),
            DueDate = c.Date(invoice.DueDate),
            Amount = c.Amount(file.Account.Invoiced),
            PurchaseOrder = invoice.PurchaseOrder,
            Disputed = disputed.IsZero ? null : c.Amount(disputed),
            Today = c.Date(c.Today),
            Balance = c.Amount(claim.Principal),
            Interest = c.Amount(claim.Interest),
            Indemnity = c.Amount(claim.Indemnity),
            HasIndemnity = !claim.Indemnity.IsZero,
            Total = c.Amount(claim.Total),
            Provisional = claim.Provisional,
            Rows = [.. claim.Segments.Select(s => Row(c, s))],
            Articles = [.. claim.LegalBasis],
            History = [.. HandOver.History.Of(c).Select(l => new DatedLine(Wording.ShortDate(l.On, c.Language), l.What))],
            Messages = [.. messages.Select(m => Message(c, m))],
            Routes = [.. c.Routes.Select(r => Route(c, r))],
            Limitation = Domain.Limitation.Of(c.Policy.Regime, invoice) is { } last ? c.Date(last) : null,
            FormalNotice = messages.FirstOrDefault(m => m.Step.Formal && m.Leg.WasHeard) is { } notice ? c.Date(notice.Leg.PostedOn ?? notice.Step.DecidedOn) : null,
            HasInvoice = c.HasInvoice,
            Court = asked?.Forum is { } forum ? RouteWords.Of(forum, c.Language) + (asked.Place is { } place ? c.Say($", ressort de {place}", $", for {place}") : "") : Blank,
            Hash = c.Log is [.., var head] ? head.Hash : Blank,
        };
    }

    private static string? Line(PostalAddress? address) => address is null ? null : AddressLines.OnOneLine(address);

    // Rounded once, in the total: rows tell two decimals more, as letters do.
    private static InterestLine Row(HandOverCase c, ClaimSegment s)
    {
        var currency = c.Claim.Principal.Currency;
        return new(Wording.ShortDate(s.From, c.Language), Wording.ShortDate(s.To, c.Language), s.Days.ToString(CultureInfo.InvariantCulture),
            Exact(s.Base, currency.MinorUnits), Wording.Rate(s.Rate.Percent, c.Language), Exact(s.Interest, currency.MinorUnits + (c.Claim.Segments.Count > 1 ? 2 : 0)));

        string Exact(decimal amount, int decimals) => Wording.Amount(decimal.Round(amount, decimals, MidpointRounding.AwayFromZero), currency.Code, decimals, c.Language);
    }

    private static MessageLine Message(HandOverCase c, SentMessage m) => new(
        m.Number.ToString("00", CultureInfo.InvariantCulture), Wording.ShortDate(m.Step.DecidedOn, c.Language), MessageWords.Of(c, m),
        m.Key.Channel switch
        {
            Channel.Email => c.Say("courriel", "e-mail"),
            Channel.Sms => "SMS",
            _ => m.Leg.Registered ? c.Say("lettre recommandée", "registered letter") : c.Say("lettre", "letter"),
        },
        MessageWords.Fate(c, m));

    private static RouteLine Route(HandOverCase c, RecoveryRoute r) => new(
        RouteWords.Of(r.Procedure, c.Language), r.Applies, r.ToCheck,
        r.Forum is { } forum ? RouteWords.Of(forum, c.Language) + (r.Place is { } place ? $", {place}" : "") : null,
        r.Lawyer switch { true => c.Say("obligatoire", "required"), false => c.Say("non obligatoire", "not required"), null => null },
        [.. r.Reasons.Select(reason => reason.Article is { } article ? $"{RouteWords.Of(reason.Ground, c.Language).TrimEnd('.')} ({article})." : RouteWords.Of(reason.Ground, c.Language))],
        r.Missing.Count == 0 ? null : string.Join(c.Say("\u00A0; ", "; "), r.Missing.Select(g => RouteWords.Of(g, c.Language))));
}
