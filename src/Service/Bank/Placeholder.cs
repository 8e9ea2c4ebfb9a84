namespace Dunning.Service.Bank;

/// <summary>What banks write where there is no reference: NONREF, NOTPROVIDED, zeros, a dash.</summary>
internal static class Placeholder
{
    /// <summary>Null when it says that there is none.</summary>
    public static string? Unless(string text) => IsNone(text) ? null : text;

    private static bool IsNone(string text) =>
        !text.Any(c => char.IsLetterOrDigit(c) && c != '0')
        || string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant() is "NOTPROVIDED" or "NOTPROVIDE" or "NONREF" or "NOREF" or "NONE";
}
