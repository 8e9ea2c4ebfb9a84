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
        await using var flow = new Outflow();
        using (var zip = new ZipArchive(flow, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var due in letters)
            {
                if (await store.FindMessage(due.Key, ct) is not { Test: false } message)
                    continue;
                var letter = PostedLetter.Of(due, message, bothSides);
                listed.Add(letter);
                if (letter.File is not { } name)
                    continue;
                // A PDF is compressed already.
                Add(zip, name, message.Pdf!, letter.WrittenAt, CompressionLevel.NoCompression);
                await flow.PassOn(output, ct);
            }
            var last = listed.Count > 0 ? listed.Max(l => l.WrittenAt) : (DateTimeOffset?)null;
            Add(zip, "manifest.csv", LetterManifest.Csv(listed), last, CompressionLevel.Optimal);
            Add(zip, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(new { Letters = listed }, ApiJson.Options), last, CompressionLevel.Optimal);
        }
        await flow.PassOn(output, ct);
    }

    private static void Add(ZipArchive zip, string name, byte[] content, DateTimeOffset? at, CompressionLevel level)
    {
        var entry = zip.CreateEntry(name, level);
        entry.LastWriteTime = at ?? new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var file = entry.Open();
        file.Write(content);
    }
}
