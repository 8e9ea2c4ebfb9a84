using System.IO.Compression;
using System.Text.Json;
using Dunning.Service.Api;
using Dunning.Service.Engine;

namespace Dunning.Service.Postage;

/// <summary>
/// The letters of a day in one ZIP: a PDF each, then what they are, as CSV and as JSON. Read and written one letter at a time; the same letters give the same
/// bytes. Letters of creditors in test mode are left out: nobody should post them.
/// </summary>
public sealed class LetterExport(ICaseStore store)
{
    internal async Task Write(IReadOnlyList<DueLetter> letters, bool bothSides, Stream output, CancellationToken ct)
    {
        var listed = new List<PostedLetter>(letters.Count);
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var due in letters)
        {
            if (await store.FindMessage(due.Key, ct) is not { Test: false } message)
                continue;
            var letter = PostedLetter.Of(due, message, bothSides);
            listed.Add(letter);
            if (letter.File is { } name)
                // A PDF is compressed already.
                await Add(zip, name, message.Pdf!, letter.WrittenAt, CompressionLevel.NoCompression, ct);
        }
        var last = listed.Count > 0 ? listed.Max(l => l.WrittenAt) : (DateTimeOffset?)null;
        await Add(zip, "manifest.csv", LetterManifest.Csv(listed), last, CompressionLevel.Optimal, ct);
        await Add(zip, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(new { Letters = listed }, ApiJson.Options), last, CompressionLevel.Optimal, ct);
    }

    private static async Task Add(ZipArchive zip, string name, byte[] content, DateTimeOffset? at, CompressionLevel level, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name, level);
        entry.LastWriteTime = at ?? new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await using var file = await entry.OpenAsync(ct);
        await file.WriteAsync(content, ct);
    }
}
