using Dunning.Domain;

namespace Dunning.Service.Portal;

/// <summary>Words that several pages use.</summary>
internal static class Nouns
{
    public static string Invoice(Reader r) => r.T("Facture", "Factuur", "Invoice", "Rechnung");

    public static string Act(Reader r, string act) => act switch
    {
        "promise" => r.T("Je paierai à une date précise", "Ik betaal op een bepaalde dag", "I will pay on a given day", "Ich zahle an einem bestimmten Tag"),
        "plan" => r.T("Je souhaite payer en plusieurs fois", "Ik wil graag in termijnen betalen", "I would like to pay in instalments", "Ich möchte in Raten zahlen"),
        "problem" => r.T("Il y a un problème avec cette facture", "Er is een probleem met deze factuur", "There is a problem with this invoice", "Mit dieser Rechnung stimmt etwas nicht"),
        "person" => r.T("Je ne suis pas la bonne personne", "Ik ben niet de juiste persoon", "I am not the right person", "Ich bin nicht die richtige Person"),
        _ => r.T("J’ai autre chose à vous dire", "Ik wil u iets anders laten weten", "I have something else to tell you", "Ich möchte Ihnen etwas anderes mitteilen"),
    };

    public static string Problem(Reader r, DisputeCode code) => code switch
    {
        DisputeCode.NotReceived => r.T("Je n’ai pas reçu la facture, ou pas ce qui est facturé", "Ik heb de factuur niet ontvangen, of niet wat gefactureerd is", "I did not receive the invoice, or not what it charges for", "Ich habe die Rechnung nicht erhalten, oder nicht das, was sie berechnet"),
        DisputeCode.WrongAmount => r.T("Le montant n’est pas le bon", "Het bedrag klopt niet", "The amount is wrong", "Der Betrag stimmt nicht"),
        DisputeCode.Quality => r.T("La marchandise ou la prestation ne convient pas", "De goederen of de dienst voldoen niet", "The goods or the service are not as agreed", "Die Ware oder die Leistung ist nicht in Ordnung"),
        DisputeCode.MissingPurchaseOrder => r.T("Il manque notre numéro de commande", "Ons bestelnummer ontbreekt", "Our purchase order number is missing", "Unsere Bestellnummer fehlt"),
        DisputeCode.WrongRecipient => r.T("La facture n’est pas établie au bon nom", "De factuur staat niet op de juiste naam", "The invoice is not made out to the right party", "Die Rechnung ist nicht auf den richtigen Namen ausgestellt"),
        _ => r.T("Autre chose", "Iets anders", "Something else", "Etwas anderes"),
    };

    /// <summary>As each language writes it after a word.</summary>
    public static string Colon(Reader r) => r.T("\u00A0:", ":", ":", ":");
}
