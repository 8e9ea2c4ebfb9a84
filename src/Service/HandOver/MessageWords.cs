using Dunning.Service.Rendering;

namespace Dunning.Service.HandOver;

/// <summary>What a message was and what became of it, in words.</summary>
internal static class MessageWords
{
    private static readonly Dictionary<string, (string French, string English)> Templates = new(StringComparer.Ordinal)
    {
        ["courtesy"] = ("Rappel avant échéance", "Reminder before the due date"),
        ["first-reminder"] = ("Première relance", "First reminder"),
        ["firm-reminder"] = ("Relance ferme", "Firm reminder"),
        ["final-reminder"] = ("Dernière relance", "Final reminder"),
        ["formal-notice"] = ("Mise en demeure", "Formal notice"),
        ["promise-confirmed"] = ("Confirmation d’une promesse", "Promise confirmed"),
        ["plan-agreed"] = ("Confirmation de l’échéancier", "Payment plan confirmed"),
        ["call-follow-up"] = ("Suite d’un appel", "Follow-up of a call"),
    };

    public static string Of(HandOverCase c, SentMessage m) =>
        (m.Step.Template is { } template && Templates.TryGetValue(template, out var words) ? c.Say(words.French, words.English) : m.Key.Step) + (m.Key.Sending > 1 ? $" ({m.Key.Sending})" : "");

    /// <summary>Each piece of evidence with its day; without any, where the message stands.</summary>
    public static string Fate(HandOverCase c, SentMessage m) => m.Evidence.Count > 0
        ? string.Join(c.Say("\u00A0; ", "; "), m.Evidence.Select(e => Fate(c, e)))
        : c.Say("non envoyé", "not sent") + (m.Leg.Why is { } why ? $" ({why})" : "");

    private static string Fate(HandOverCase c, Evidence e)
    {
        var on = Wording.ShortDate(e.On ?? c.Policy.Zone.LocalDate(e.RecordedAt), c.Language);
        return e.What switch
        {
            "accepted" => c.Say($"remis au transporteur le {on}", $"accepted by the carrier on {on}"),
            "delivered" => c.Say($"distribué le {on}", $"delivered on {on}"),
            "bounced" => c.Say($"non distribué le {on} ({e.Detail})", $"bounced on {on} ({e.Detail})"),
            "refused" => c.Say($"non parti ({e.Detail})", $"not sent ({e.Detail})"),
            "posted" => c.Say($"posté le {on}", $"posted on {on}") + (e.TrackingNumber is { } number ? $", n°\u00A0{number}" : ""),
            "returned" => e.Detail switch
            {
                "refused" => c.Say($"refusé par le destinataire le {on}", $"refused by the addressee on {on}"),
                "unclaimed" => c.Say($"non réclamé, retourné le {on}", $"unclaimed, returned on {on}"),
                _ => c.Say($"destinataire inconnu à l’adresse, retourné le {on}", $"addressee unknown, returned on {on}"),
            },
            _ => c.Say($"sort inconnu ({e.Detail})", $"fate unknown ({e.Detail})"),
        };
    }
}
