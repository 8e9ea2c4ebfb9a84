namespace Dunning.Service.Console;

/// <summary>Steps of policies as people say them, the same on every page. A creditor's own step that has no words is shown by its id.</summary>
public static class StepWords
{
    private static readonly Dictionary<string, (string French, string English)> Steps = new(StringComparer.Ordinal)
    {
        ["courtesy"] = ("le rappel avant échéance", "the courtesy reminder"),
        ["first"] = ("la première relance", "the first reminder"),
        ["second"] = ("la deuxième relance", "the second reminder"),
        ["third"] = ("la troisième relance", "the third reminder"),
        ["call"] = ("l’appel", "the call"),
        ["formal-notice"] = ("la mise en demeure", "the formal notice"),
        ["hand-over"] = ("le passage au contentieux", "the hand-over"),
        ["final"] = ("la dernière relance", "the final reminder"),
        // Not steps of a ladder, but messages that are named like them.
        ["promise-confirmed"] = ("la confirmation d’une promesse", "the confirmation of a promise"),
        ["plan-agreed"] = ("la confirmation d’un échéancier", "the confirmation of a plan"),
        ["call-follow-up"] = ("la suite d’un appel", "the follow-up of a call"),
    };

    private static readonly string[] Articles = ["le ", "la ", "l’", "the "];

    // The shipped policies' second step speaks firmly: one name for both.
    private static readonly Dictionary<string, (string French, string English)> Templates = new(StringComparer.Ordinal)
    {
        ["courtesy"] = ("rappel avant échéance", "courtesy reminder"),
        ["first-reminder"] = ("première relance", "first reminder"),
        ["firm-reminder"] = ("deuxième relance", "second reminder"),
        ["final-reminder"] = ("dernière relance", "final reminder"),
        ["formal-notice"] = ("mise en demeure", "formal notice"),
        ["promise-confirmed"] = ("confirmation d’une promesse", "promise confirmed"),
        ["plan-agreed"] = ("échéancier convenu", "plan agreed"),
        ["call-follow-up"] = ("suite d’un appel", "call follow-up"),
        ["call-script"] = ("script d’appel", "call script"),
        ["plan-agreement"] = ("accord d’échéancier", "plan agreement"),
        ["debit-note"] = ("note de débit", "debit note"),
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

    public static string Regime(this Ui ui, string regime) => Regimes.TryGetValue(regime, out var known) ? ui.Say(known.French, known.English) : regime;

    /// <summary>« la deuxième relance », "the second reminder"; of a step nobody knows, « l’étape « x » ». A repetition says which.</summary>
    public static string Step(this Ui ui, string step) =>
        Known(ui, step) ?? ui.Say($"l’étape «\u00A0{step}\u00A0»", $"the step “{step}”");

    /// <summary>« Deuxième relance », without its article, for a heading or a cell; a step nobody knows by its id.</summary>
    public static string StepName(this Ui ui, string step)
    {
        if (Known(ui, step) is not { } name)
            return step;
        return Capital(Articles.FirstOrDefault(a => name.StartsWith(a, StringComparison.Ordinal)) is { } article ? name[article.Length..] : name);
    }

    private static string? Known(Ui ui, string step)
    {
        var (id, nth) = step.Split('.') is [var first, var number] ? (first, number) : (step, null);
        return !Steps.TryGetValue(id, out var known) ? null
            : nth is null ? ui.Say(known.French, known.English)
            : ui.Say($"{known.French} (envoi n°\u00A0{nth})", $"{known.English} (no. {nth})");
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

    /// <summary>« 1 facture », « 2 factures »: in French what is less than two is singular.</summary>
    public static string Counted(this Ui ui, int count, string one, string many) => $"{ui.Count(count)} {((ui.IsFrench ? count < 2 : count == 1) ? one : many)}";

    private static readonly System.Globalization.NumberFormatInfo French = new() { NumberGroupSeparator = "\u202F", NumberDecimalSeparator = "," };
}
