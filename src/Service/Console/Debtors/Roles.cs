namespace Dunning.Service.Console.Debtors;

/// <summary>What a contact is for; a role nobody has put into words is shown as it is.</summary>
internal static class Roles
{
    public static readonly IReadOnlyList<(string Role, string French, string English)> All =
        [("dunning", "Relances", "Reminders"), ("accounting", "Comptabilité", "Accounting"), ("management", "Direction", "Management"), ("purchasing", "Achats", "Purchasing"), ("legal", "Juridique", "Legal")];

    public static string Of(Ui ui, string? role) => All.FirstOrDefault(r => r.Role == role) is { Role: not null } known ? ui.Say(known.French, known.English) : role ?? "—";
}
