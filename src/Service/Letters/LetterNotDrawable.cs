using System.Globalization;

namespace Dunning.Service.Letters;

/// <summary>
/// A letter holds characters of scripts that our fonts do not have. They are named by code point, never by the text they stand in: the message
/// may be logged, a debtor's name may not.
/// </summary>
public sealed class LetterNotDrawable(IReadOnlyCollection<int> characters)
    : ArgumentException($"The letter cannot be drawn with these characters: {string.Join(", ", characters.Select(Name))}.")
{
    /// <summary>Unicode code points, in ascending order.</summary>
    public IReadOnlyCollection<int> Characters => characters;

    private static string Name(int character) => "U+" + character.ToString("X4", CultureInfo.InvariantCulture);
}
