namespace Dunning.Domain.Tests.References;

/// <summary>Repeatable chance: a failure names the seed that brings it back.</summary>
internal static class Chance
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public static void Repeat(int times, Action<Random> check)
    {
        for (var seed = 0; seed < times; seed++)
        {
            try
            {
                check(new Random(seed));
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Fails with seed {seed}.", failure);
            }
        }
    }

    public static string Digits(this Random random, int count) => random.Pick(Alphabet[..10], count);

    public static string LettersAndDigits(this Random random, int count) => random.Pick(Alphabet, count);

    /// <summary>The text as a careless hand would write it: other case, spaces and punctuation anywhere.</summary>
    public static string Scribble(this Random random, string text) => string.Concat(text.Select(c =>
        (random.Next(2) == 0 ? char.ToLowerInvariant(c) : c) + (random.Next(4) == 0 ? random.Pick(" -./\u00a0\t", 1) : "")));

    private static string Pick(this Random random, string from, int count) => new(random.GetItems<char>(from, count));
}
