using System.Text;

namespace Dunning.Service.Rendering;

/// <summary>A message ready to leave. Only an e-mail has a subject.</summary>
public sealed record RenderedText(string? Subject, string Body);

/// <summary>Every text we may send, read and checked once at start.</summary>
public sealed class TextBook
{
    private readonly Dictionary<TextKey, TextFile> texts;

    private TextBook(Dictionary<TextKey, TextFile> texts) => this.texts = texts;

    /// <summary>The texts that came with the program, wherever it was started from.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "texts");

    /// <summary>Reads <c>{folder}/{language}/*.txt</c>.</summary>
    /// <exception cref="BrokenTexts">At least one text cannot be used; all faults are listed.</exception>
    public static TextBook Load(string folder)
    {
        var faults = new List<string>();
        var texts = Files(folder)
            .Select(path => Read(path, faults))
            .OfType<TextFile>()
            .ToDictionary(text => text.Key);
        faults.AddRange(texts.Values.SelectMany(TextCheck.Faults));
        faults.AddRange(Gaps(texts));
        return faults.Count == 0 ? new TextBook(texts) : throw new BrokenTexts(faults);
    }

    /// <summary>Whether a policy may use this template on this channel, in any language.</summary>
    public bool Has(string template, string channel) => texts.ContainsKey(new(TextLanguage.English, template, channel, Consumer: false));

    /// <summary>Writes the text; a consumer gets the consumers' version where there is one, a language without texts gets English.</summary>
    /// <exception cref="ArgumentException">A value the text cannot do without is absent; the message names it.</exception>
    public RenderedText Render(string language, string template, string channel, bool consumer, IReadOnlyDictionary<string, string?> values)
    {
        var key = new TextKey(TextLanguage.Closest(language), template, channel, consumer);
        var text = texts.GetValueOrDefault(key) ?? texts.GetValueOrDefault(key with { Consumer = false })
            ?? throw new KeyNotFoundException($"There is no text {key.File}.");
        return text.Fill(values);
    }

    // Ordered, so that the same faults are always told in the same order. Hidden files are an editor's or a desktop's.
    private static IEnumerable<string> Files(string folder) =>
        (Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [])
            .SelectMany(Directory.EnumerateFiles)
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Order(StringComparer.Ordinal);

    private static TextFile? Read(string path, List<string> faults)
    {
        var language = Path.GetFileName(Path.GetDirectoryName(path)) ?? "";
        if (TextKey.Parse(language, Path.GetFileName(path), faults) is not { } key) return null;
        try
        {
            return TextFile.Parse(key, File.ReadAllLines(path, new UTF8Encoding(false, throwOnInvalidBytes: true)), faults);
        }
        catch (DecoderFallbackException)
        {
            faults.Add($"{key.File}:1: the file is not UTF-8");
            return null;
        }
    }

    // A missing version would not show: a consumer's formal notice would silently be the one for businesses.
    private static IEnumerable<string> Gaps(Dictionary<TextKey, TextFile> texts)
    {
        var wanted = texts.Keys.SelectMany(key => TextLanguage.All.Select(language => key with { Language = language })).Distinct().ToList();
        if (wanted.Count == 0) return ["there is no text at all"];
        var alone = texts.Keys.Where(key => key.Consumer).Select(key => key with { Consumer = false });
        return wanted.Concat(alone).Distinct()
            .Where(key => !texts.ContainsKey(key))
            .Select(key => $"{key.File}:1: missing; another text calls for it");
    }
}
