using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Dunning.Service.Audit;

namespace Dunning.Functions.Store;

/// <summary>Digests as blobs, in a container that can be made to keep what is written to it.</summary>
public sealed class DigestBlobs(BlobServiceClient blobs) : IDigestArchive
{
    public const string Container = "digests";

    private BlobContainerClient Digests => blobs.GetBlobContainerClient(Container);

    /// <summary>Makes the container on a machine; in Azure the installation made it, and the app may not be allowed to.</summary>
    public async Task Prepare(CancellationToken ct)
    {
        try
        {
            await Digests.CreateIfNotExistsAsync(cancellationToken: ct);
        }
        catch (RequestFailedException refused) when (refused.Status == 403)
        {
        }
    }

    public async Task Write(string name, byte[] json, CancellationToken ct)
    {
        try
        {
            var how = new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All }, HttpHeaders = new() { ContentType = "application/json" } };
            await Digests.GetBlobClient(name).UploadAsync(new BinaryData(json), how, ct);
        }
        catch (RequestFailedException there) when (there.ErrorCode == BlobErrorCode.BlobAlreadyExists || there.ErrorCode == BlobErrorCode.BlobImmutableDueToPolicy)
        {
        }
    }

    public async Task<byte[]?> Read(string name, CancellationToken ct)
    {
        try
        {
            return (await Digests.GetBlobClient(name).DownloadContentAsync(ct)).Value.Content.ToArray();
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<string>> Names(CancellationToken ct)
    {
        var names = new List<string>();
        await foreach (var blob in Digests.GetBlobsAsync(cancellationToken: ct))
            names.Add(blob.Name);
        return names;
    }
}
