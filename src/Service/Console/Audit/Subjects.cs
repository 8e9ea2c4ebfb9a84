using Dunning.Service.Api.Operations;
using Dunning.Service.Console.Debtors;
using Dunning.Service.Console.Settings;

namespace Dunning.Service.Console.Audit;

/// <summary>Where to look at what an entry is about. Address null: there is no page of it.</summary>
public sealed record SubjectLink(string Text, string? Address)
{
    /// <summary>Of a case its invoice, of an act what its path names; null for an entry that names nothing.</summary>
    public static SubjectLink? Of(Ui ui, AuditView entry)
    {
        if (entry.CaseId is { } id)
            return new(entry.Number ?? id, $"/console/cases/{Uri.EscapeDataString(id)}");
        if (entry.Subject is not { } path)
            return null;
        var rest = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Uri.UnescapeDataString).ToArray();
        return rest switch
        {
            ["invoices", var invoice, ..] => new(ui.Say("le dossier", "the case"), $"/console/cases/{Uri.EscapeDataString(invoice)}"),
            ["debtors", var debtor, ..] => new(debtor, entry.Creditor is { } owner ? DebtorLinks.To(owner, debtor) : $"/console/debtors/{Uri.EscapeDataString(debtor)}"),
            ["creditors", var creditor, "texts", var language, var name, ..] => new($"{language}/{name}", TextPages.Of(creditor, language, name)),
            ["creditors", var creditor, ..] => new(creditor, CreditorPages.Of(creditor)),
            ["policies", var policy, ..] => new(policy, PolicyPages.Of(policy, entry.Creditor)),
            ["bulk", var act, ..] => new(ui.Say("l’action", "the act"), $"/console/cases/bulk/{Uri.EscapeDataString(act)}"),
            ["keys", var key, ..] => new(key, ui.IsAdmin ? "/console/settings/keys" : null),
            ["keys"] => new(ui.Say("les clés", "the keys"), ui.IsAdmin ? "/console/settings/keys" : null),
            ["sending"] => new(ui.Say("les réglages", "the settings"), "/console/settings"),
            [_, .. var last] => new(string.Join(" ", last), null),
            _ => null,
        };
    }
}
