using Dunning.Domain;

namespace Dunning.Service.Rendering;

/// <summary>
/// The sentence of law a reminder of each regime carries, and the articles a formal notice rests on: code de commerce L441-10 and D441-5 (French
/// businesses), commande publique L2192-13 and D2192-35 (public buyers), law of 2 August 2002 (Belgian businesses), code civil 1231-6 and 1344-1 (French
/// consumers, from the formal notice on), code de droit économique XIX.2 and XIX.4 (Belgian consumers).
/// </summary>
internal static class LegalNote
{
    private static readonly Dictionary<(string Regime, string Language), (bool OnlyFormal, string Text)> Notes = new()
    {
        [("fr-b2b", "fr")] = (false, "En application des articles L441-10 et D441-5 du Code de commerce, des pénalités de retard courent depuis le lendemain de l’échéance et une indemnité forfaitaire de 40\u00a0€ pour frais de recouvrement est due."),
        [("fr-b2b", "en")] = (false, "Under articles L441-10 and D441-5 of the French Commercial Code, late-payment interest has been running since the day after the due date and a fixed recovery indemnity of €40 is due."),
        [("fr-b2b", "nl")] = (false, "Op grond van de artikelen L441-10 en D441-5 van het Franse Wetboek van Koophandel loopt sinds de dag na de vervaldag rente wegens laattijdige betaling en is een vaste vergoeding van €\u00a040 voor invorderingskosten verschuldigd."),
        [("fr-b2b", "de")] = (false, "Nach den Artikeln L441-10 und D441-5 des französischen Handelsgesetzbuchs laufen seit dem Tag nach der Fälligkeit Verzugszinsen, und eine Pauschale von 40\u00a0€ für Beitreibungskosten ist zu zahlen."),
        [("fr-public", "fr")] = (false, "En application des articles L2192-13 et D2192-35 du Code de la commande publique, des intérêts moratoires et une indemnité forfaitaire de 40\u00a0€ sont dus de plein droit."),
        [("fr-public", "en")] = (false, "Under articles L2192-13 and D2192-35 of the French Public Procurement Code, late-payment interest and a fixed indemnity of €40 are due by law."),
        [("fr-public", "nl")] = (false, "Op grond van de artikelen L2192-13 en D2192-35 van het Franse Wetboek Overheidsopdrachten zijn van rechtswege verwijlinteresten en een vaste vergoeding van €\u00a040 verschuldigd."),
        [("fr-public", "de")] = (false, "Nach den Artikeln L2192-13 und D2192-35 des französischen Vergabegesetzbuchs sind von Rechts wegen Verzugszinsen und eine Pauschale von 40\u00a0€ zu zahlen."),
        [("be-b2b", "fr")] = (false, "En application de la loi du 2 août 2002, des intérêts de retard et une indemnité forfaitaire de 40\u00a0€ sont dus de plein droit."),
        [("be-b2b", "en")] = (false, "Under the Belgian law of 2 August 2002, late-payment interest and a fixed indemnity of €40 are due by law."),
        [("be-b2b", "nl")] = (false, "Op grond van de wet van 2 augustus 2002 zijn van rechtswege verwijlinteresten en een vaste vergoeding van €\u00a040 verschuldigd."),
        [("be-b2b", "de")] = (false, "Nach dem belgischen Gesetz vom 2.\u00a0August 2002 sind von Rechts wegen Verzugszinsen und eine Pauschale von 40\u00a0€ zu zahlen."),
        [("fr-b2c", "fr")] = (true, "À compter de la présente, les intérêts au taux légal sont dus (articles 1231-6 et 1344-1 du Code civil)."),
        [("fr-b2c", "en")] = (true, "From the date of this notice, interest at the legal rate is due (articles 1231-6 and 1344-1 of the French Civil Code)."),
        [("fr-b2c", "nl")] = (true, "Vanaf deze ingebrekestelling is rente tegen de wettelijke rentevoet verschuldigd (artikelen 1231-6 en 1344-1 van het Franse Burgerlijk Wetboek)."),
        [("fr-b2c", "de")] = (true, "Ab dem Datum dieses Schreibens sind Zinsen zum gesetzlichen Satz zu zahlen (Artikel 1231-6 und 1344-1 des französischen Zivilgesetzbuchs)."),
    };

    // Code de droit économique, XIX.2: the first reminder is free and leaves fourteen calendar days before anything may be claimed. They begin the day
    // after an electronic sending, and on the third working day after the posting of a letter.
    private static readonly Dictionary<(string Language, bool ByPost), string> BelgianFirst = new()
    {
        [("fr", false)] = "Ce premier rappel est gratuit. Vous disposez de quatorze jours calendrier, à compter du lendemain de cet envoi, pour payer\u202F; rien d’autre ne vous sera réclamé d’ici là.",
        [("en", false)] = "This first reminder is free of charge. You have fourteen calendar days from the day after it was sent to pay; nothing else will be claimed from you before then.",
        [("nl", false)] = "Deze eerste herinnering is kosteloos. U hebt veertien kalenderdagen om te betalen, te rekenen vanaf de dag na deze verzending; intussen wordt u niets anders gevraagd.",
        [("de", false)] = "Diese erste Erinnerung ist kostenlos. Sie haben vierzehn Kalendertage Zeit zu zahlen, gerechnet ab dem Tag nach dieser Sendung; bis dahin wird nichts anderes von Ihnen verlangt.",
        [("fr", true)] = "Ce premier rappel est gratuit. Vous disposez de quatorze jours calendrier, à compter du troisième jour ouvrable qui suit l’envoi de cette lettre, pour payer\u202F; rien d’autre ne vous sera réclamé d’ici là.",
        [("en", true)] = "This first reminder is free of charge. You have fourteen calendar days from the third working day after this letter was sent to pay; nothing else will be claimed from you before then.",
        [("nl", true)] = "Deze eerste herinnering is kosteloos. U hebt veertien kalenderdagen om te betalen, te rekenen vanaf de derde werkdag na de verzending van deze brief; intussen wordt u niets anders gevraagd.",
        [("de", true)] = "Diese erste Erinnerung ist kostenlos. Sie haben vierzehn Kalendertage Zeit zu zahlen, gerechnet ab dem dritten Werktag nach dem Versand dieses Schreibens; bis dahin wird nichts anderes von Ihnen verlangt.",
    };

    private static readonly Dictionary<(string Regime, string Language), string[]> Articles = new()
    {
        [("fr-b2b", "fr")] = ["Code civil, articles 1344 et 1344-1 (mise en demeure)", "Code de commerce, article L441-10 II (pénalités de retard et indemnité de recouvrement)", "Code de commerce, article D441-5 (montant de l’indemnité)"],
        [("fr-b2b", "en")] = ["French Civil Code, articles 1344 and 1344-1 (formal notice)", "French Commercial Code, article L441-10 II (late-payment interest and recovery indemnity)", "French Commercial Code, article D441-5 (amount of the indemnity)"],
        [("fr-b2b", "nl")] = ["Frans Burgerlijk Wetboek, artikelen 1344 en 1344-1 (ingebrekestelling)", "Frans Wetboek van Koophandel, artikel L441-10 II (rente wegens laattijdige betaling en invorderingsvergoeding)", "Frans Wetboek van Koophandel, artikel D441-5 (bedrag van de vergoeding)"],
        [("fr-b2b", "de")] = ["Französisches Zivilgesetzbuch, Artikel 1344 und 1344-1 (Mahnung)", "Französisches Handelsgesetzbuch, Artikel L441-10 II (Verzugszinsen und Beitreibungspauschale)", "Französisches Handelsgesetzbuch, Artikel D441-5 (Höhe der Pauschale)"],
        [("fr-public", "fr")] = ["Code civil, article 1344 (mise en demeure)", "Code de la commande publique, articles L2192-13 et R2192-31 (intérêts moratoires)", "Code de la commande publique, article D2192-35 (indemnité forfaitaire)"],
        [("fr-public", "en")] = ["French Civil Code, article 1344 (formal notice)", "French Public Procurement Code, articles L2192-13 and R2192-31 (late-payment interest)", "French Public Procurement Code, article D2192-35 (fixed indemnity)"],
        [("fr-public", "nl")] = ["Frans Burgerlijk Wetboek, artikel 1344 (ingebrekestelling)", "Frans Wetboek Overheidsopdrachten, artikelen L2192-13 en R2192-31 (verwijlinteresten)", "Frans Wetboek Overheidsopdrachten, artikel D2192-35 (vaste vergoeding)"],
        [("fr-public", "de")] = ["Französisches Zivilgesetzbuch, Artikel 1344 (Mahnung)", "Französisches Vergabegesetzbuch, Artikel L2192-13 und R2192-31 (Verzugszinsen)", "Französisches Vergabegesetzbuch, Artikel D2192-35 (Pauschale)"],
        [("fr-b2c", "fr")] = ["Code civil, articles 1344 et 1344-1 (mise en demeure)", "Code civil, article 1231-6 (intérêts au taux légal)"],
        [("fr-b2c", "en")] = ["French Civil Code, articles 1344 and 1344-1 (formal notice)", "French Civil Code, article 1231-6 (interest at the legal rate)"],
        [("fr-b2c", "nl")] = ["Frans Burgerlijk Wetboek, artikelen 1344 en 1344-1 (ingebrekestelling)", "Frans Burgerlijk Wetboek, artikel 1231-6 (wettelijke rente)"],
        [("fr-b2c", "de")] = ["Französisches Zivilgesetzbuch, Artikel 1344 und 1344-1 (Mahnung)", "Französisches Zivilgesetzbuch, Artikel 1231-6 (gesetzliche Zinsen)"],
        [("be-b2b", "fr")] = ["Loi du 2 août 2002 concernant la lutte contre le retard de paiement dans les transactions commerciales"],
        [("be-b2b", "en")] = ["Belgian law of 2 August 2002 on combating late payment in commercial transactions"],
        [("be-b2b", "nl")] = ["Wet van 2 augustus 2002 betreffende de bestrijding van de betalingsachterstand bij handelstransacties"],
        [("be-b2b", "de")] = ["Belgisches Gesetz vom 2.\u00a0August 2002 zur Bekämpfung des Zahlungsverzugs im Geschäftsverkehr"],
        [("be-b2c", "fr")] = ["Code de droit économique, livre XIX, articles XIX.2 et XIX.4 (dettes du consommateur)"],
        [("be-b2c", "en")] = ["Belgian Code of Economic Law, Book XIX, articles XIX.2 and XIX.4 (consumer payments)"],
        [("be-b2c", "nl")] = ["Wetboek van economisch recht, boek XIX, artikelen XIX.2 en XIX.4 (schulden van de consument)"],
        [("be-b2c", "de")] = ["Belgisches Wirtschaftsgesetzbuch, Buch XIX, Artikel XIX.2 und XIX.4 (Schulden der Verbraucher)"],
    };

    // Code de procédure civile, articles 1405 and following. Public buyers have another way, and Belgium its own.
    private static readonly Dictionary<string, string> OrderForPayment = new(StringComparer.Ordinal)
    {
        ["fr"] = "injonction de payer",
        ["en"] = "order for payment, “injonction de payer”",
        ["nl"] = "betalingsbevel, “injonction de payer”",
        ["de"] = "Mahnverfahren, „injonction de payer“",
    };

    // Code civil, 2240: the recognition of a debt interrupts limitation. The Belgian rule has not been checked.
    private static readonly Dictionary<string, string> Recognition = new()
    {
        ["fr"] = "article 2240 du Code civil",
        ["en"] = "article 2240 of the French Civil Code",
        ["nl"] = "artikel 2240 van het Franse Burgerlijk Wetboek",
        ["de"] = "Artikel 2240 des französischen Zivilgesetzbuchs",
    };

    public static LegalValues For(string regime, StepRecord step, Channel channel, string language) => new()
    {
        Note = regime == "be-b2c" ? (step.Template == "first-reminder" ? BelgianFirst.GetValueOrDefault((language, channel == Channel.Letter)) : null)
            : Notes.TryGetValue((regime, language), out var note) && (step.Formal || !note.OnlyFormal) ? note.Text : null,
        Procedure = regime is "fr-b2b" or "fr-b2c" ? OrderForPayment.GetValueOrDefault(language) : null,
        Basis = Articles.GetValueOrDefault((regime, language)) ?? [],
        Recognition = regime.StartsWith("fr", StringComparison.Ordinal) ? Recognition.GetValueOrDefault(language) : null,
    };
}
