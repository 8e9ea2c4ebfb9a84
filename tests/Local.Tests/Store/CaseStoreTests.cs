using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Store;

public sealed class MemoryStoreTests : CaseStoreContract
{
    protected override ICaseStore Store { get; } = new MemoryStore();
}

public sealed class SqliteStoreTests : CaseStoreContract, IDisposable
{
    private readonly TempStore _temp = new();

    protected override ICaseStore Store => _temp.Store;

    public void Dispose() => _temp.Dispose();
}
