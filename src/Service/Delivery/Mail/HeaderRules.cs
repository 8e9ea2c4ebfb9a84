using System.Text;

namespace Dunning.Service.Delivery.Mail;

/// <summary>
/// The one rule against header injection. What machines read (addresses, ids, header names and values, media types) is
/// refused when it holds a control character; what people read (display names, subjects, file names) has every run of
/// control characters and spaces turned into one space, because a stray line break in a customer's name must not stop a reminder.
/// </summary>
public static class HeaderRules
{
    // The two Unicode line breaks are not control characters, yet some programs break lines at them.
    private static bool IsControl(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';

    internal static bool HasControl(string text) => text.Any(IsControl);

    internal static string Refuse(string text, string what)
    {
        ArgumentNullException.ThrowIfNull(text);
        return HasControl(text) ? throw new ArgumentException($"{what} must not hold line breaks or other control characters.") : text;
    }

    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
            if (c != ' ' && !IsControl(c)) clean.Append(c);
            else if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
        return clean.ToString().TrimEnd(' ');
    }

    /// <summary>RFC 5322 3.2.3: the characters of an atom.</summary>
    internal static bool IsAtomText(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal);

    /// <summary>RFC 2045 5.1: the characters of a token, such as either half of a media type.</summary>
    internal static bool IsToken(string text) =>
        text.Length > 0 && text.All(c => c is > ' ' and < '\u007f' && !"()<>@,;:\\\"/[]?=".Contains(c, StringComparison.Ordinal));

    /// <summary>A message id without its angle brackets: RFC 5322 3.6.4, dot-atom on both sides of one @.</summary>
    internal static string MessageId(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var sides = id.Split('@');
        var wellFormed = id.Length <= 240 && sides.Length == 2 && sides.All(IsDotAtom);
        return wellFormed ? id : throw new ArgumentException("A message id looks like left@right, in plain ASCII and without angle brackets.");
    }

    private static bool IsDotAtom(string text) => text.Split('.').All(atom => atom.Length > 0 && atom.All(IsAtomText));
}
