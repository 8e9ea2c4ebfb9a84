using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;

namespace Dunning.Functions.Senders;

/// <summary>
/// Keeps letters in Blob storage, for whoever posts them. The hash of its content is part of a letter's name: written once, never changed, and the
/// same letter twice is one blob.
/// </summary>
public sealed class LetterStore(BlobServiceClient blobs) : IMessageSender
{
    public const string Container = "letters";

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        var (blob, bytes) = (Blob(message), Bytes(message));
        try
        {
            await blob.UploadAsync(new BinaryData(bytes), Options(message), ct);
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            // It is there already, byte for byte: its name says so.
        }
        catch (RequestFailedException failure)
        {
            // Storing the same letter again stores nothing: there is no doubt to keep.
            return new SendOutcome.TryAgain(TimeSpan.FromMinutes(5), $"the letter store answered {failure.Status}");
        }
        return new SendOutcome.Accepted(blob.Name);
    }

    public async Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct)
    {
        var blob = Blob(message);
        return await blob.ExistsAsync(ct) ? new SendOutcome.Accepted(blob.Name) : new SendOutcome.TryAgain(TimeSpan.Zero, "it never reached the letter store");
    }

    private BlobClient Blob(OutgoingMessage message)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Bytes(message)))[..32];
        return blobs.GetBlobContainerClient(Container).GetBlobClient($"{message.Creditor}/{message.Key.Case}/{message.Key.Step}.{message.Key.Sending}.{hash}.txt");
    }

    private static BlobUploadOptions Options(OutgoingMessage message) => new()
    {
        Conditions = new() { IfNoneMatch = ETag.All },
        HttpHeaders = new() { ContentType = "text/plain; charset=utf-8" },
        Metadata = new Dictionary<string, string>
        {
            ["case"] = message.Key.Case,
            ["step"] = message.Key.Step,
            ["registered"] = message.Registered ? "true" : "false",
            ["writtenOn"] = message.WrittenAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        },
    };

    private static byte[] Bytes(OutgoingMessage message) => Encoding.UTF8.GetBytes($"{message.To}\n\n{message.Body}\n");
}
