using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Casework;

/// <summary>Acts on the ladder and its messages.</summary>
internal static class LadderActs
{
    private static readonly ActField Reason = new("reason", FieldKind.Lines, "Raison", "Reason");

    public static readonly IReadOnlyList<CaseAct> All =
    [
        new("send-now", "sendNow", CaseActs.Ladder, "Envoyer sans attendre", "Send now", [])
        {
            About = "step",
            Binds = true,
            Shows = step => step,
            On = view => CaseActs.IsOpen(view) && Next(view) is { } step ? [step] : [],
        },
        new("approve", "approveStep", CaseActs.Ladder, "Approuver", "Approve", []) { About = "step", Binds = true, Shows = step => step, On = Approvals, OfTask = true },
        new("reject", "rejectStep", CaseActs.Ladder, "Ne pas faire cette étape", "Pass this step over", [Reason])
        {
            About = "step",
            Binds = true,
            On = view => CaseActs.IsOpen(view) && Next(view) is { } step ? [step] : [],
        },
        new("call", "logCall", CaseActs.Ladder, "Noter un appel", "Note a call",
        [
            new("outcome", FieldKind.Choice, "Issue", "Outcome")
            {
                Required = true,
                Hint = ("Quelqu’un a répondu\u00A0: si le scénario le prévoit, un e-mail résume l’appel.", "Somebody answered: where the policy says so, an e-mail sums the call up."),
                Options = (ui, _) =>
                [
                    ("reached", ui.Say("Joint", "Reached")), ("noAnswer", ui.Say("Pas de réponse", "No answer")), ("voicemail", ui.Say("Message laissé", "Message left")),
                    ("wrongNumber", ui.Say("Mauvais numéro", "Wrong number")),
                ],
            },
            new("note", FieldKind.Lines, "Ce qui s’est dit", "What was said"),
            new("step", FieldKind.Choice, "Étape", "Step")
            {
                Value = (view, on) => on ?? view.Tasks.FirstOrDefault(t => t.Kind == "call")?.Step,
                Options = (ui, view) => [("", ui.Say("Aucune", "None")), .. Calls(view).Select(s => (s, ui.StepName(s)))],
            },
        ]) { Shows = step => step, On = view => CaseActs.IsOpen(view) ? [null, .. view.Tasks.Where(t => t.Kind == "call").Select(t => t.Step)] : [] },
        new("policy", "movePolicy", CaseActs.Ladder, "Changer de scénario", "Change the policy",
            [new("policy", FieldKind.Choice, "Scénario", "Policy") { Required = true, Hint = ("Le dossier reprend à la hauteur déjà atteinte.", "The case goes on from the height it has reached.") }]) { Binds = true },
        new("accepted", "tellOutcomeByKey", CaseActs.Ladder, "Le message est bien parti", "The message did leave", []) { About = "key", Says = ("outcome", "accepted"), OfTask = true, On = view => Legs(view, "uncertain") },
        new("not-sent", "tellOutcomeByKey", CaseActs.Ladder, "Le message n’est pas parti", "The message did not leave", [Reason]) { About = "key", Says = ("outcome", "notSent"), Binds = true, OfTask = true, On = view => Legs(view, "uncertain") },
        new("bounced", "tellOutcomeByKey", CaseActs.Ladder, "Le message est revenu", "The message came back", [Reason])
        {
            About = "key",
            Says = ("outcome", "bounced"),
            OfTask = true,
            On = view => Legs(view, "accepted", "delivered", "uncertain"),
        },
        new("resend", "resendByKey", CaseActs.Ladder, "Envoyer de nouveau", "Send again", []) { About = "key", Binds = true, OfTask = true, On = Resendable },
        new("posted", "tellOutcomeByKey", CaseActs.Ladder, "La lettre est postée", "The letter was posted",
        [
            new("date", FieldKind.Date, "Postée le", "Posted on") { Required = true },
            new("trackingNumber", FieldKind.Text, "Numéro de suivi", "Tracking number"),
        ]) { About = "key", Says = ("outcome", "posted"), OfTask = true, On = Letters },
        new("returned", "tellOutcomeByKey", CaseActs.Ladder, "La lettre est revenue", "The letter came back",
        [
            new("outcome", FieldKind.Choice, "Parce que", "Because")
            {
                Required = true,
                Options = (ui, _) =>
                [
                    ("unclaimed", ui.Say("Non réclamée", "Not claimed")), ("refusedByAddressee", ui.Say("Refusée par le destinataire", "Refused by the addressee")), ("unknownAddress", ui.Say("Inconnu à cette adresse", "Unknown address")),
                    ("delivered", ui.Say("Elle ne l’est pas\u00A0: remise", "It did not: delivered")),
                ],
            },
            new("date", FieldKind.Date, "Le", "On"),
        ]) { About = "key", OfTask = true, On = Letters },
    ];

    public static string? Next(CaseView view) => view.Steps.Any(s => s.Outcome == "underway") ? null : view.Next.Step;

    private static IEnumerable<string?> Approvals(CaseView view) => view.Tasks.Where(t => t.Kind == "approval").Select(t => t.Step);

    private static IEnumerable<string> Calls(CaseView view) => view.Steps.Where(s => s.Messages.Any(m => m.Channel == "call")).Select(s => s.Step);

    private static IEnumerable<string?> Legs(CaseView view, params string[] fates) => view.Steps.SelectMany(s => s.Messages).Where(m => fates.Contains(m.Status) && IsMessage(m)).Select(m => m.Key);

    private static IEnumerable<string?> Letters(CaseView view) => view.Steps.SelectMany(s => s.Messages).Where(m => m.Channel == "letter" && m.Status is "accepted" or "delivered").Select(m => m.Key);

    // Only the last sending of a channel, once the whole step is settled.
    private static IEnumerable<string?> Resendable(CaseView view) => view.Steps.Where(s => s.Outcome != "underway").SelectMany(s => s.Messages.Where(IsMessage).GroupBy(m => m.Channel))
        .Select(g => g.Last()).Where(m => m.Status is not ("issued" or "claimed" or "uncertain")).Select(m => m.Key);

    private static bool IsMessage(LegView leg) => leg.Channel is "email" or "sms" or "letter";
}
