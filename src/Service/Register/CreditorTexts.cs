using System.Collections.Concurrent;
using Dunning.Service.Engine;
using Dunning.Service.Rendering;

namespace Dunning.Service.Register;

/// <summary>A text of a creditor's own; null Text is one that was taken back.</summary>
public sealed record CreditorText(string Language, string Name, string? Text);

/// <summary>The texts each creditor sends: those shipped, with its own in their place.</summary>
public sealed class CreditorTexts(Registry registry, TextBook shipped)
{
    // Few creditors write texts of their own; for each only what it had last is kept ready.
    private readonly ConcurrentDictionary<string, (string Stamp, TextBook Book)> _ready = new(StringComparer.Ordinal);

    public TextBook Shipped => shipped;

    public async ValueTask<TextBook> Of(string creditor, CancellationToken ct)
    {
        var own = await Own(creditor, ct);
        if (own.Count == 0)
            return shipped;
        var stamp = string.Join('\n', own.Select(o => $"{o.Id} {o.Kept.Version}"));
        if (_ready.TryGetValue(creditor, out var known) && known.Stamp == stamp)
            return known.Book;
        var book = shipped.With([.. own.Select(o => Source(o.Kept.Value)).OfType<TextSource>()]);
        _ready[creditor] = (stamp, book);
        return book;
    }

    /// <summary>With the version it has, 0 for one that was never written.</summary>
    public async Task<(CreditorText? Text, long Version)> Find(string creditor, TextKey key, CancellationToken ct) =>
        await registry.Texts.Get(Id(creditor, key), ct) is { } found ? (found.Value.Text is null ? null : found.Value, found.Version) : (null, 0);

    /// <summary>What would be wrong with the creditor's texts if this one were among them; or, when it is null, were not.</summary>
    public async Task<IReadOnlyList<string>> Faults(string creditor, TextKey key, string? text, CancellationToken ct)
    {
        try
        {
            var others = (await Own(creditor, ct)).Where(o => o.Id != Id(creditor, key)).Select(o => Source(o.Kept.Value)).OfType<TextSource>();
            shipped.With(text is null ? [.. others] : [.. others, new(key, TextBook.Lines(text))]);
            return [];
        }
        catch (BrokenTexts broken)
        {
            return broken.Faults;
        }
    }

    /// <summary>False if it has changed since that version.</summary>
    public Task<bool> Put(string creditor, TextKey key, string? text, long version, Receipt? receipt, CancellationToken ct) =>
        registry.Texts.Put(Id(creditor, key), creditor, new(key.Language, key.Name, text), version, receipt, ct);

    public async Task<IReadOnlyList<CreditorText>> List(string creditor, CancellationToken ct) => [.. (await Own(creditor, ct)).Select(o => o.Kept.Value)];

    private async Task<IReadOnlyList<(string Id, Shelved<CreditorText> Kept)>> Own(string creditor, CancellationToken ct) =>
        [.. (await registry.Texts.Of(creditor, ct)).Where(t => t.Kept.Value.Text is not null)];

    // A release may no longer know a template: what a creditor wrote for it is kept, and not used.
    private static TextSource? Source(CreditorText text) => TextKey.Parse(text.Language, text.Name, []) is { } key ? new(key, TextBook.Lines(text.Text!)) : null;

    private static string Id(string creditor, TextKey key) => $"{creditor}/{key.Language}/{key.Name}";
}
