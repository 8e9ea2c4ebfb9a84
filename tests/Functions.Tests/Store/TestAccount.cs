using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Dunning.Functions.Store;
using Dunning.StandIns;

namespace Dunning.Functions.Tests.Store;

/// <summary>A storage account of its own for each test, and a store on it.</summary>
internal sealed class TestAccount
{
    private static int _accounts;

    private TestAccount(string name)
    {
        (Tables, Blobs) = (TableAccount.At(new Uri($"https://{name}.table.example")), BlobAccount.At(new Uri($"https://{name}.blob.example")));
        Store = Open();
    }

    public TableAccount Tables { get; }

    public BlobAccount Blobs { get; }

    public AzureStore Store { get; }

    public Wire Wire => Tables.Wire;

    public static async Task<TestAccount> Create()
    {
        var account = new TestAccount($"test{Interlocked.Increment(ref _accounts)}");
        await account.Store.Prepare(CancellationToken.None);
        account.Wire.Forget();
        return account;
    }

    /// <summary>Another program on the same account.</summary>
    public AzureStore Open() => new(new TableServiceClient(Tables.Endpoint), new BlobServiceClient($"BlobEndpoint={Blobs.Endpoint}"), Tables.Clock);

    public TableClient Table(string name) => new TableServiceClient(Tables.Endpoint).GetTableClient(name);
}
