using Dunning.Service.Register;

namespace Dunning.Service.Rendering;

/// <summary>The number a creditor is registered under, named as its readers name it.</summary>
internal static class CompanyNumber
{
    /// <summary>"SIREN 123 456 789", "numéro d’entreprise 0123.456.789"; null when neither is known.</summary>
    public static string? Of(Creditor creditor, string language) => creditor switch
    {
        { EnterpriseNumber: { } number } => $"{Enterprise(language)}\u00A0{number}",
        { Siren: { Length: 9 } siren } => $"SIREN\u00A0{siren[..3]}\u00A0{siren[3..6]}\u00A0{siren[6..]}",
        { Siren: { } other } => $"SIREN\u00A0{other}",
        _ => null,
    };

    private static string Enterprise(string language) => language switch
    {
        TextLanguage.French => "numéro d’entreprise",
        TextLanguage.Dutch => "ondernemingsnummer",
        TextLanguage.German => "Unternehmensnummer",
        _ => "enterprise number",
    };
}
