namespace Dunning.Service.Console.Worklist;

/// <summary>The words of lists and of acts on many.</summary>
public static class WorklistWords
{
    private static readonly string[] Waits = ["insolvency", "hold", "dispute", "plan", "promise", "pendingPayment", "possibleDuplicate", "reply", "uncertainMessage", "sendingStopped", "ledger", "bouncedNotice", "posting", "invoiceNotSent", "approval", "person"];

    public static IReadOnlyList<string> AllWaits => Waits;

    public static IEnumerable<(string Value, string Text)> Sorts(this Ui ui, bool canSearch)
    {
        if (canSearch)
            yield return ("-risk", ui.Say("montant à risque", "amount at risk"));
        yield return ("-balance", ui.Say("reste dû, le plus grand d’abord", "balance, largest first"));
        yield return ("balance", ui.Say("reste dû, le plus petit d’abord", "balance, smallest first"));
        yield return ("dueDate", ui.Say("échéance, la plus ancienne d’abord", "due date, oldest first"));
        yield return ("-dueDate", ui.Say("échéance, la plus récente d’abord", "due date, latest first"));
        yield return ("number", ui.Say("numéro", "number"));
    }

    public static IEnumerable<(string Value, string Text)> AllStatuses(this Ui ui) =>
        [(CaseSearch.Open, ui.Say("Tous ceux ouverts", "All open")), (CaseSearch.All, ui.Say("Tous", "All")), .. Labels.AllStatuses.Select(s => (s, ui.Status(s)))];

    public static IEnumerable<(string Value, string Text)> AllAges(this Ui ui) =>
    [
        ("notDue", ui.Say("pas encore échue", "not yet due")), ("1-30", ui.Say("1 à 30 jours de retard", "1 to 30 days late")), ("31-60", ui.Say("31 à 60 jours", "31 to 60 days")),
        ("61-90", ui.Say("61 à 90 jours", "61 to 90 days")), ("over90", ui.Say("plus de 90 jours", "over 90 days")),
    ];

    public static IEnumerable<(string Value, string Text)> AllActs(this Ui ui) =>
        [("hold", ui.Say("Suspendre", "Hold")), ("release", ui.Say("Reprendre (lever la suspension)", "Release")), ("policy", ui.Say("Changer de scénario", "Move to another policy"))];

    public static string Act(this Ui ui, string act) => ui.AllActs().FirstOrDefault(a => a.Value == act).Text ?? act;

    public static string Number(this Ui ui, int number) => number < 1000 ? $"{number}" : ui.IsFrench ? $"{number / 1000}\u202F{number % 1000:000}" : $"{number / 1000},{number % 1000:000}";

    public static string Number(this Ui ui, int number, bool isMore) => ui.Number(number) + (isMore ? "+" : "");
}
