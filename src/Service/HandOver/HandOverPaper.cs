using Dunning.Domain;
using Dunning.Service.Letters;
using Dunning.Service.Rendering;

namespace Dunning.Service.HandOver;

/// <summary>The papers of a hand-over, laid out: the summary, and the request that begins a procedure, marked as a draft on each page.</summary>
internal static class HandOverPaper
{
    /// <summary>The procedures a request can be drafted for: those that begin with a paper of the creditor's.</summary>
    public static IReadOnlyList<Procedure> Drafted { get; } = [Procedure.SmallClaim, Procedure.PaymentOrder];

    public static Letter Summary(HandOverCase c)
    {
        var title = c.Say($"Dossier de recouvrement – facture\u00A0{c.File.Invoice.Number}", $"Recovery file – invoice\u00A0{c.File.Invoice.Number}");
        return Paper(c, title, HandOverText.Fill($"summary.{c.Language}", HandOverValues.Of(c, c.Proposed))) with
        {
            References = [c.File.Debtor.Name],
            Footer = [LetterComposer.Foot(c.Creditor, c.Language)],
        };
    }

    /// <summary>Both are papers of French procedures: their words are French, whoever the file is for.</summary>
    public static Letter Request(HandOverCase c, RecoveryRoute route)
    {
        c = c with { Speaks = TextLanguage.French };
        var values = HandOverValues.Of(c, route);
        const string draft = "PROJET – à relire et à compléter par une personne avant tout envoi. Ne vaut pas conseil juridique.";
        return route.Procedure == Procedure.SmallClaim
            ? Paper(c, "PROJET – Invitation à une procédure simplifiée de recouvrement", HandOverText.Fill("small-claim.fr", values)) with
            {
                From = ["[Commissaire de justice à désigner]", "[adresse de l’étude]"],
                To = [c.File.Debtor.Name, .. c.File.Debtor.Address is { } address ? AddressLines.Of(address) : ["[adresse à compléter]"]],
                PlaceAndDate = "[lieu et date]",
                References = ["PROJET", "Lettre recommandée avec avis de réception"],
                Footer = [draft],
            }
            : Paper(c, "PROJET – Requête en injonction de payer", HandOverText.Fill("payment-order.fr", values)) with
            {
                To = ["À l’attention du président", .. route.Forum is { } forum ? [Capital(RouteWords.Of(forum, TextLanguage.French))] : Array.Empty<string>(), $"[ressort{(route.Place is { } place ? $" de {place}" : "")}, à vérifier]"],
                References = ["PROJET"],
                Footer = [draft, LetterComposer.Foot(c.Creditor, c.Language)],
            };
    }

    private static Letter Paper(HandOverCase c, string title, string body) => new()
    {
        Language = c.Language,
        Title = title,
        WrittenOn = c.Today,
        From = LetterComposer.From(c.Creditor),
        To = [],
        PlaceAndDate = LetterComposer.PlaceAndDate(c.Creditor.Address?.City, c.Date(c.Today), c.Language),
        Subject = title,
        Body = body,
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
