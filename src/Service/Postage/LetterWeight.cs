namespace Dunning.Service.Postage;

/// <summary>What a letter weighs, as the post charges for it: A4 sheets of 80 g/m² and an envelope.</summary>
public static class LetterWeight
{
    private const int SheetGrams = 5;
    private const int EnvelopeGrams = 5;

    // The steps of the French and the Belgian tariffs for letters.
    private static readonly int[] Classes = [20, 100, 250, 500];

    public static int Sheets(int pages, bool bothSides) => bothSides ? (pages + 1) / 2 : pages;

    public static int Grams(int sheets) => sheets * SheetGrams + EnvelopeGrams;

    /// <summary>The heaviest the letter may be at its price; null beyond the heaviest letter.</summary>
    public static int? Class(int grams)
    {
        foreach (var most in Classes)
            if (grams <= most)
                return most;
        return null;
    }
}
