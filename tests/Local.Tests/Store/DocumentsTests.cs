using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Store;

public sealed class DocumentsTests : DocumentsContract, IDisposable
{
    private readonly TempStore _temp = new();

    protected override ICaseStore Store => _temp.Store;

    protected override IDocuments Documents => _temp.Store;

    public void Dispose() => _temp.Dispose();
}

public sealed class TasksTests : TasksContract, IDisposable
{
    private readonly TempStore _temp = new();

    protected override ICaseStore Store => _temp.Store;

    protected override ICaseLists Lists => _temp.Store;

    public void Dispose() => _temp.Dispose();
}

public sealed class AuditStoreTests : AuditContract, IDisposable
{
    private readonly TempStore _temp = new();

    protected override ICaseStore Store => _temp.Store;

    protected override ICaseLists Lists => _temp.Store;

    protected override IDocuments Documents => _temp.Store;

    public void Dispose() => _temp.Dispose();
}
