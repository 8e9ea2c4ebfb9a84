using Dunning.Domain;

namespace Dunning.Service.Console;

/// <summary>Steps of policies, and what happens to cases, as people say it. Ids are a policy's own: its templates and channels say what a step is.</summary>
public static class StepWords
{
    private static readonly Dictionary<string, (string French, string English)> Templates = new(StringComparer.Ordinal)
    {
        ["courtesy"] = ("rappel avant échéance", "courtesy reminder"),
        ["first-reminder"] = ("première relance", "first reminder"),
        ["firm-reminder"] = ("relance ferme", "firm reminder"),
        ["final-reminder"] = ("dernière relance", "final reminder"),
        ["formal-notice"] = ("mise en demeure", "formal notice"),
        ["promise-confirmed"] = ("confirmation d’une promesse", "promise confirmed"),
        ["plan-agreed"] = ("échéancier convenu", "plan agreed"),
        ["call-follow-up"] = ("suite d’un appel", "call follow-up"),
        ["call-script"] = ("script d’appel", "call script"),
        ["plan-agreement"] = ("accord d’échéancier", "plan agreement"),
        ["debit-note"] = ("note de débit", "debit note"),
    };

    private static readonly Dictionary<string, (string French, string English)> Events = new(StringComparer.Ordinal)
    {
        ["registered"] = ("Facture enregistrée", "Invoice registered"),
        ["paymentReceived"] = ("Paiement reçu", "Payment received"),
        ["paymentReversed"] = ("Paiement annulé", "Payment reversed"),
        ["paymentPending"] = ("Paiement annoncé", "Payment on its way"),
        ["creditNoteIssued"] = ("Avoir", "Credit note"),
        ["promiseMade"] = ("Promesse de payer", "Promise to pay"),
        ["promiseBroken"] = ("Promesse non tenue", "Promise broken"),
        ["promiseKept"] = ("Promesse tenue", "Promise kept"),
        ["disputeOpened"] = ("Litige ouvert", "Dispute opened"),
        ["disputeResolved"] = ("Litige tranché", "Dispute settled"),
        ["planAgreed"] = ("Échéancier convenu", "Plan agreed"),
        ["held"] = ("Suspension", "Hold"),
        ["released"] = ("Reprise", "Released"),
        ["replyReceived"] = ("Réponse du débiteur", "Reply from the debtor"),
        ["replyClassified"] = ("Réponse lue", "Reply read"),
        ["letterPosted"] = ("Lettre postée", "Letter posted"),
        ["stepLapsed"] = ("Étape passée", "Step lapsed"),
        ["messageBounced"] = ("Message revenu", "Message bounced"),
        ["insolvencyOpened"] = ("Procédure collective", "Insolvency opened"),
        ["cancelled"] = ("Annulée", "Cancelled"),
        ["writtenOff"] = ("Passée en perte", "Written off"),
        ["contactChanged"] = ("Coordonnées changées", "Contact changed"),
        ["dueDateChanged"] = ("Échéance changée", "Due date changed"),
        ["invoiceSent"] = ("Facture reçue du débiteur", "Invoice with the debtor"),
    };

    private static readonly Dictionary<string, (string French, string English)> Regimes = new(StringComparer.Ordinal)
    {
        ["fr-b2b"] = ("entreprises, droit français", "businesses, French law"),
        ["fr-b2c"] = ("consommateurs, droit français", "consumers, French law"),
        ["fr-public"] = ("acheteurs publics, droit français", "public buyers, French law"),
        ["be-b2b"] = ("entreprises, droit belge", "businesses, Belgian law"),
        ["be-b2c"] = ("consommateurs, droit belge", "consumers, Belgian law"),
    };

    public static string Template(this Ui ui, string template) => Templates.TryGetValue(template, out var known) ? ui.Say(known.French, known.English) : template;

    public static string Event(this Ui ui, string type) => Events.TryGetValue(type, out var known) ? ui.Say(known.French, known.English) : type;

    public static string Regime(this Ui ui, string regime) => Regimes.TryGetValue(regime, out var known) ? ui.Say(known.French, known.English) : regime;

    /// <summary>What a step is; a repetition says which.</summary>
    public static string Step(this Ui ui, Policy? policy, string step)
    {
        if (policy?.FindRung(step) is not { } rung)
            return step;
        var name = rung.Step.Template is { } template ? ui.Template(template) : ui.Channel(MessageKey.Name(rung.Step.Channels[0]));
        return rung.Id == rung.Step.Id ? name : $"{name} ({rung.Id[(rung.Step.Id.Length + 1)..]})";
    }

    /// <summary>"7 jours après l’échéance".</summary>
    public static string Offset(this Ui ui, int days) => days switch
    {
        0 => ui.Say("le jour de l’échéance", "on the due date"),
        < 0 => ui.Say($"{ui.Days(-days)} avant l’échéance", $"{ui.Days(-days)} before the due date"),
        _ => ui.Say($"{ui.Days(days)} après l’échéance", $"{ui.Days(days)} after the due date"),
    };

    /// <summary>"J+7", "D−3", for a narrow column.</summary>
    public static string ShortOffset(this Ui ui, int days) => $"{ui.Say("J", "D")}{(days < 0 ? "−" : "+")}{Math.Abs(days)}";

    public static string Channels(this Ui ui, IEnumerable<string> channels) => string.Join(", ", channels.Distinct().Select(ui.Channel));

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A number of things: "1 234".</summary>
    public static string Count(this Ui ui, int count) => ui.IsFrench ? count.ToString("N0", French) : count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly System.Globalization.NumberFormatInfo French = new() { NumberGroupSeparator = "\u202F", NumberDecimalSeparator = "," };
}
