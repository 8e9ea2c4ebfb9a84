namespace Dunning.Service.Upcoming;

/// <summary>Why a step comes on its day, in the words of the notice and of the console.</summary>
public static class NoticeWords
{
    public static string Because(string because, bool french) => because switch
    {
        "nominal" => french ? "À sa date." : "On its own date.",
        "gap" => french ? "Après l’écart minimal entre deux étapes." : "After the minimum gap between two steps.",
        "paymentGap" => french ? "Après l’écart minimal suivant un paiement." : "After the minimum gap since a payment.",
        "deadline" => french ? "Le délai de la mise en demeure est passé." : "The deadline of the formal notice has passed.",
        _ => french ? "Plus rien ne la retient." : "Nothing holds it back any more.",
    };

    public static string After(string reason, bool french) => reason switch
    {
        "hold" => french ? "À la fin de la suspension." : "At the end of the hold.",
        "promise" => french ? "Si la promesse n’est pas tenue." : "If the promise is not kept.",
        "plan" => french ? "À la fin de l’échéancier." : "At the end of the plan.",
        "pendingPayment" => french ? "Si le paiement annoncé n’arrive pas." : "If the payment on its way does not arrive.",
        "reply" => french ? "Si la réponse reçue n’est pas traitée d’ici là." : "If the reply is not dealt with before.",
        _ => french ? "Si rien d’autre n’arrive." : "If nothing else happens.",
    };

    /// <summary>Until when a case is held, without a full stop.</summary>
    public static string Held(Dunning.Domain.Hold held, Dunning.Service.Console.Ui ui) => held.Until is { } until
        ? ui.Say($"Ce dossier est déjà suspendu jusqu’au {ui.Date(until)} inclus", $"This case is held already, until {ui.Date(until)} included")
        : ui.Say("Ce dossier est déjà suspendu jusqu’à nouvel ordre", "This case is held already, until further notice");

    public static string Asks(bool french) => french ? " Une personne décide d’abord." : " A person decides first.";
}
