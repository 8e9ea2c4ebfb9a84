using Dunning.Domain;

namespace Dunning.Service.Rendering;

/// <summary>
/// The sentence of law a reminder of each regime carries: code de commerce L441-10 and D441-5 (French businesses), commande publique L2192-13 and
/// D2192-35 (public buyers), law of 2 August 2002 (Belgian businesses), code civil 1231-6 and 1344-1 (French consumers, from the formal notice on).
/// </summary>
internal static class LegalNote
{
    private static readonly Dictionary<(string Regime, string Language), (bool OnlyFormal, string Text)> Notes = new()
    {
        [("fr-b2b", "fr")] = (false, "En application des articles L441-10 et D441-5 du Code de commerce, des pénalités de retard courent depuis le lendemain de l’échéance et une indemnité forfaitaire de 40\u00a0€ pour frais de recouvrement est due."),
        [("fr-b2b", "en")] = (false, "Under articles L441-10 and D441-5 of the French Commercial Code, late-payment interest has been running since the day after the due date and a fixed recovery indemnity of €40 is due."),
        [("fr-public", "fr")] = (false, "En application des articles L2192-13 et D2192-35 du Code de la commande publique, des intérêts moratoires et une indemnité forfaitaire de 40\u00a0€ sont dus de plein droit."),
        [("fr-public", "en")] = (false, "Under articles L2192-13 and D2192-35 of the French Public Procurement Code, late-payment interest and a fixed indemnity of €40 are due by law."),
        [("be-b2b", "fr")] = (false, "En application de la loi du 2 août 2002, des intérêts de retard et une indemnité forfaitaire de 40\u00a0€ sont dus de plein droit."),
        [("be-b2b", "en")] = (false, "Under the Belgian law of 2 August 2002, late-payment interest and a fixed indemnity of €40 are due by law."),
        [("fr-b2c", "fr")] = (true, "À compter de la présente, les intérêts au taux légal sont dus (articles 1231-6 et 1344-1 du Code civil)."),
        [("fr-b2c", "en")] = (true, "From the date of this notice, interest at the legal rate is due (articles 1231-6 and 1344-1 of the French Civil Code)."),
    };

    // Code de droit économique, XIX.2: the first reminder is free and leaves fourteen calendar days before anything may be claimed.
    private static readonly Dictionary<string, string> BelgianFirst = new(StringComparer.Ordinal)
    {
        ["fr"] = "Ce premier rappel est gratuit. Vous disposez de quatorze jours calendrier, à compter du lendemain de cet envoi, pour payer\u00a0; rien d’autre ne vous sera réclamé d’ici là.",
        ["en"] = "This first reminder is free of charge. You have fourteen calendar days from the day after it was sent to pay; nothing else will be claimed from you before then.",
    };

    public static string? For(string regime, StepRecord step, string language) =>
        regime == "be-b2c" ? (step.Template == "first-reminder" ? BelgianFirst.GetValueOrDefault(language) : null)
        : Notes.TryGetValue((regime, language), out var note) && (step.Formal || !note.OnlyFormal) ? note.Text : null;
}
