namespace Dunning.Service;

/// <summary>
/// How people and programs write what they were given: in any case, with or without accents and punctuation, broken by a bank's line breaks. Compared is what remains:
/// A to Z and digits. Stored keys are made with it (<see cref="Engine.DebtorNames"/>): it stays as it is.
/// </summary>
internal static class Spelling
{
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>FNV-1a, so that what grows by a part need not be hashed from its start.</summary>
    public static ulong Hash(ReadOnlySpan<char> folded, ulong from = Basis)
    {
        foreach (var c in folded)
            from = unchecked((from ^ c) * Prime);
        return from;
    }

    /// <summary>The letters and digits of a text, in upper case.</summary>
    public static string Fold(string text)
    {
        Span<char> folded = text.Length <= 256 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var c in text)
            if (Fold(c) is var plain and not '\0')
                folded[length++] = plain;
        return folded[..length].ToString();
    }

    /// <summary>NUL for what is neither a letter of the Latin alphabet nor a digit. Written out: without culture data string.Normalize leaves accents where they are.</summary>
    public static char Fold(char c) => c switch
    {
        >= 'A' and <= 'Z' or >= '0' and <= '9' => c,
        >= 'a' and <= 'z' => (char)(c - 32),
        'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' or 'À' or 'Á' or 'Â' or 'Ã' or 'Ä' or 'Å' => 'A',
        'ç' or 'Ç' => 'C',
        'è' or 'é' or 'ê' or 'ë' or 'È' or 'É' or 'Ê' or 'Ë' => 'E',
        'ì' or 'í' or 'î' or 'ï' or 'Ì' or 'Í' or 'Î' or 'Ï' => 'I',
        'ñ' or 'Ñ' => 'N',
        'ò' or 'ó' or 'ô' or 'õ' or 'ö' or 'Ò' or 'Ó' or 'Ô' or 'Õ' or 'Ö' => 'O',
        'ù' or 'ú' or 'û' or 'ü' or 'Ù' or 'Ú' or 'Û' or 'Ü' => 'U',
        'ý' or 'ÿ' or 'Ý' or 'Ÿ' => 'Y',
        _ => '\0',
    };
}
