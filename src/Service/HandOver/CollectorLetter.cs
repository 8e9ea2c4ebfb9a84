using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Letters;
using Dunning.Service.Register;
using Dunning.Service.Rendering;

namespace Dunning.Service.HandOver;

/// <summary>
/// A letter of a mandated collector (CPCE, L124-1): the part that R124-4 asks for is added to it, and the whole is read again for each mention. Without one of them the
/// letter is not issued: a missing mention is an offence (R124-7).
/// </summary>
internal sealed record CollectorLetter(PartyValues Collector, PartyValues Creditor)
{
    public const string Law = "CPCE R124-4";

    public string Activity { get; } = "exerce une activité de recouvrement amiable";

    // L111-8 CPCE as in force since 19 March 2014. The law asks for the words themselves.
    public string SecondParagraph { get; } = "Les frais de recouvrement entrepris sans titre exécutoire restent à la charge du créancier, sauf s’ils concernent un acte dont l’accomplissement est prescrit par la loi au créancier. Toute stipulation contraire est réputée non écrite, sauf disposition législative contraire.";

    public string ThirdParagraph { get; } = "Cependant, le créancier qui justifie du caractère nécessaire des démarches entreprises pour recouvrer sa créance peut demander au juge de l’exécution de laisser tout ou partie des frais ainsi exposés à la charge du débiteur de mauvaise foi.";

    public required string Number { get; init; }

    public required string IssueDate { get; init; }

    public required string DueDate { get; init; }

    public required string Today { get; init; }

    public required string Principal { get; init; }

    public required string Interest { get; init; }

    public required string Accessories { get; init; }

    public required string Total { get; init; }

    public string? Iban { get; init; }

    public string? Link { get; init; }

    public bool Cheque { get; init; }

    public required string Beneficiary { get; init; }

    /// <param name="claim">What the letter demands; null when it asks for the principal alone.</param>
    /// <exception cref="LetterIncomplete">It lacks mentions; all are named.</exception>
    public static OutgoingMessage Complete(OutgoingMessage letter, Creditor creditor, CaseFile file, Claim? claim, DateOnly today)
    {
        var values = Of(letter, creditor, file, claim, today);
        var markdown = $"{letter.Markdown}\n\n{HandOverText.Fill("collector.fr", values)}";
        var text = PlainText.Of(MessageMarkdown.Parse(markdown), TextLanguage.French);
        return values.MissingFrom(text) is { Count: > 0 } missing ? throw new LetterIncomplete(Law, missing) : letter with { Markdown = markdown, Body = text };
    }

    /// <summary>The mentions of R124-4 that a text lacks, in the order of the article; empty when it has them all.</summary>
    public IReadOnlyList<string> MissingFrom(string text)
    {
        var missing = new List<string>();
        Need("the collector's name", Collector.Name);
        Need("the collector's address", Collector.Address);
        Need($"the words “{Activity}”", Activity);
        Need("the creditor's name", Creditor.Name);
        Need("the creditor's address", Creditor.Address);
        Need("the basis of the claim", Number);
        Need("principal, interest and accessories apart", Principal, Interest, Accessories);
        Need("the demand to pay", $"Merci de payer la somme de {Total}");
        if (!new[] { Iban, Link, Cheque ? "chèque" : null }.Any(Has))
            missing.Add("a means of payment");
        Need("article L111-8, paragraphs 2 and 3", SecondParagraph, ThirdParagraph);
        return missing;

        void Need(string mention, params ReadOnlySpan<string?> words)
        {
            foreach (var word in words)
                if (!Has(word))
                {
                    missing.Add(mention);
                    return;
                }
        }

        bool Has(string? words) => !string.IsNullOrWhiteSpace(words) && text.Contains(words, StringComparison.Ordinal);
    }

    private static CollectorLetter Of(OutgoingMessage letter, Creditor creditor, CaseFile file, Claim? claim, DateOnly today)
    {
        var (collector, to, none) = (creditor.Collector!, PaidTo.Of(creditor, file.Invoice.Payee), Money.Zero(letter.Balance.Currency));
        var mandator = collector.MandateOf ?? new(creditor.Name, creditor.Address);
        return new(new(collector.Name ?? "", Line(collector.Address), null), new(mandator.Name ?? "", Line(mandator.Address), null))
        {
            Number = file.Invoice.Number,
            IssueDate = Date(file.Invoice.IssueDate),
            DueDate = Date(file.Invoice.DueDate),
            Today = Date(today),
            Principal = Amount(claim?.Principal ?? letter.Balance),
            Interest = Amount(claim?.Interest ?? none),
            Accessories = Amount(claim?.Indemnity ?? none),
            Total = Amount(claim?.Total ?? letter.Balance),
            Iban = to.Iban?.Display,
            Link = file.Invoice.PaymentUrl,
            Cheque = creditor.AcceptsCheques,
            Beneficiary = to.Name,
        };
    }

    private static string? Line(PostalAddress? address) => address is null ? null : AddressLines.OnOneLine(address);

    private static string Date(DateOnly date) => Wording.Date(date, TextLanguage.French);

    private static string Amount(Money money) => Wording.Amount(money.Amount, money.Currency.Code, money.Currency.MinorUnits, TextLanguage.French);
}
