using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;

namespace Dunning.StandIns.Tests.Blobs;

public sealed class BlobTests
{
    private static int _accounts;
    private readonly BlobContainerClient _container;
    private readonly BlobServiceClient _service;

    public BlobTests()
    {
        _service = new($"AccountName=blobs{Interlocked.Increment(ref _accounts)};AccountKey=eA==");
        _container = _service.GetBlobContainerClient("letters");
    }

    [Fact]
    public async Task A_blob_written_once_is_not_overwritten()
    {
        await _container.CreateIfNotExistsAsync();
        var blob = _container.GetBlobClient("a/letter.pdf");
        await blob.UploadAsync(BinaryData.FromString("one"), new BlobUploadOptions
        {
            Conditions = new() { IfNoneMatch = ETag.All },
            HttpHeaders = new() { ContentType = "application/pdf" },
            Metadata = new Dictionary<string, string> { ["case"] = "c-1" },
        });
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(BinaryData.FromString("two")));
        Assert.Equal((409, "BlobAlreadyExists"), (failure.Status, failure.ErrorCode!));
        var read = (await blob.DownloadContentAsync()).Value;
        Assert.Equal(("one", "application/pdf", "c-1"), (read.Content.ToString(), read.Details.ContentType, read.Details.Metadata["CASE"]));
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        var blob = _container.GetBlobClient("x");
        var noContainer = await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(BinaryData.FromString("x"), overwrite: true));
        Assert.Equal((404, "ContainerNotFound"), (noContainer.Status, noContainer.ErrorCode!));
        await _container.CreateIfNotExistsAsync();
        var noBlob = await Assert.ThrowsAsync<RequestFailedException>(() => blob.DownloadContentAsync());
        Assert.Equal((404, "BlobNotFound"), (noBlob.Status, noBlob.ErrorCode!));
        Assert.False((await blob.ExistsAsync()).Value);
        Assert.False((await blob.DeleteIfExistsAsync()).Value);
    }

    [Fact]
    public async Task A_link_lives_no_longer_than_its_key_and_a_key_no_longer_than_seven_days()
    {
        var now = DateTimeOffset.UtcNow;
        await Assert.ThrowsAsync<RequestFailedException>(() => _service.GetUserDelegationKeyAsync(null, now.AddDays(8)));
        var key = (await _service.GetUserDelegationKeyAsync(null, now.AddHours(1))).Value;
        var blob = _container.GetBlobClient("a b/c.pdf");
        var link = blob.GenerateUserDelegationSasUri(BlobSasPermissions.Read, now.AddMinutes(5), key);
        Assert.EndsWith("/letters/a%20b/c.pdf", link.AbsolutePath, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => blob.GenerateUserDelegationSasUri(BlobSasPermissions.Read, now.AddHours(2), key));
    }

    [Fact]
    public async Task A_blob_under_a_policy_is_neither_replaced_nor_deleted()
    {
        await _container.CreateIfNotExistsAsync();
        var blob = _container.GetBlobClient("kept");
        await blob.UploadAsync(BinaryData.FromString("x"), new BlobUploadOptions { ImmutabilityPolicy = new() { ExpiresOn = DateTimeOffset.UtcNow.AddDays(1) } });
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => blob.DeleteIfExistsAsync());
        Assert.Equal("BlobImmutableDueToPolicy", failure.ErrorCode);
    }

    [Fact]
    public async Task Blobs_are_listed_by_prefix()
    {
        await _container.CreateIfNotExistsAsync();
        foreach (var name in (string[])["b/1", "a/2", "a/1"])
            await _container.GetBlobClient(name).UploadAsync(BinaryData.FromString(name));
        var found = new List<string>();
        await foreach (var item in _container.GetBlobsAsync(new GetBlobsOptions { Prefix = "a/" }))
            found.Add(item.Name);
        Assert.Equal(["a/1", "a/2"], found);
    }
}
