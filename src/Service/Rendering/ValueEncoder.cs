using System.Buffers;
using System.Globalization;
using System.Text;
using HandlebarsDotNet;

namespace Dunning.Service.Rendering;

/// <summary>How a value is put into a text.</summary>
internal sealed class ValueEncoder(Func<string, string> encode) : ITextEncoder
{
    /// <summary>
    /// Into Markdown: on one line, and every ASCII punctuation mark behind a backslash, so that it prints exactly what it is (CommonMark 2.4), in a
    /// table and in a link's address too.
    /// </summary>
    public static ValueEncoder Markdown { get; } = new(Escaped);

    /// <summary>Where no Markdown is read: subjects and SMS.</summary>
    public static ValueEncoder Plain { get; } = new(OneLine.Of);

    private static readonly SearchValues<char> Punctuation = SearchValues.Create("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");

    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target) => target.Write(encode(text ?? ""));

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        var value = new StringBuilder();
        while (text?.MoveNext() == true)
            value.Append(text.Current);
        Encode(value, target);
    }

    /// <summary>A value as it may stand in Markdown.</summary>
    public static string Escaped(string value)
    {
        var clean = OneLine.Of(value);
        if (!clean.AsSpan().ContainsAny(Punctuation))
            return clean;
        var markdown = new StringBuilder(clean.Length + 16);
        foreach (var c in clean)
            (Punctuation.Contains(c) ? markdown.Append('\\') : markdown).Append(c);
        return markdown.ToString();
    }
}

/// <summary>Text without line breaks and control characters, nor the marks that turn what follows them around.</summary>
internal static class OneLine
{
    public static string Of(string text)
    {
        if (!text.Any(c => IsBreak(c) || IsTurning(c)))
            return text.Trim();
        var line = new StringBuilder(text.Length);
        foreach (var c in text.Where(c => !IsTurning(c)))
            if (!IsBreak(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        return line.ToString().Trim();
    }

    private static bool IsBreak(char c) => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsTurning(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
