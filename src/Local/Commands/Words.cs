using System.Globalization;
using Dunning.Service.Rendering;

namespace Dunning.Local.Commands;

/// <summary>Something said to an operator, in both languages.</summary>
public readonly record struct Said(string English, string French);

/// <summary>The operator's language: what is said, and how dates and amounts are written in it.</summary>
internal sealed class Words(string language)
{
    public string Language => language;

    /// <summary>The language asked for, else the environment's; French or English.</summary>
    public static Words Of(string? asked, Func<string, string?> variable)
    {
        var wanted = new[] { asked, variable("LC_ALL"), variable("LC_MESSAGES"), variable("LANG") }.FirstOrDefault(l => !string.IsNullOrEmpty(l)) ?? "";
        return new(wanted.StartsWith(TextLanguage.French, StringComparison.OrdinalIgnoreCase) ? TextLanguage.French : TextLanguage.English);
    }

    public string Say(string english, string french) => language == TextLanguage.French ? french : english;

    public string Say(Said said) => Say(said.English, said.French);

    /// <summary>A label before its value: French puts a space before the colon.</summary>
    public string Colon(string label) => label + Say(":", "\u00A0:");

    public string Date(DateOnly date) => Wording.ShortDate(date, language);

    /// <summary>The day and the hour, in the offset the instant carries.</summary>
    public string At(DateTimeOffset at) => $"{Date(DateOnly.FromDateTime(at.DateTime))} {at.ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>With the decimals the number carries: answers write amounts with those of their currency.</summary>
    public string Amount(decimal amount, string currency) => Wording.Amount(amount, currency, amount.Scale, language);

    public string Rate(decimal percent) => Wording.Rate(percent, language);

    public string Count(long count) => Wording.Count(count, language);

    /// <summary>"1 facture", "2 factures": in French zero is singular.</summary>
    public string Count(long count, Said one, Said many) => Count(count) + "\u00A0" + Say(count == 1 ? one.English : many.English, count < 2 ? one.French : many.French);
}
