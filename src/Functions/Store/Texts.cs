using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Dunning.Functions.Store;

/// <summary>
/// Texts of any length in rows. A property holds 32,768 characters and a row a mebibyte, so a text is cut into several properties, and a really long
/// one lies in a blob that the row names. A blob's name is never used twice: what a row names is what was written with it.
/// </summary>
internal sealed class Texts(BlobContainerClient blobs, Func<string> newId)
{
    public const int MostInline = 4 * Cut;

    private const int Cut = 30_000;
    private const string BlobSuffix = "Blob";

    public static string? BlobOf(TableEntity row, string name) => row.GetString(name + BlobSuffix);

    /// <summary>Every property a text may take, for reads that leave others out.</summary>
    public static IEnumerable<string> Properties(string name) => Enumerable.Range(0, MostInline / Cut + 1).Select(i => Part(name, i)).Append(name + BlobSuffix);

    /// <summary>A long text is stored when this returns; the others with their row.</summary>
    public async Task Set(TableEntity row, string name, string text, CancellationToken ct)
    {
        if (text.Length > MostInline)
        {
            var blob = $"{row.PartitionKey}/{name}-{newId()}";
            await blobs.GetBlobClient(blob).UploadAsync(BinaryData.FromString(text), overwrite: true, ct);
            row[name + BlobSuffix] = blob;
            return;
        }
        for (int start = 0, part = 0; part == 0 || start < text.Length; part++)
        {
            var length = Math.Min(Cut, text.Length - start);
            // Half a character would not survive the way to the service.
            if (start + length < text.Length && char.IsHighSurrogate(text[start + length - 1]))
                length--;
            row[Part(name, part)] = text.Substring(start, length);
            start += length;
        }
    }

    /// <summary>Null when the row has no such text.</summary>
    /// <exception cref="RequestFailedException">404: the blob is gone, because the row was written anew.</exception>
    public async Task<string?> Get(TableEntity row, string name, CancellationToken ct)
    {
        if (BlobOf(row, name) is { } blob)
            return (await blobs.GetBlobClient(blob).DownloadContentAsync(ct)).Value.Content.ToString();
        if (row.GetString(name) is not { } text)
            return null;
        for (var part = 1; row.GetString(Part(name, part)) is { } more; part++)
            text += more;
        return text;
    }

    /// <summary>Takes away the blob of a row that was written anew. One that stays is waste, no harm.</summary>
    public async Task Drop(string? blob)
    {
        if (blob is null)
            return;
        try
        {
            await blobs.DeleteBlobIfExistsAsync(blob);
        }
        catch (Exception failure) when (failure.IsUnavailable())
        {
        }
    }

    private static string Part(string name, int part) => part == 0 ? name : name + part.ToString(CultureInfo.InvariantCulture);
}
