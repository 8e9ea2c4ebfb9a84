using System.Diagnostics.CodeAnalysis;

namespace Dunning.Domain;

/// <summary>A structured creditor reference, ISO 11649: RF, two check digits, then 1 to 21 letters and digits.</summary>
public sealed record RfReference
{
    private const string Prefix = "RF";
    private const int MaxOwnLength = 21;

    private RfReference(string value) => Value = value;

    /// <summary>As machines exchange it: upper case, no spaces, at most 25 characters.</summary>
    public string Value { get; }

    /// <summary>In groups of four, as printed for a person to copy.</summary>
    public string Display => Transcription.InFours(Value);

    /// <exception cref="FormatException">The text is not an RF reference; the message says why and never repeats the text.</exception>
    public static RfReference Parse(string text) =>
        TryParse(text, out var reference, out var why) ? reference : throw new FormatException(why);

    public static bool TryParse(string? text, [NotNullWhen(true)] out RfReference? reference, [NotNullWhen(false)] out string? why)
    {
        var compact = Transcription.Compact(text);
        why = Fault(compact);
        reference = why is null ? new(compact) : null;
        return why is null;
    }

    /// <summary>The reference whose own part is the creditor's text, without its spaces and punctuation.</summary>
    /// <remarks>"F-11" and "F1-1" give the same reference: a creditor whose numbers differ only by punctuation needs another scheme.</remarks>
    /// <exception cref="FormatException">Nothing, more than 21 characters, or anything but letters and digits is left.</exception>
    public static RfReference For(string reference)
    {
        var own = Transcription.Compact(reference);
        return OwnFault(own) is { } why ? throw new FormatException(why) : new($"{Prefix}{Mod97.Iso7064(own, Prefix)}{own}");
    }

    public override string ToString() => Value;

    private static string? Fault(string compact)
    {
        if (compact.Length == 0)
            return "The RF reference is empty.";
        if (!compact.StartsWith(Prefix, StringComparison.Ordinal))
            return "An RF reference begins with RF.";
        if (compact.Length < 4 || !char.IsAsciiDigit(compact[2]) || !char.IsAsciiDigit(compact[3]))
            return "An RF reference has two check digits after RF.";
        if (OwnFault(compact[4..]) is { } why)
            return why;
        return compact[2..4] == Mod97.Iso7064(compact[4..], Prefix)
            ? null
            : "The check digits of the RF reference do not fit the rest: a character is wrong or two are swapped.";
    }

    private static string? OwnFault(string own)
    {
        if (own.Length == 0)
            return "An RF reference needs at least one letter or digit after its check digits.";
        if (own.Length > MaxOwnLength)
            return $"An RF reference has at most {MaxOwnLength} characters after its check digits, this one has {own.Length}.";
        return own.All(char.IsAsciiLetterOrDigit) ? null : "An RF reference has only the letters A to Z and digits.";
    }
}
