using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Letters;
using Dunning.Service.Register;

namespace Dunning.Service.Rendering;

/// <summary>Puts a text on paper: who writes to whom, from where and when, and what stands at the foot of each page.</summary>
public static class LetterComposer
{
    private const string NoBreak = "\u00A0";

    /// <summary>The letter a written message becomes.</summary>
    public static Letter Of(OutgoingMessage message, Creditor creditor, CaseFile file, Policy policy)
    {
        var (language, on) = (message.Language, policy.Zone.LocalDate(message.WrittenAt));
        return new()
        {
            Language = language,
            Title = message.Subject ?? Invoice(file, language),
            WrittenOn = on,
            From = From(creditor),
            To = [.. message.To.Split('\n'), .. Abroad(creditor, file.Debtor)],
            // The windows of Belgian envelopes are at the left.
            Window = (creditor.Country ?? policy.Regime[..2].ToUpperInvariant()) == "BE" ? WindowSide.Left : WindowSide.Right,
            PlaceAndDate = PlaceAndDate((creditor.Collector is { } writer ? writer.Address : creditor.Address)?.City, Wording.Date(on, language), language),
            References = [.. message.Registered ? [Registered(language)] : Array.Empty<string>(), Invoice(file, language)],
            Subject = message.Subject ?? Invoice(file, language),
            Body = message.Markdown ?? message.Body,
            PaymentCode = message.PaymentCode,
            Footer = [Foot(creditor, language)],
        };
    }

    /// <summary>Who writes: the creditor, or the collector that acts for it.</summary>
    internal static IReadOnlyList<string> From(Creditor creditor) => creditor.Collector is { } collector
        ? [collector.Name ?? "", .. collector.Address is { } office ? AddressLines.Of(office) : []]
        : [creditor.Name, .. creditor.Address is { } address ? AddressLines.Of(address) : [], .. new[] { creditor.Phone, creditor.Email }.OfType<string>()];

    /// <summary>The creditor's legal identity, on one line.</summary>
    internal static string Foot(Creditor creditor, string language) => string.Join(
        " · ", new[] { creditor.Name, CompanyNumber.Of(creditor, language), creditor.Address is { } seat ? AddressLines.OnOneLine(seat) : null }.OfType<string>());

    // The post of another country needs to know where to.
    private static IEnumerable<string> Abroad(Creditor creditor, Debtor debtor) => (creditor.Country ?? debtor.Country, debtor.Country) switch
    {
        var (from, to) when from == to => [],
        (_, "FR") => ["FRANCE"],
        (_, "BE") => ["BELGIQUE – BELGIË"],
        (_, "LU") => ["LUXEMBOURG"],
        (_, "NL") => ["NEDERLAND"],
        (_, "DE") => ["DEUTSCHLAND"],
        var (_, to) => [to],
    };

    internal static string PlaceAndDate(string? city, string date, string language) => (city, language) switch
    {
        (null, _) => date,
        (_, TextLanguage.French) => $"{city}, le {date}",
        (_, TextLanguage.German) => $"{city}, den {date}",
        _ => $"{city}, {date}",
    };

    private static string Registered(string language) => language switch
    {
        TextLanguage.French => "Lettre recommandée avec avis de réception",
        TextLanguage.Dutch => "Aangetekende brief met ontvangstbewijs",
        TextLanguage.German => "Einschreiben mit Rückschein",
        _ => "Registered letter with acknowledgement of receipt",
    };

    private static string Invoice(CaseFile file, string language) => language switch
    {
        TextLanguage.French => $"Facture{NoBreak}{file.Invoice.Number}",
        TextLanguage.Dutch => $"Factuur{NoBreak}{file.Invoice.Number}",
        TextLanguage.German => $"Rechnung{NoBreak}{file.Invoice.Number}",
        _ => $"Invoice{NoBreak}{file.Invoice.Number}",
    };
}
