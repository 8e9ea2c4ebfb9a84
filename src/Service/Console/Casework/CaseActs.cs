using System.Globalization;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Casework;

/// <summary>Every act of the console on a case.</summary>
public static class CaseActs
{
    public const string Money = "money";
    public const string Agreement = "agreement";
    public const string Ladder = "ladder";
    public const string Invoice = "invoice";
    public const string End = "end";

    private static readonly ActField Reason = new("reason", FieldKind.Lines, "Raison", "Reason") { Required = true };
    private static readonly ActField Note = new("note", FieldKind.Lines, "Note", "Note");

    public static readonly IReadOnlyList<(string Group, string French, string English)> Groups =
    [
        (Money, "Argent", "Money"), (Agreement, "Accords et silences", "Agreements and silences"), (Ladder, "Relances", "Reminders"), (Invoice, "Facture et débiteur", "Invoice and debtor"), (End, "Fin du dossier", "End of the case"),
    ];

    public static readonly IReadOnlyList<CaseAct> All = [.. MoneyActs.All, .. AgreementActs.All, .. LadderActs.All, .. InvoiceActs.All, .. EndActs];

    private static IEnumerable<CaseAct> EndActs =>
    [
        new("write-off", "writeOff", End, "Passer en perte", "Write off", [Reason]) { Binds = true },
        new("cancel", "cancel", End, "Annuler le dossier", "Cancel the case", [Reason]) { Binds = true },
        new("procedure", "recordProcedure", End, "Noter un acte de procédure", "Record a court procedure",
        [
            new("procedure", FieldKind.Choice, "Procédure", "Procedure") { Required = true, Options = (ui, _) => ProcedureWords.Procedures(ui) },
            new("stage", FieldKind.Choice, "Étape", "Stage") { Required = true, Options = (ui, _) => ProcedureWords.Stages(ui) },
            new("date", FieldKind.Date, "Date", "Date") { Required = true },
            new("reference", FieldKind.Text, "Référence", "Reference"),
        ]) { On = _ => [null] },
        new("done", "finishTask", End, "Marquer la tâche comme faite", "Mark the task as done", [Note])
        {
            About = "task",
            OfTask = true,
            On = view => view.Tasks.Where(t => !TaskActs.IsQuestion(t.Kind)).Select(t => t.Id),
        },
    ];

    public static CaseAct? Find(string name) => All.FirstOrDefault(a => a.Name == name);

    public static bool IsOpen(CaseView view) => IsOpen(view.Status);

    public static bool IsOpen(string status) => status is not ("paid" or "cancelled" or "writtenOff");

    /// <summary>As it is written into a field: no currency, a point for the cents.</summary>
    public static string Plain(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);

    public static string Plain(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
