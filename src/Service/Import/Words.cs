using System.Collections.Frozen;

namespace Dunning.Service.Import;

/// <summary>The words ledgers use for kinds, countries, languages and currencies, compared without case, accents or punctuation.</summary>
internal static class Words
{
    private const int Longest = 64;

    public static readonly Words<string> Kinds = new(
        ("business", "entreprise societe professionnel professionnelle pro business company b2b"),
        ("consumer", "particulier consommateur consommatrice consumer individual b2c"),
        ("public", "public secteurpublic collectivite mairie administration etablissementpublic b2g"));

    public static readonly Words<string> Countries = new(
        ("FR", "france fra"), ("BE", "belgique belgie belgium bel"), ("LU", "luxembourg lux"), ("CH", "suisse switzerland che"),
        ("DE", "allemagne deutschland germany deu"), ("NL", "paysbas nederland netherlands nld"), ("IT", "italie italia italy ita"),
        ("ES", "espagne espana spain esp"), ("GB", "royaumeuni unitedkingdom uk gbr"), ("MC", "monaco mco"));

    public static readonly Words<string> Languages = new(
        ("fr", "francais french fra frfr frbe"), ("en", "anglais english eng engb enus"), ("nl", "neerlandais nederlands dutch nld nlbe"));

    /// <summary>As <see cref="Spelling"/> has it, in lower case; empty when nothing is left or the text is no short word.</summary>
    public static ReadOnlySpan<char> Fold(ReadOnlySpan<char> text, Span<char> folded)
    {
        var length = 0;
        foreach (var original in text)
        {
            var c = Spelling.Fold(original);
            if (c == '\0')
                continue;
            if (length == folded.Length)
                return [];
            folded[length++] = char.ToLowerInvariant(c);
        }
        return folded[..length];
    }

    public static string Fold(string text) => Fold(text, stackalloc char[Longest]).ToString();
}

/// <summary>Folded words and what each stands for, found without allocating.</summary>
internal sealed class Words<T> where T : class
{
    private readonly FrozenDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> known;

    public Words(params ReadOnlySpan<(T Meaning, string Words)> table)
    {
        var all = new Dictionary<string, T>();
        foreach (var (meaning, words) in table)
            foreach (var word in words.Split(' '))
                all.Add(word, meaning);
        known = all.ToFrozenDictionary().GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public T? Find(ReadOnlySpan<char> text) =>
        known.TryGetValue(Words.Fold(text, stackalloc char[64]), out var meaning) ? meaning : null;
}
