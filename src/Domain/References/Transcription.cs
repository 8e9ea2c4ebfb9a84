using System.Buffers;

namespace Dunning.Domain;

/// <summary>How people and paper write references, as opposed to how machines exchange them.</summary>
internal static class Transcription
{
    // The last three are what word processors make of a hyphen.
    private static readonly SearchValues<char> Punctuation = SearchValues.Create("-./\u2010\u2011\u2013");

    /// <summary>Without spaces and punctuation, a to z in upper case; anything else stays, for the caller to refuse.</summary>
    public static string Compact(string? text) => text is null ? "" : string.Concat(text
        .Where(c => !char.IsWhiteSpace(c) && !Punctuation.Contains(c))
        .Select(c => char.IsAsciiLetterLower(c) ? (char)(c - 'a' + 'A') : c));

    public static string InFours(string compact) => string.Join(' ', compact.Chunk(4).Select(four => new string(four)));
}
