namespace Dunning.Service.Rendering;

/// <summary>The languages there are texts in, and which of them someone else's language is answered in.</summary>
public static class TextLanguage
{
    public const string French = "fr";
    public const string English = "en";
    public const string Dutch = "nl";
    public const string German = "de";

    public static IReadOnlyList<string> All { get; } = [French, English, Dutch, German];

    /// <summary>"fr" and "fr-BE" read French; every language without texts reads English.</summary>
    public static string Closest(string language)
    {
        var primary = language.Split('-', '_')[0];
        return All.FirstOrDefault(known => known.Equals(primary, StringComparison.OrdinalIgnoreCase)) ?? English;
    }
}
