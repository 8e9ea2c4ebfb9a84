using System.Diagnostics.CodeAnalysis;

namespace Dunning.Domain;

/// <summary>A bank account in the SEPA area, ISO 13616; French, Monegasque and Belgian ones with their national check digits too.</summary>
public sealed record Iban
{
    private Iban(string value) => Value = value;

    /// <summary>As machines exchange it: upper case, no spaces.</summary>
    public string Value { get; }

    /// <summary>In groups of four, as printed for a person to copy.</summary>
    public string Display => Transcription.InFours(Value);

    /// <exception cref="FormatException">The text is not such an account; the message says why and never repeats the text.</exception>
    public static Iban Parse(string text) => TryParse(text, out var iban, out var why) ? iban : throw new FormatException(why);

    public static bool TryParse(string? text, [NotNullWhen(true)] out Iban? iban, [NotNullWhen(false)] out string? why)
    {
        var compact = Transcription.Compact(text);
        why = Fault(compact);
        iban = why is null ? new(compact) : null;
        return why is null;
    }

    public override string ToString() => Value;

    private static string? Fault(string compact)
    {
        if (compact.Length == 0)
            return "The IBAN is empty.";
        if (!compact.All(char.IsAsciiLetterOrDigit))
            return "An IBAN has only letters and digits.";
        if (compact.Length < 4 || AccountLayout.Of(compact[..2]) is not { } layout)
            return "The IBAN does not begin with the code of a country in the SEPA area.";
        var (country, check, account) = (compact[..2], compact[2..4], compact[4..]);
        if (account.Length != layout.Length)
            return $"An IBAN of {country} has {4 + layout.Length} characters, this one has {compact.Length}.";
        if (!check.All(char.IsAsciiDigit) || !layout.Fits(account))
            return $"An IBAN of {country} has letters and digits in other places.";
        if (check != Mod97.Iso7064(account, country))
            return "The check digits of the IBAN do not fit the rest: a character is wrong or two are swapped.";
        return NationalCheck(country, account) is { } expected && account[^2..] != expected
            ? $"The last two digits of the account do not fit the rest, as the banks of {country} require."
            : null;
    }

    /// <summary>Only where every bank of the country uses one rule; null elsewhere.</summary>
    private static string? NationalCheck(string country, string account) => country switch
    {
        "FR" or "MC" => RibKey(account),
        "BE" => Mod97.Belgian(account[..10]),
        _ => null,
    };

    /// <summary>The French clé RIB over bank (5), branch (5) and account (11), 01 to 97.</summary>
    private static string RibKey(string account)
    {
        var digits = string.Concat(account.Select(RibDigit));
        var (bank, branch, own) = (long.Parse(digits[..5]), long.Parse(digits[5..10]), long.Parse(digits[10..21]));
        return Mod97.TwoDigits(97 - (89 * bank + 15 * branch + 3 * own) % 97);
    }

    // A to I and J to R count from 1, S to Z from 2.
    private static char RibDigit(char c) => c switch
    {
        >= 'S' => (char)(c - 'S' + '2'),
        >= 'J' => (char)(c - 'J' + '1'),
        >= 'A' => (char)(c - 'A' + '1'),
        _ => c,
    };
}
