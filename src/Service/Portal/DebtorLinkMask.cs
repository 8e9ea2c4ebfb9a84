using System.Text.RegularExpressions;

namespace Dunning.Service.Portal;

/// <summary>Texts without what opens a debtor's page: whoever holds that may speak as the debtor.</summary>
public static partial class DebtorLinkMask
{
    /// <summary>Stands where a token would, as long as one.</summary>
    public const string Placeholder = "xxxxxxxxxxxxxxxxxxxxxx";

    public static bool IsIn(string? text) => text is not null && Link().IsMatch(text);

    public static string? Mask(string? text) => text is null ? null : Link().Replace(text, "/p/" + Placeholder);

    [GeneratedRegex("/p/[A-Za-z0-9_-]{22}")]
    private static partial Regex Link();
}
