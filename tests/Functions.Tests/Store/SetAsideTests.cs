using Azure;
using Azure.Data.Tables;
using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Functions.Tests.Store;

public sealed class SetAsideTests : SetAsideContract, IAsyncLifetime
{
    private TestAccount _account = null!;

    protected override ICaseStore Store => _account.Store;

    protected override ICaseLists Lists => _account.Store;

    public async ValueTask InitializeAsync() => _account = await TestAccount.Create();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override async Task Spoil(string caseId, long seq, string body)
    {
        var table = _account.Table("DunningCases");
        var row = (await table.GetEntityAsync<TableEntity>(caseId, $"e!{seq:d10}")).Value;
        row["Body"] = body;
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace);
    }
}
