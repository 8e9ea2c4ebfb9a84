using Azure;
using Azure.Data.Tables.Models;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>Tells the failures of the storage account, which come to everyone, from a refusal of one request.</summary>
internal static class StorageFailure
{
    /// <param name="ct">The caller's: whoever cancels is not told that storage is unavailable. Without it, a cancelled request has run out of time.</param>
    public static bool IsUnavailable(this Exception failure, CancellationToken ct = default) => failure switch
    {
        RequestFailedException refused => refused.Status is 0 or 401 or 403 or 408 or 429 or >= 500
            || refused.ErrorCode == TableErrorCode.TableNotFound || refused.ErrorCode == "ContainerNotFound",
        // What the SDK throws when its own attempts have all failed.
        AggregateException attempts => attempts.InnerExceptions.Count > 0 && attempts.InnerExceptions.All(e => e.IsUnavailable(ct)),
        IOException or HttpRequestException or TimeoutException => true,
        OperationCanceledException => !ct.IsCancellationRequested,
        _ => false,
    };

    /// <summary>A condition that did not hold: the row is there already, is another one, or is gone.</summary>
    public static bool IsRefusal(this RequestFailedException failure) => failure.Status is 404 or 409 or 412 && !failure.IsUnavailable();

    public static async Task<T> OrUnavailable<T>(this Task<T> work, CancellationToken ct)
    {
        try
        {
            return await work;
        }
        catch (Exception failure) when (failure.IsUnavailable(ct))
        {
            throw new StoreUnavailable(Sentence(failure), failure);
        }
    }

    private static string Sentence(Exception failure) => (failure as RequestFailedException ?? failure.InnerException as RequestFailedException)?.Status switch
    {
        401 or 403 => "The storage account refuses this program: see its role assignments and its network rules.",
        404 => "The storage account has not been prepared.",
        429 or 503 => "The storage account is busy.",
        _ => "The storage account does not answer.",
    };
}
