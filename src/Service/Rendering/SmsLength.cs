namespace Dunning.Service.Rendering;

/// <summary>How many segments a text costs as an SMS: 160 GSM-7 places or 70 UTF-16 units alone, 153 or 67 in each part of several.</summary>
public static class SmsLength
{
    private const int MostSegments = 2;

    /// <summary>Segments the text takes; 0 for an empty text.</summary>
    public static int Segments(string text)
    {
        var isGsm7 = text.All(c => Gsm7.Places(c) > 0);
        return isGsm7
            ? Count(text.Select(Gsm7.Places), alone: 160, inParts: 153)
            : Count(text.EnumerateRunes().Select(rune => rune.Utf16SequenceLength), alone: 70, inParts: 67);
    }

    /// <summary>Whether our own texts may be that long: beyond two segments a reminder should be an e-mail.</summary>
    public static bool IsShortEnough(string text) => Segments(text) <= MostSegments;

    // A part is filled character by character: neither an escape pair nor a surrogate pair may be cut between two parts.
    private static int Count(IEnumerable<int> widths, int alone, int inParts)
    {
        int total = 0, parts = 1, inPart = 0;
        foreach (var width in widths)
        {
            total += width;
            if (inPart + width > inParts) (parts, inPart) = (parts + 1, 0);
            inPart += width;
        }
        return total == 0 ? 0 : total <= alone ? 1 : parts;
    }
}
