using Dunning.Service.Letters.Pdf;

namespace Dunning.Service.Letters;

internal enum Face
{
    Regular,
    Bold,
    Italic,
}

/// <summary>Open Sans in three faces, read from the program itself once.</summary>
internal static class LetterFonts
{
    /// <summary>By <see cref="Face"/>.</summary>
    public static IReadOnlyList<TrueTypeFont> All { get; } =
        [Read("OpenSans", "Regular"), Read("OpenSans-Bold", "Bold"), Read("OpenSans-Italic", "Italic")];

    private static TrueTypeFont Read(string name, string face)
    {
        using var stream = typeof(LetterFonts).Assembly.GetManifestResourceStream($"OpenSans-{face}.ttf")
            ?? throw new InvalidOperationException($"The program was built without OpenSans-{face}.ttf.");
        var data = new byte[stream.Length];
        stream.ReadExactly(data);
        return new(name, data);
    }
}
