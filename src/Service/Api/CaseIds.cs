using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Service.Api;

/// <summary>Ids derived from what they name: stable, URL-safe, the same for the same request.</summary>
public static class CaseIds
{
    private const int CreditorLength = 24;
    private const int NumberLength = 32;
    private const int HashLength = 12;

    /// <summary>Readable, then a hash that keeps apart what a slug cannot: F/1 and F-1 are two invoices.</summary>
    public static string Case(string creditor, string number) => $"{Slug(creditor, CreditorLength)}-{Slug(number, NumberLength)}-{Hash(creditor, number)}";

    /// <summary>Whether a text could be the id of a case.</summary>
    public static bool IsCase(string text) => text.Length is >= HashLength + 4 and <= CreditorLength + NumberLength + HashLength + 2
        && text.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c) || c == '-') && text[^(HashLength + 1)] == '-' && text[^HashLength..].All(char.IsAsciiHexDigitLower);

    public static string Debtor(string creditor, string identity) => $"d-{Hash(creditor, identity)}";

    private static string Hash(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))[..HashLength];

    private static string Slug(string text, int max)
    {
        var slug = new StringBuilder(max);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (slug.Length == max)
                break;
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-' && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                slug.Append('-');
        }
        return slug.ToString().TrimEnd('-') is { Length: > 0 } readable ? readable : "x";
    }
}
