using System.Collections.Frozen;

namespace Dunning.Service.Figures;

/// <summary>What a figure is, in words and as a formula, in French and English. The key is its name in the API, in its address and in its file.</summary>
public sealed record FigureDefinition(string Key, WordsView French, WordsView English);

/// <summary>The words of every figure. French keeps its no-break spaces: they are written as '~' here.</summary>
public static class FigureDefinitions
{
    public static readonly IReadOnlyList<FigureDefinition> All =
    [
        Of("dso",
            "DSO", "Délai moyen de règlement, vu des encours~: combien de jours de ventes restent à encaisser à la fin de la période.", "encours ÷ ventes TTC de la période × jours de la période",
            "DSO", "Days sales outstanding: how many days of sales are still to be collected at the end of the period.", "owed ÷ sales of the period including VAT × days of the period"),
        Of("dsoCountBack",
            "DSO par épuisement", "L’encours est épuisé par les ventes les plus récentes, mois après mois en remontant~: une saison forte ne le fausse pas.", "jours des mois entièrement épuisés + reste de l’encours ÷ ventes du mois entamé × jours de ce mois",
            "Count-back DSO", "What is owed is used up by the newest sales, month after month backwards: a strong season does not distort it.", "days of the months used up whole + what is left ÷ sales of the month reached × days of that month"),
        Of("bestPossibleDso",
            "Meilleur DSO possible", "Ce que serait le DSO si rien n’était en retard.", "encours non échu ÷ ventes TTC de la période × jours de la période",
            "Best possible DSO", "What the DSO would be if nothing were late.", "owed and not due ÷ sales of the period including VAT × days of the period"),
        Of("averageDaysDelinquent",
            "Jours de retard dans le DSO", "La part du DSO qui vient des retards.", "DSO − meilleur DSO possible",
            "Average days delinquent", "The part of the DSO that comes from late payment.", "DSO − best possible DSO"),
        Of("cei",
            "CEI", "Efficacité du recouvrement~: la part de ce qui pouvait être encaissé pendant la période qui l’a été. 100~% quand tout ce qui était échu est rentré. Un avoir n’est pas un encaissement, une perte non plus.",
            "encaissé ÷ (encours au début + ventes − avoirs − non échu à la fin), encaissé = encours au début + ventes − avoirs − pertes − encours à la fin",
            "CEI", "Collection effectiveness index: how much of what could be collected in the period was. 100% when all that was due has come in. A credit note is not a collection, nor is a loss.",
            "collected ÷ (owed at the start + sales − credit notes − not due at the end), collected = owed at the start + sales − credit notes − losses − owed at the end"),
        Of("ageing",
            "Balance âgée", "L’encours à la date choisie, selon le retard de chaque facture.", "somme des soldes par tranche de jours écoulés depuis l’échéance",
            "Ageing", "What is owed on the chosen day, by how late each invoice is.", "sum of the balances by days since the due date"),
        Of("recovery",
            "Taux de recouvrement", "Par mois d’échéance~: la part des factures du mois encaissée tant de jours après leur échéance. Vide tant que ce jour n’est pas venu pour toutes.", "encaissé au plus tard N jours après l’échéance ÷ (montant facturé − avoirs)",
            "Recovery rate", "By month of due date: how much of that month’s invoices was paid so many days after their due dates. Empty until that day has come for all of them.", "paid no later than N days after the due date ÷ (invoiced − credited)"),
        Of("daysToPay",
            "Délai de paiement", "Pour les factures soldées pendant la période~: jours entre l’émission et le dernier encaissement, en moyenne par facture et par euro. Une facture annulée par un avoir n’y est pas, une facture réduite compte pour le reste.", "moyenne de (date de solde − date de facture), puis pondérée par le montant",
            "Days to pay", "For the invoices paid in full in the period: days from issue to the last payment, on average by invoice and by amount. An invoice credited whole is not among them, one credited in part counts for the rest.", "mean of (day paid in full − issue date), then weighted by amount"),
        Of("daysLate",
            "Jours de retard", "Pour les factures soldées pendant la période~: jours entre l’échéance et le dernier encaissement. Qui paie en avance compte en négatif.", "moyenne de (date de solde − échéance)",
            "Days late", "For the invoices paid in full in the period: days from the due date to the last payment. Early payment counts as negative.", "mean of (day paid in full − due date)"),
        Of("lateRate",
            "Taux de retard", "Des factures échues pendant la période, la part qui n’était pas soldée à la fin du jour d’échéance, en nombre et en montant. Ce qui a été annulé par un avoir n’était pas à payer et ne compte pas.", "factures non soldées à l’échéance ÷ factures échues~; reste à payer à l’échéance ÷ (montant échu − avoirs)",
            "Late rate", "Of the invoices that fell due in the period, the share not paid in full by the end of the due date, by count and by amount. What was credited nobody had to pay: it does not count.", "invoices not paid at their due date ÷ invoices that fell due; left to pay at the due date ÷ (amount that fell due − credited)"),
        Of("steps",
            "Efficacité des relances", "Ce qui a suivi chaque relance de chaque scénario~: payé dans les jours qui viennent et avant la relance suivante. C’est ce qui a suivi, non ce qu’elle a causé.", "encaissé du lendemain de la relance à N jours après, au plus tard le jour de la suivante ÷ dû ce jour-là",
            "Effectiveness of steps", "What followed each step of each policy: paid within the days after it and before the next one. It is what followed, not what it caused.", "paid from the day after the step until N days after it, no later than the day of the next one ÷ owed that day"),
        Of("channels",
            "Efficacité par canal", "La même mesure, toutes relances confondues, selon les canaux qui ont porté la relance.", "comme l’efficacité des relances",
            "Effectiveness of channels", "The same over all steps, by the channels that carried them.", "as the effectiveness of steps"),
        Of("policies",
            "Efficacité par scénario", "La même mesure, toutes relances d’un scénario confondues. Les débiteurs de deux scénarios ne se ressemblent pas forcément~: seul un essai côte à côte les compare.", "comme l’efficacité des relances",
            "Effectiveness of policies", "The same over all steps of a policy. Debtors of two policies need not be alike: only a trial side by side compares them.", "as the effectiveness of steps"),
        Of("trial",
            "Deux scénarios côte à côte", "Les débiteurs sont partagés au hasard de leur identifiant~; pour chaque côté, la part des factures enregistrées sous son scénario, même déplacées depuis, et soldées dans les jours qui suivent l’échéance, avec l’intervalle qui contient la vraie valeur 95 fois sur 100. Rien n’est conclu avec trop peu de débiteurs.",
            "factures soldées au plus tard N jours après l’échéance ÷ factures dont ces jours sont passés~; intervalle de Wilson sur les débiteurs, différence de Newcombe",
            "Two policies side by side", "Debtors are divided by a hash of their ids; for each side, the share of the invoices registered under its policy, those moved since included, that were paid in full within the days after their due date, with the interval that holds the true value 95 times out of 100. Nothing is concluded from too few debtors.",
            "invoices paid in full no later than N days after the due date ÷ invoices whose days are over; Wilson’s interval over debtors, Newcombe’s for the difference"),
        Of("promises",
            "Promesses tenues", "Des promesses de paiement jugées pendant la période, la part tenue.", "tenues ÷ (tenues + rompues)",
            "Promises kept", "Of the promises to pay judged in the period, the share kept.", "kept ÷ (kept + broken)"),
        Of("cash",
            "Encaissements attendus", "Par semaine~: ce qui est annoncé (promesses, échéanciers, prélèvements en cours) à sa date~; le reste avec le retard habituel du débiteur, à défaut de tous. Les litiges, les procédures collectives et le contentieux n’ont pas de date. Seulement vu d’aujourd’hui.",
            "échéance + médiane des retards plus longs que celui déjà pris~; semaines + plus tard + douteux = encours",
            "Expected cash", "By week: what was announced (promises, plans, debits on their way) on its day; the rest as late as the debtor usually is, or else as everybody. Disputes, insolvencies and cases handed over have no day. Seen from today only.",
            "due date + median of the delays longer than the one already taken; weeks + later + doubtful = owed"),
    ];

    public static readonly IReadOnlyDictionary<string, DefinitionView> Views = All.ToFrozenDictionary(d => d.Key, d => new DefinitionView(d.French, d.English), StringComparer.Ordinal);

    public static FigureDefinition? Find(string key) => All.FirstOrDefault(d => d.Key == key);

    private static FigureDefinition Of(string key, string nom, string définition, string formule, string name, string definition, string formula) =>
        new(key, new(French(nom), French(définition), French(formule)), new(name, definition, formula));

    private static string French(string text) => text.Replace('~', '\u00A0');
}
