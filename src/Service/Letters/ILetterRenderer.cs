namespace Dunning.Service.Letters;

/// <summary>Makes the document that is printed, posted and kept. The same letter is the same bytes.</summary>
public interface ILetterRenderer
{
    /// <returns>A PDF file.</returns>
    /// <exception cref="LetterNotDrawable">The letter has characters that cannot be drawn as they should be.</exception>
    byte[] Render(Letter letter);
}
