using System.Globalization;
using System.Text;
using Dunning.Service.Letters.Pdf;

namespace Dunning.Service.Letters;

/// <summary>
/// Brings text to characters that our fonts draw: accents typed apart join their letters, typographer's spaces become plain ones, fancy letters
/// the letters they stand for, pictures and invisible marks go. What is left is noted as undrawable: a name is never silently spelled otherwise.
/// </summary>
internal sealed class Characters(IReadOnlyList<TrueTypeFont> fonts)
{
    private readonly SortedSet<int> undrawable = [];

    public IReadOnlyCollection<int> Undrawable => undrawable;

    public IReadOnlyList<string> Drawable(IReadOnlyList<string> lines) => [.. lines.Select(Drawable)];

    public string Drawable(string text)
    {
        var drawn = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (drawn.Length > 0 && LetterAccents.Join(drawn[^1], rune.Value) is { } joined)
                drawn[^1] = joined;
            else
                Draw(rune, drawn);
        return drawn.ToString();
    }

    private void Draw(Rune rune, StringBuilder drawn)
    {
        if (Spelled(rune) is { } spelled)
            drawn.Append(spelled);
        else if (rune.IsBmp && fonts.All(font => font.Glyph(rune.Value) is not null))
            drawn.Append((char)rune.Value);
        else if (!IsLeftOut(rune))
            undrawable.Add(rune.Value);
    }

    // Fancy letters follow each other in alphabets of 52 and digits of 10 (Unicode, Mathematical Alphanumeric Symbols).
    private static string? Spelled(Rune rune) => rune.Value switch
    {
        '\n' => "\n",
        '\t' or 0x2028 or 0x2029 or (>= 0x2000 and <= 0x2006) or 0x205F or 0x3000 => " ",
        0x2007 or 0x2008 or 0x2009 or 0x200A or 0x202F => "\u00A0",
        0x2010 or 0x2011 => "-",
        0x00AD or 0x200B or 0xFEFF or < 0x20 or (>= 0x7F and < 0xA0) => "",
        0x1E9E => "SS",
        0x2192 => "->",
        >= 0xFF01 and <= 0xFF5E => ((char)(rune.Value - 0xFF01 + '!')).ToString(),
        >= 0x1D400 and <= 0x1D6A3 => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".Substring((rune.Value - 0x1D400) % 52, 1),
        >= 0x1D7CE and <= 0x1D7FF => ((char)('0' + (rune.Value - 0x1D7CE) % 10)).ToString(),
        _ => null,
    };

    // Emoji and their modifiers, marks of direction, variation selectors.
    private static bool IsLeftOut(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.Format or UnicodeCategory.EnclosingMark
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xE0100 and <= 0xE01EF);
}
