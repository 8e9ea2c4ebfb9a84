using System.Text;

namespace Dunning.Service.Rendering;

/// <summary>
/// A message ready to leave. An e-mail and a letter have a subject, only an e-mail has HTML. Markdown is what the other two were made from; a letter's page is
/// laid out from it. Plain is the whole of an SMS or of a call's script.
/// </summary>
public sealed record RenderedText(string? Subject, string Markdown, string Plain, string? Html);

/// <summary>Every text we may send, read and checked once at start; and the same with a creditor's own in their place.</summary>
public sealed class TextBook
{
    private readonly IReadOnlyDictionary<TextKey, TextSource> _sources;
    private readonly Dictionary<TextKey, PreparedText> _texts;

    private TextBook(IReadOnlyDictionary<TextKey, TextSource> sources, Dictionary<TextKey, PreparedText> texts) => (_sources, _texts) = (sources, texts);

    /// <summary>The texts that came with the program, wherever it was started from.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "texts");

    /// <summary>Reads <c>{folder}/{language}/*.md</c>.</summary>
    /// <exception cref="BrokenTexts">At least one text cannot be used; all faults are listed.</exception>
    public static TextBook Load(string folder)
    {
        var faults = new List<string>();
        var sources = Files(folder).Select(path => Read(path, faults)).OfType<TextSource>().ToDictionary(s => s.Key);
        var texts = Prepare(sources, sources.Values, faults);
        faults.AddRange(Gaps(sources));
        return faults.Count == 0 ? new TextBook(sources, texts) : throw new BrokenTexts([.. faults.Distinct()]);
    }

    /// <summary>These texts with a creditor's own in their place. A part of the creditor's own changes every text that includes it.</summary>
    /// <exception cref="BrokenTexts">One of its own cannot be used; all faults are listed.</exception>
    public TextBook With(IReadOnlyList<TextSource> own)
    {
        var sources = new Dictionary<TextKey, TextSource>(_sources);
        foreach (var source in own)
            sources[source.Key] = source;
        var faults = new List<string>();
        var parts = own.Where(s => s.Key.Channel == TextKey.Part).Select(s => s.Key.Language).ToHashSet();
        var touched = sources.Values.Where(s => own.Contains(s) || parts.Contains(s.Key.Language)).ToList();
        var texts = new Dictionary<TextKey, PreparedText>(_texts);
        foreach (var (key, text) in Prepare(sources, touched, faults))
            texts[key] = text;
        return faults.Count == 0 ? new(sources, texts) : throw new BrokenTexts([.. faults.Distinct()]);
    }

    /// <summary>Every text there is, parts too.</summary>
    public IEnumerable<TextSource> Sources => _sources.Values.OrderBy(s => s.Key.File, StringComparer.Ordinal);

    public TextSource? Find(TextKey key) => _sources.GetValueOrDefault(key);

    /// <summary>Whether a policy may use this template on this channel, in any language.</summary>
    public bool Has(string template, string channel) => _texts.ContainsKey(new(TextLanguage.English, template, channel, Consumer: false, null));

    /// <summary>
    /// Writes the text; a consumer gets the consumers' version where there is one, a country its own, and a language without texts gets English.
    /// </summary>
    /// <param name="country">That of the regime: "fr", "be".</param>
    /// <exception cref="ArgumentException">A value the text cannot do without is absent; the message names it.</exception>
    /// <exception cref="KeyNotFoundException">There is no such text.</exception>
    public RenderedText Render(string language, string template, string channel, bool consumer, string? country, TextValues values)
    {
        var key = new TextKey(TextLanguage.Closest(language), template, channel, consumer, country);
        return (Text(key) ?? throw new KeyNotFoundException($"There is no text {key.File}.")).Fill(values);
    }

    /// <summary>Whether a text demands what is due in all. Where it does not, nothing beside the principal is claimed: neither by its code nor on the record.</summary>
    public bool AsksForTotal(string language, string template, string channel, bool consumer, string? country) =>
        Text(new(TextLanguage.Closest(language), template, channel, consumer, country))?.File.Body.Amounts.Any(a => a is "totalDue" or "claim.total") == true;

    /// <summary>Whether a text shows where to pay online.</summary>
    public bool ShowsLink(string language, string template, string channel, bool consumer, string? country) =>
        Text(new(TextLanguage.Closest(language), template, channel, consumer, country))?.File.Body.Prints("payment.link") == true;

    private PreparedText? Text(TextKey key) => key.Substitutes.Select(_texts.GetValueOrDefault).FirstOrDefault(t => t is not null);

    /// <summary>The lines of a text as a file holds them.</summary>
    public static IReadOnlyList<string> Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static Dictionary<TextKey, PreparedText> Prepare(Dictionary<TextKey, TextSource> sources, IEnumerable<TextSource> these, List<string> faults)
    {
        var texts = new Dictionary<TextKey, PreparedText>();
        foreach (var source in these.OrderBy(s => s.Key.File, StringComparer.Ordinal))
        {
            var before = faults.Count;
            if (source.Key.Channel == TextKey.Part)
            {
                // A part is judged by itself too: one that no text includes yet is no place for faults to hide.
                _ = TextFile.Parse(source, Part(source), faults);
                continue;
            }
            var text = new PreparedText(TextFile.Parse(source, Part(source), faults));
            if (faults.Count == before)
                faults.AddRange(TextCheck.Faults(text));
            texts.Add(source.Key, text);
        }
        return texts;

        Func<string, TextSource?> Part(TextSource of) => name => sources.GetValueOrDefault(new(of.Key.Language, name, TextKey.Part, false, null));
    }

    // Ordered, so that the same faults are always told in the same order. Hidden files are an editor's or a desktop's.
    private static IEnumerable<string> Files(string folder) =>
        (Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [])
            .SelectMany(Directory.EnumerateFiles)
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Order(StringComparer.Ordinal);

    private static TextSource? Read(string path, List<string> faults)
    {
        var (language, name) = (Path.GetFileName(Path.GetDirectoryName(path)) ?? "", Path.GetFileName(path));
        if (!name.EndsWith(".md", StringComparison.Ordinal))
        {
            faults.Add($"{language}/{name}:1: a text is called <template>.<channel>.md");
            return null;
        }
        if (TextKey.Parse(language, name[..^3], faults) is not { } key)
            return null;
        try
        {
            return new(key, Lines(File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true))));
        }
        catch (DecoderFallbackException)
        {
            faults.Add($"{key.File}:1: the file is not UTF-8");
            return null;
        }
    }

    // A missing version would not show: a consumer's formal notice would silently be the one for businesses.
    private static IEnumerable<string> Gaps(Dictionary<TextKey, TextSource> texts)
    {
        if (texts.Count == 0)
            return ["there is no text at all"];
        return texts.Keys.Concat(texts.Keys.Select(key => key with { Consumer = false, Country = null }))
            .SelectMany(key => TextLanguage.All.Select(language => key with { Language = language })).Distinct()
            .Where(key => !texts.ContainsKey(key))
            .Select(key => $"{key.File}:1: missing; another text calls for it")
            .Order(StringComparer.Ordinal);
    }
}
