using Dunning.Service.Api.Operations;

namespace Dunning.Service.Console.Settings;

/// <summary>What a change of a creditor changes, and what follows from it, in words.</summary>
internal static class CreditorChanges
{
    public static IReadOnlyList<string> Of(Ui ui, CreditorForm before, CreditorForm after)
    {
        var changes = new List<string>();
        foreach (var name in before.Names.Union(after.Names).Order(StringComparer.Ordinal))
            if (!Same(name, before[name], after[name]))
                changes.Add(ui.Say($"{CreditorLabels.Of(ui, name)}\u00A0: {after[name] ?? "—"} (avant\u00A0: {before[name] ?? "—"})", $"{CreditorLabels.Of(ui, name)}: {after[name] ?? "—"} (before: {before[name] ?? "—"})"));
        if (!Same("iban", before["iban"], after["iban"]))
            changes.Add(ui.Say("Tous les messages à venir demanderont de payer sur ce nouveau compte\u00A0: vérifiez-le auprès de la banque, par un autre chemin que celui de la demande.",
                "Every message to come will ask to pay to this new account: have the bank confirm it, by another way than the request came."));
        if (before["mode"] != after["mode"])
            changes.Add(after["mode"] == "test"
                ? ui.Say("En mode test, plus rien n’est envoyé\u00A0: les messages sont écrits et gardés.", "In test mode nothing is sent any more: messages are written and kept.")
                : ui.Say("En mode réel, les messages partent vraiment, dès la prochaine heure d’envoi.", "In live mode messages really leave, from the next sending hour on."));
        if (before["policy"] != after["policy"] || before["consumerPolicy"] != after["consumerPolicy"] || before["publicPolicy"] != after["publicPolicy"])
            changes.Add(ui.Say("Les dossiers en cours gardent leur scénario\u00A0; seuls ceux à venir suivent le nouveau.", "Running cases keep their policy; only those to come follow the new one."));
        return changes;
    }

    public static bool AreGrave(CreditorForm before, CreditorForm after) => !Same("iban", before["iban"], after["iban"]) || before["mode"] != after["mode"];

    public static IReadOnlyList<string> OfSending(Ui ui, bool stop, SendingStateView? state)
    {
        if (state is null)
            return [];
        var most = state.More ? ui.Say(" au moins", " at least") : "";
        return stop
            ?
            [
                ui.Say($"{ui.Counted(state.WithinADay, "dossier devait", "dossiers devaient")} envoyer un message d’ici un jour, {ui.Count(state.WithinAWeek)} d’ici une semaine{most}\u00A0: rien ne partira.",
                    $"{ui.Counted(state.WithinADay, "case was", "cases were")} to send a message within a day, {ui.Count(state.WithinAWeek)} within a week{most}: they will wait."),
                ui.Say("Les paiements, promesses et litiges sont pris comme d’habitude\u00A0; rien n’est perdu.", "Payments, promises and disputes are taken as usual; nothing is lost."),
                ui.Say("Un message déjà remis à son transporteur ne peut être rappelé.", "A message already handed to its carrier cannot be called back."),
            ]
            :
            [
                ui.Say($"{ui.Counted(state.Waiting, "dossier attend", "dossiers attendent")}\u00A0: ce qui est encore dû part aux prochaines heures d’envoi.", $"{ui.Counted(state.Waiting, "case waits", "cases wait")}: what is still due leaves at the next sending hours."),
                .. state.EverywhereStopped ? [ui.Say("L’interrupteur général est arrêté\u00A0: rien ne part tant qu’il l’est.", "The global switch is off: nothing leaves while it is.")] : Array.Empty<string>(),
            ];
    }

    // An account is the same however it is grouped.
    private static bool Same(string name, string? a, string? b) => name == "iban" ? Bare(a) == Bare(b) : a == b;

    private static string? Bare(string? text) => text is null ? null : string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}

internal static class CreditorLabels
{
    private static readonly Dictionary<string, (string French, string English)> Words = new(StringComparer.Ordinal)
    {
        ["name"] = ("Nom", "Name"),
        ["email"] = ("E-mail", "E-mail"),
        ["phone"] = ("Téléphone", "Phone"),
        ["country"] = ("Pays", "Country"),
        ["siren"] = ("SIREN", "SIREN"),
        ["enterpriseNumber"] = ("Numéro d’entreprise (Belgique)", "Enterprise number (Belgium)"),
        ["iban"] = ("IBAN", "IBAN"),
        ["bic"] = ("BIC", "BIC"),
        ["cheque"] = ("Accepte les chèques", "Takes cheques"),
        ["language"] = ("Langue", "Language"),
        ["policy"] = ("Scénario pour les entreprises", "Policy for businesses"),
        ["consumerPolicy"] = ("Scénario pour les consommateurs", "Policy for consumers"),
        ["publicPolicy"] = ("Scénario pour les acheteurs publics", "Policy for public buyers"),
        ["mode"] = ("Mode", "Mode"),
        ["senderRole"] = ("Qui écrit", "Who writes"),
        ["line1"] = ("Adresse", "Address"),
        ["line2"] = ("Complément", "Second line"),
        ["postalCode"] = ("Code postal", "Postcode"),
        ["city"] = ("Ville", "City"),
        ["role"] = ("Fonction", "Role"),
        ["fromStep"] = ("Signe à partir de l’étape", "Signs from the step"),
    };

    /// <summary>The last part of a path says what it is, those before it whose.</summary>
    public static string Of(Ui ui, string path)
    {
        var word = Words.TryGetValue(path.Split('.')[^1], out var known) ? ui.Say(known.French, known.English) : path;
        return path.StartsWith("senders[", StringComparison.Ordinal) ? $"{ui.Say("Signataire", "Sender")} {path[8] - '0' + 1}, {word}"
            : path.StartsWith("collector.mandateOf", StringComparison.Ordinal) ? $"{ui.Say("Mandant", "Mandator")}, {word}"
            : path.StartsWith("collector", StringComparison.Ordinal) ? $"{ui.Say("Recouvreur", "Collector")}, {word}"
            : word;
    }
}
