namespace Dunning.Service.Console.EasyAuth;

/// <summary>
/// Whose accounts are let in, and what they see. Without a mapping everybody with a role sees every creditor; with one, those their groups are mapped to, and nobody else anything.
/// </summary>
/// <param name="Tenant">The id of the Entra tenant.</param>
/// <param name="Creditors">For the object id of a group, the creditors its members see; <c>*</c> is all of them. Null is no mapping.</param>
public sealed record EasyAuthSettings(string Tenant, IReadOnlyDictionary<string, IReadOnlyList<string>>? Creditors = null)
{
    private const string All = "*";

    /// <summary><c>group=creditor,creditor;group=*</c>.</summary>
    /// <exception cref="FormatException">It is not of that form.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>>? Mapping(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var mapping = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (part.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } group, { Length: > 0 } creditors] || !mapping.TryAdd(group, creditors.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
                throw new FormatException($"'{part}' is not group=creditor,creditor, or names a group twice.");
        return mapping;
    }

    /// <summary>False when their groups show them nothing; creditors null is every creditor.</summary>
    public bool MaySee(IEnumerable<string> groups, out IReadOnlyList<string>? creditors)
    {
        creditors = null;
        if (Creditors is null)
            return true;
        var seen = groups.SelectMany(g => Creditors.GetValueOrDefault(g) ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (!seen.Contains(All))
            creditors = seen;
        return seen.Count > 0;
    }
}
