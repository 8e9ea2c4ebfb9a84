using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Functions.Tests.Store;

public sealed class AzureCaseStoreTests : CaseStoreContract, IAsyncLifetime
{
    private TestAccount _account = null!;

    protected override ICaseStore Store => _account.Store;

    public async ValueTask InitializeAsync() => _account = await TestAccount.Create();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class AzureListsTests : ListsContract, IAsyncLifetime
{
    private TestAccount _account = null!;

    protected override ICaseStore Store => _account.Store;

    protected override ICaseLists Lists => _account.Store;

    public async ValueTask InitializeAsync() => _account = await TestAccount.Create();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class AzureDebtorsTests : DebtorsContract, IAsyncLifetime
{
    private TestAccount _account = null!;

    protected override ICaseStore Store => _account.Store;

    protected override ICaseLists Lists => _account.Store;

    public async ValueTask InitializeAsync() => _account = await TestAccount.Create();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class AzureTasksTests : TasksContract, IAsyncLifetime
{
    private TestAccount _account = null!;

    protected override ICaseStore Store => _account.Store;

    protected override ICaseLists Lists => _account.Store;

    public async ValueTask InitializeAsync() => _account = await TestAccount.Create();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class AzureDocumentsTests : DocumentsContract, IAsyncLifetime
{
    private TestAccount _account = null!;

    protected override ICaseStore Store => _account.Store;

    protected override IDocuments Documents => _account.Store;

    public async ValueTask InitializeAsync() => _account = await TestAccount.Create();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class AzureAuditTests : AuditContract, IAsyncLifetime
{
    private TestAccount _account = null!;

    protected override ICaseStore Store => _account.Store;

    protected override ICaseLists Lists => _account.Store;

    protected override IDocuments Documents => _account.Store;

    public async ValueTask InitializeAsync() => _account = await TestAccount.Create();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class AzureLogTests : LogContract, IAsyncLifetime
{
    private TestAccount _account = null!;

    protected override ICaseStore Store => _account.Store;

    protected override ICaseLists Lists => _account.Store;

    public async ValueTask InitializeAsync()
    {
        _account = await TestAccount.Create();
        await Begin();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override Task<long?> FirstBroken(string caseId) => _account.Store.FirstBroken(caseId, CancellationToken.None);
}
