using System.Globalization;
using System.Text.RegularExpressions;
using Dunning.Domain;
using Dunning.Service.Console.Casework;

namespace Dunning.Service.Console;

/// <summary>Reasons and notes the engine gives of itself, as people say them. What a person or a carrier wrote is shown as it was written.</summary>
public static partial class ReasonWords
{
    private static readonly Dictionary<string, (string French, string English)> Reasons = new(StringComparer.Ordinal)
    {
        [StepReason.DueDateCame] = ("l’échéance est venue d’abord", StepReason.DueDateCame),
        [StepReason.SentBefore] = ("des relances étaient déjà parties à la reprise du dossier", StepReason.SentBefore),
        [StepReason.BalanceTooSmall] = ("le reste dû est inférieur à ce que l’étape demande", StepReason.BalanceTooSmall),
        [StepReason.ClimbedFurther] = ("le dossier en était plus loin avec son scénario précédent", StepReason.ClimbedFurther),
        [StepReason.Rejected] = ("rejetée", StepReason.Rejected),
        [StepReason.NoAddress] = ("pas d’adresse utilisable", StepReason.NoAddress),
        [StepReason.CallNotMade] = ("pas passé", StepReason.CallNotMade),
        [StepReason.CallDone] = ("fait", StepReason.CallDone),
        [StepReason.LetterRefused] = ("refusée par le destinataire", "refused by the addressee"),
        [StepReason.LetterUnclaimed] = ("non réclamée", "not claimed"),
        [StepReason.UnknownAddress] = ("inconnu à cette adresse", "unknown at this address"),
        ["made"] = ("passé", "made"),
        ["reached"] = ("joint", "reached"),
        ["noAnswer"] = ("pas de réponse", "no answer"),
        ["voicemail"] = ("message laissé", "message left"),
        ["wrongNumber"] = ("mauvais numéro", "wrong number"),
        ["simulated bounce"] = ("retour simulé", "simulated bounce"),
        ["the registration before it cannot be read"] = ("l’enregistrement qui le précède ne peut être lu", "the registration before it cannot be read"),
    };

    // By what they are a note of: the same word is not the same thing everywhere.
    private static readonly Dictionary<string, Dictionary<string, (string French, string English)>> Codes = new(StringComparer.Ordinal)
    {
        ["disputeOpened"] = new(StringComparer.Ordinal)
        {
            ["commercial"] = ("commercial", "commercial"),
            ["technical"] = ("technique", "technical"),
            ["missingPurchaseOrder"] = ("bon de commande manquant", "missing purchase order"),
            ["notReceived"] = ("facture ou livraison non reçue", "not received"),
            ["wrongRecipient"] = ("mauvais destinataire", "wrong recipient"),
            ["wrongAmount"] = ("montant contesté", "wrong amount"),
            ["quality"] = ("qualité", "quality"),
            ["other"] = ("autre motif", "other"),
        },
        ["disputeResolved"] = new(StringComparer.Ordinal)
        {
            ["upheld"] = ("le débiteur avait raison", "the debtor was right"),
            ["credited"] = ("réglé par un avoir", "settled by a credit note"),
            ["rejected"] = ("le débiteur avait tort", "the debtor was wrong"),
        },
        ["sendingStopped"] = new(StringComparer.Ordinal)
        {
            ["switch"] = ("par l’interrupteur", "by the switch"),
            ["ledger"] = ("des comptes trop anciens", "books too old"),
        },
        ["letterReturned"] = new(StringComparer.Ordinal)
        {
            ["refused"] = ("refusée par le destinataire", "refused by the addressee"),
            ["unclaimed"] = ("non réclamée", "not claimed"),
            ["unknownAddress"] = ("inconnu à cette adresse", "unknown at this address"),
        },
        ["replyClassified"] = new(StringComparer.Ordinal)
        {
            ["promise"] = ("une promesse de paiement", "a promise to pay"),
            ["paid"] = ("un paiement déjà fait", "a payment already made"),
            ["dispute"] = ("un litige", "a dispute"),
            ["question"] = ("une question", "a question"),
            ["plan"] = ("une demande d’échéancier", "a request for a plan"),
            ["wrongContact"] = ("un mauvais interlocuteur", "the wrong person"),
            ["nothing"] = ("rien à faire", "nothing to do"),
        },
        ["procedureTerm"] = new(StringComparer.Ordinal)
        {
            ["answer"] = ("sans réponse d’ici là, la procédure a échoué", "without an answer by then the procedure has failed"),
            ["serve"] = ("faire signifier l’ordonnance", "have the order served"),
            ["enforce"] = ("l’ordonnance peut être exécutée", "the order may be enforced"),
        },
        ["duplicateConfirmed"] = new(StringComparer.Ordinal)
        {
            ["the same money"] = ("le même argent, compté deux fois", "the same money, told twice"),
            ["money of its own"] = ("un autre paiement", "money of its own"),
        },
    };

    private static readonly Dictionary<string, (string French, string English)> Sources = new(StringComparer.Ordinal)
    {
        ["bank"] = ("banque", "bank"),
        ["cheque"] = ("chèque", "cheque"),
        ["card"] = ("carte", "card"),
        ["cash"] = ("espèces", "cash"),
        ["other"] = ("autre", "other"),
        ["platform"] = ("plateforme", "platform"),
        ["import"] = ("reprise", "import"),
    };

    /// <summary>Where a payment was told of; a provider by its own name.</summary>
    public static string Source(this Ui ui, string source) => Find(ui, Sources, source) ?? source;

    /// <summary>Why a step or a message is where it is.</summary>
    public static string Reason(this Ui ui, string why) =>
        Find(ui, Reasons, why)
        ?? (why.StartsWith($"{StepReason.Rejected}: ", StringComparison.Ordinal) ? ui.Say("rejetée\u00A0: ", "rejected: ") + why[(StepReason.Rejected.Length + 2)..] : ui.Sentence(why));

    /// <summary>The note of an event, a task or a silence, by its kind.</summary>
    public static string? Note(this Ui ui, string kind, string? note) => (kind, note) switch
    {
        (_, null) => null,
        ("stepLapsed" or "callLogged" or "messageBounced" or "messageRefused" or "messageUncertain" or "messageDeferred" or "bouncedMessage" or "refusedMessage" or "uncertainMessage" or "undeliverableMessage", var why) =>
            Split(why) is (var first, var more) && Find(ui, Reasons, first) is { } words && first != StepReason.Rejected ? Joined(ui, words, more) : ui.Reason(why),
        ("stepApproved" or "stepHastened", var step) => ui.StepName(step),
        ("stepRejected", var rejected) when Split(rejected) is (var step, var more) => Joined(ui, ui.StepName(step), more),
        ("procedureRecorded", var stage) when Split(stage) is (var codes, var more) => Joined(ui, string.Join(", ", codes.Split(", ").Select(c => ProcedureWords.Of(ui, c))), more),
        ("paymentReceived", var payment) when Split(payment) is (var source, var more) => Joined(ui, ui.Source(source), more),
        ("duplicateConfirmed", var verdict) when Split(verdict) is (_, { } judged) => Find(ui, Codes[kind], judged) ?? verdict,
        ("insolvency", var claim) when Dated().Match(claim) is { Success: true } day => ui.Say($"créance à déclarer avant le {Date(ui, day)}", $"declare the claim by {Date(ui, day)}"),
        ("planProposal", var parts) => string.Join(ui.Say("\u00A0; ", "; "), parts.Split("; ").Select(p => Split(p) is (var on, { } amount) && Dated().Match(on) is { Success: true } day ? $"{Date(ui, day)}{ui.Say("\u00A0: ", ": ")}{ui.AmountIn(amount)}" : p)),
        ("accessoriesOwed", var amount) => ui.AmountIn(amount),
        ("eventSetAside", var aside) when SetAside().Match(aside) is { Success: true } told => ui.Say($"événement {told.Groups[1].Value}\u00A0: ", $"event {told.Groups[1].Value}: ") + ui.Reason(told.Groups[2].Value),
        _ when Codes.TryGetValue(kind, out var codes) && Split(note!) is (var first, var more) => Joined(ui, string.Join(", ", first.Split(", ").Select(c => Find(ui, codes, c) ?? c)), more),
        _ => ui.Reason(note!),
    };

    /// <summary>"100.00 EUR" as an amount; anything else as it is.</summary>
    internal static string AmountIn(this Ui ui, string text) =>
        text.Split(' ') is [var number, { Length: 3 } currency] && decimal.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? ui.Amount(amount, currency) : text;

    private static (string First, string? More) Split(string note) => note.Split(": ", 2) is [var first, var more] ? (first, more) : (note, null);

    private static string Joined(Ui ui, string first, string? more) => more is null ? first : first + ui.Say("\u00A0: ", ": ") + more;

    private static string Date(Ui ui, Match day) => ui.Date(DateOnly.ParseExact(day.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string? Find(Ui ui, Dictionary<string, (string French, string English)> words, string word) => words.TryGetValue(word, out var known) ? ui.Say(known.French, known.English) : null;

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}", RegexOptions.CultureInvariant)]
    private static partial Regex Dated();

    [GeneratedRegex(@"^event (\d+): (.+)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex SetAside();
}
