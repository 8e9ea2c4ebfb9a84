using System.Text;

namespace Dunning.Service.Engine;

/// <summary>How debtors are looked for: as <see cref="Spelling"/> has it, but keeping the letters of other alphabets, so that no name is left with nothing. Stores keep it.</summary>
public static class DebtorNames
{
    /// <summary>What a debtor is found by, and ordered by: its name, then its id.</summary>
    public static string Key(string name, string id) => $"{Bare(name)}\n{Bare(id)}";

    /// <summary>What is looked for in a <see cref="Key"/>.</summary>
    public static string Bare(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var c in text)
            if (Spelling.Fold(c) is var plain and not '\0')
                bare.Append(plain);
            else if (char.IsLetterOrDigit(c))
                bare.Append(char.ToUpperInvariant(c));
        return bare.ToString();
    }
}
