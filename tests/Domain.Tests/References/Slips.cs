namespace Dunning.Domain.Tests.References;

/// <summary>The mistakes people make when they copy a reference.</summary>
internal static class Slips
{
    private const string Digits = "0123456789";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Every text with one character replaced by another of its kind.</summary>
    public static IEnumerable<string> OneCharacterWrong(string text, int start) =>
        from place in Enumerable.Range(start, text.Length - start)
        from other in char.IsAsciiDigit(text[place]) ? Digits : Letters
        where other != text[place]
        select $"{text[..place]}{other}{text[(place + 1)..]}";

    /// <summary>Every text with two neighbours of one kind swapped.</summary>
    public static IEnumerable<string> NeighboursSwapped(string text, int start) =>
        from place in Enumerable.Range(start, text.Length - start - 1)
        where text[place] != text[place + 1] && char.IsAsciiDigit(text[place]) == char.IsAsciiDigit(text[place + 1])
        select $"{text[..place]}{text[place + 1]}{text[place]}{text[(place + 2)..]}";
}
