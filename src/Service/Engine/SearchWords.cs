using System.Text;
using Dunning.Domain;

namespace Dunning.Service.Engine;

/// <summary>
/// What is searched and what is searched for, brought to one spelling: small letters without accents. Unlike in <see cref="Spelling"/> spaces and punctuation stay:
/// words and parts of addresses are looked for. Stores keep it.
/// </summary>
public static class SearchWords
{
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿčďěľňřšťůžąćęłńśźżőű";
    private const string Plain = "aaaaaaceeeeiiiinoooooouuuuyycdelnrstuzacelnszzou";

    public static string Of(CaseFile file) => Fold($"{file.Invoice.Number}\n{file.Debtor.Name}\n{file.Debtor.Id}\n{file.Debtor.Email}");

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.ToLowerInvariant())
            _ = letter switch
            {
                < '\u0080' => folded.Append(letter),
                'œ' => folded.Append("oe"),
                'æ' => folded.Append("ae"),
                'ß' => folded.Append("ss"),
                _ => folded.Append(Accented.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var place ? Plain[place] : letter),
            };
        return folded.ToString();
    }

    /// <summary>The words somebody looks for, each of them folded.</summary>
    public static IReadOnlyList<string> Split(string text) => Fold(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
