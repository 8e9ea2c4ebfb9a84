namespace Dunning.Service.Letters;

/// <summary>The law asks for mentions the letter does not have: it may not be issued, and a person is told which.</summary>
public sealed class LetterIncomplete(string law, IReadOnlyList<string> missing)
    : ArgumentException($"The letter may not be issued without the mentions of {law}: {string.Join("; ", missing)}.")
{
    public IReadOnlyList<string> Missing => missing;
}
