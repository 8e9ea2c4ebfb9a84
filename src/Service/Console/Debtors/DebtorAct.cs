using Dunning.Service.Api.Operations;

namespace Dunning.Service.Console.Debtors;

/// <summary>What a person does to a debtor as a whole. Each is confirmed: it reaches every invoice, those to come included.</summary>
public sealed record DebtorAct(string Name, string Operation, string French, string English, IReadOnlyList<(string Name, string Type, bool Required, string French, string English, string? HintFrench, string? HintEnglish)> Fields, Func<DebtorPage, bool> IsOffered)
{
    public static readonly IReadOnlyList<DebtorAct> All =
    [
        new("hold", "holdDebtor", "Suspendre", "Put on hold",
        [
            ("reason", "lines", true, "Raison", "Reason", null, null),
            ("until", "date", true, "Jusqu’au, ce jour compris", "Until, that day included", null, null),
        ], page => page.Hold is null),
        new("exclude", "holdDebtor", "Exclure des relances", "Exclude from dunning",
            [("reason", "lines", true, "Raison", "Reason", "Aucune de ses factures n’est relancée, même à venir, jusqu’à ce que l’exclusion soit levée. Elle est revue tous les 30\u00A0jours.", "None of its invoices is chased, nor those to come, until the exclusion is lifted. It is reviewed every 30\u00A0days.")],
            page => page.Hold is null),
        new("release", "releaseDebtor", "Lever la suspension", "Release the hold", [], page => page.Hold is not null),
        new("insolvency", "openInsolvency", "Procédure collective", "Insolvency",
        [
            ("judgmentDate", "date", true, "Date du jugement", "Date of the judgment", null, null),
            ("publishedOn", "date", false, "Publié au BODACC le", "Published on", "La créance est à déclarer dans les deux mois qui suivent.", "The claim is to be declared within the two months that follow."),
            ("declareBy", "date", false, "À déclarer avant le", "To be declared by", "Vide\u00A0: deux mois après la publication.", "Empty: two months after the publication."),
        ], page => page.Insolvency is null),
    ];

    public string Title(Ui ui) => ui.Say(French, English);
}
