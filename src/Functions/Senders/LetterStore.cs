using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Dunning.Service.Audit;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;

namespace Dunning.Functions.Senders;

/// <summary>
/// Keeps letters in Blob storage, for whoever posts them. The hash of its content is part of a letter's name: written once, never changed, and the
/// same letter twice is one blob.
/// </summary>
public sealed class LetterStore(BlobServiceClient blobs, TimeProvider clock) : IMessageSender, ISentCopies
{
    public const string Container = "letters";

    /// <summary>How long a link opens a letter: long enough to print it, too short to be passed around.</summary>
    public static readonly TimeSpan LinkLasts = TimeSpan.FromMinutes(10);

    // Clocks differ by a little: a key that begins now would not be valid yet.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Makes the container on a machine; in Azure the installation made it, and the app may not be allowed to.</summary>
    public async Task Prepare(CancellationToken ct)
    {
        try
        {
            await blobs.GetBlobContainerClient(Container).CreateIfNotExistsAsync(cancellationToken: ct);
        }
        catch (RequestFailedException refused) when (refused.Status == 403)
        {
        }
    }

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        var blob = Blob(message);
        try
        {
            await blob.UploadAsync(new BinaryData(Bytes(message)), Options(message), ct);
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.BlobAlreadyExists || failure.ErrorCode == BlobErrorCode.BlobImmutableDueToPolicy)
        {
            // It is there already, byte for byte: its name says so.
        }
        catch (RequestFailedException failure) when (failure.Status is >= 400 and < 500 and not 408 or 503 || Unreached.Is(failure.InnerException))
        {
            return new SendOutcome.TryAgain(TimeSpan.FromMinutes(5), $"the letter store answered {failure.Status}");
        }
        catch (AuthenticationFailedException)
        {
            return new SendOutcome.TryAgain(TimeSpan.FromMinutes(15), "the app's identity got no token for the letter store");
        }
        catch (Exception failure) when (failure is RequestFailedException or OperationCanceledException or IOException or AggregateException)
        {
            // Written anew on another day it would say another day, and be a second letter: whether it is there is asked first.
            return new SendOutcome.Uncertain("the answer of the letter store was lost");
        }
        return new SendOutcome.Accepted(blob.Name);
    }

    public async Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct)
    {
        var blob = Blob(message);
        return await blob.ExistsAsync(ct) ? new SendOutcome.Accepted(blob.Name) : new SendOutcome.TryAgain(TimeSpan.Zero, "it never reached the letter store");
    }

    /// <summary>An address that opens the letter for some minutes, without any other right; null when it is not stored.</summary>
    public async Task<(Uri Url, DateTimeOffset ExpiresAt)?> Link(OutgoingMessage message, CancellationToken ct)
    {
        var blob = Blob(message);
        if (!await blob.ExistsAsync(ct))
            return null;
        var (starts, expires) = (clock.GetUtcNow() - Skew, clock.GetUtcNow() + LinkLasts);
        var key = await blobs.GetUserDelegationKeyAsync(starts, expires, ct);
        var sas = new BlobSasBuilder(BlobSasPermissions.Read, expires) { BlobContainerName = Container, BlobName = blob.Name, Resource = "b", StartsOn = starts, Protocol = SasProtocol.Https };
        return (blob.GenerateUserDelegationSasUri(sas, key.Value), expires);
    }

    /// <summary>A letter that the container is made to keep stays until its time is over.</summary>
    public async Task Erase(string creditor, string caseId, CancellationToken ct)
    {
        var container = blobs.GetBlobContainerClient(Container);
        await foreach (var letter in container.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{creditor}/{caseId}/" }, ct))
            try
            {
                await container.DeleteBlobIfExistsAsync(letter.Name, cancellationToken: ct);
            }
            catch (RequestFailedException kept) when (kept.ErrorCode == BlobErrorCode.BlobImmutableDueToPolicy)
            {
            }
    }

    private BlobClient Blob(OutgoingMessage message)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Bytes(message)))[..32];
        return blobs.GetBlobContainerClient(Container).GetBlobClient($"{message.Creditor}/{message.Key.Case}/{message.Key.Step}.{message.Key.Sending}.{hash}.pdf");
    }

    private static BlobUploadOptions Options(OutgoingMessage message) => new()
    {
        Conditions = new() { IfNoneMatch = ETag.All },
        HttpHeaders = new() { ContentType = "application/pdf" },
        // Sent as headers: plain ASCII only, and nothing of the debtor.
        Metadata = new Dictionary<string, string>
        {
            ["case"] = message.Key.Case,
            ["step"] = Uri.EscapeDataString(message.Key.Step),
            ["registered"] = message.Registered ? "true" : "false",
            ["writtenOn"] = message.WrittenAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        },
    };

    private static byte[] Bytes(OutgoingMessage message) => message.Pdf ?? throw new ArgumentException($"{message.Key} is no letter.");
}
