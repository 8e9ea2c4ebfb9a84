using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

/// <summary>
/// Cases, lists and documents in Azure Tables, long texts in Azure Blobs. Many programs may use one account at the same time: whoever writes to a case
/// has just looked at it, or is refused. What a method has returned is stored in three places at least.
/// </summary>
/// <remarks>
/// A <see cref="StoreUnavailable"/> says that nothing was stored as far as the account can tell; should a request that got lost be carried out
/// later after all, it is as if it had come from somebody else: told again under the same id it is known, and a claim that nobody answers for is asked after.
/// </remarks>
public sealed partial class AzureStore : ICaseStore, ICaseLists, IDocuments, IPassedOver
{
    private readonly Shelves _shelves;
    private readonly Appending _appending;
    private readonly Committing _committing;

    /// <param name="newId">
    /// Never the same twice; <see cref="Guid.NewGuid"/> unless told. Keys hold it, so that the order in which rows are met depends on it: a simulation draws its own.
    /// </param>
    public AzureStore(TableServiceClient tables, BlobServiceClient blobs, TimeProvider clock, Func<Guid>? newId = null)
    {
        _shelves = new(tables, blobs, clock, newId ?? Guid.NewGuid);
        (_appending, _committing) = (new(_shelves), new(_shelves));
    }

    /// <summary>Creates the tables and the container that are not there yet.</summary>
    /// <exception cref="StoreUnavailable">The account does not answer, or refuses.</exception>
    public async Task Prepare(CancellationToken ct) => await Done(_shelves.Prepare(ct)).OrUnavailable(ct);

    private static async Task<bool> Done(Task work)
    {
        await work;
        return true;
    }
}
