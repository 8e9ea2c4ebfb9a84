using System.Diagnostics.CodeAnalysis;

namespace Dunning.Domain;

/// <summary>A Belgian structured communication (OGM/VCS): ten digits of the creditor's and two check digits.</summary>
public sealed record BelgianReference
{
    private const long MaxNumber = 9_999_999_999;
    private static readonly string[] Fences = ["+++", "***"];

    private BelgianReference(string value) => Value = value;

    /// <summary>As machines exchange it: twelve digits.</summary>
    public string Value { get; }

    /// <summary>As printed on an invoice: +++090/9337/55493+++.</summary>
    public string Display => $"+++{Value[..3]}/{Value[3..7]}/{Value[7..]}+++";

    /// <summary>Accepts +++…+++, ***…*** or the bare digits.</summary>
    /// <exception cref="FormatException">The text is no such communication; the message says why and never repeats the text.</exception>
    public static BelgianReference Parse(string text) =>
        TryParse(text, out var reference, out var why) ? reference : throw new FormatException(why);

    public static bool TryParse(string? text, [NotNullWhen(true)] out BelgianReference? reference, [NotNullWhen(false)] out string? why)
    {
        var digits = WithoutFences(Transcription.Compact(text));
        why = Fault(digits);
        reference = why is null ? new(digits) : null;
        return why is null;
    }

    /// <exception cref="ArgumentOutOfRangeException">The number is negative or has more than ten digits.</exception>
    public static BelgianReference For(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, MaxNumber);
        var firstTen = $"{number:D10}";
        return new(firstTen + Mod97.Belgian(firstTen));
    }

    public override string ToString() => Value;

    private static string WithoutFences(string compact) => Fences.Any(fence => compact.Length >= 2 * fence.Length
        && compact.StartsWith(fence, StringComparison.Ordinal) && compact.EndsWith(fence, StringComparison.Ordinal)) ? compact[3..^3] : compact;

    private static string? Fault(string digits)
    {
        if (digits.Length == 0)
            return "The structured communication is empty.";
        if (!digits.All(char.IsAsciiDigit))
            return "A structured communication has only digits, between +++ and +++ or *** and ***.";
        if (digits.Length != 12)
            return $"A structured communication has 12 digits, this one has {digits.Length}.";
        return digits[10..] == Mod97.Belgian(digits[..10])
            ? null
            : "The last two digits of the structured communication do not fit the first ten: a digit is wrong or two are swapped.";
    }
}
