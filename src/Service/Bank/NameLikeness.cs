namespace Dunning.Service.Bank;

/// <summary>Whether two names may be one debtor's: as banks shorten and reorder them, legal forms and titles apart.</summary>
public static class NameLikeness
{
    private static readonly HashSet<string> Forms = new(StringComparer.Ordinal)
    {
        "SARL", "SAS", "SASU", "SA", "EURL", "SNC", "SCI", "SCOP", "EI", "SPRL", "SRL", "BV", "BVBA", "NV", "ASBL", "VZW", "SCRL", "ETS", "ETABLISSEMENTS", "STE", "SOCIETE", "ENTREPRISE",
        "MAISON", "M", "MR", "MME", "MLLE", "MONSIEUR", "MADAME", "DE", "DU", "DES", "LA", "LE", "LES", "ET", "L", "D", "CIE", "GROUPE", "VAN", "DEN", "DER",
    };

    public static bool Alike(string one, string other)
    {
        var (a, b) = (Words(one), Words(other));
        if (a.Count == 0 || b.Count == 0)
            return false;
        var shared = a.Count(w => b.Any(o => o == w || (w.Length >= 5 && o.Length >= 5 && (o.StartsWith(w, StringComparison.Ordinal) || w.StartsWith(o, StringComparison.Ordinal)))));
        return shared * 3 >= Math.Min(a.Count, b.Count) * 2;
    }

    private static HashSet<string> Words(string name) =>
        [.. name.Split([' ', '-', '\'', '’', '.', ',', '&', '/'], StringSplitOptions.RemoveEmptyEntries).Select(Spelling.Fold).Where(w => w.Length > 1 && !Forms.Contains(w))];
}
