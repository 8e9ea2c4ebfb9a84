using System.Globalization;
using System.Text.RegularExpressions;
using Dunning.Domain;

namespace Dunning.Service.Links;

/// <summary>
/// A creditor's own payment address, <c>https://pay.example.org/{number}?amount={amount}</c>: its names in braces are filled in, percent-encoded (RFC 3986), so that
/// no value can change where it leads.
/// </summary>
public static partial class UrlTemplate
{
    public const int Longest = 500;

    public static readonly IReadOnlyList<string> Names = ["number", "amount", "currency", "caseId", "reference"];

    /// <summary>All that is wrong with it, in words.</summary>
    public static IReadOnlyList<string> Faults(string template)
    {
        var faults = new List<string>();
        foreach (Match name in Braced().Matches(template))
            if (!Names.Contains(name.Groups[1].Value))
                faults.Add($"'{{{name.Groups[1].Value}}}' is not known; there are {string.Join(", ", Names.Select(n => $"{{{n}}}"))}.");
        if (Braced().Replace(template, "").AsSpan().ContainsAny('{', '}'))
            faults.Add("has a brace without its other half.");
        if (template.AsSpan().ContainsAnyExceptInRange('!', '~'))
            faults.Add("must not contain spaces, nor characters that an address writes in percent.");
        var sample = Braced().Replace(template, "1");
        if (!(Uri.TryCreate(sample, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0))
            faults.Add("must be an https:// address, without a user.");
        else if (Braced().Match(template) is { Success: true } first && first.Index < Path(template))
            faults.Add("must name its host outright: braces belong to the path and what follows.");
        return faults;
    }

    public static string Fill(string template, string caseId, string number, Money amount) => Braced().Replace(template, name => Uri.EscapeDataString(name.Groups[1].Value switch
    {
        "amount" => amount.Amount.ToString($"F{amount.Currency.MinorUnits}", CultureInfo.InvariantCulture),
        "currency" => amount.Currency.Code,
        "caseId" => caseId,
        // What debtors are asked to put beside their payment is the number.
        _ => number,
    }));

    private static int Path(string template) => template.IndexOfAny(['/', '?', '#'], "https://".Length) is var at and >= 0 ? at : int.MaxValue;

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Braced();
}
