using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Store;

public sealed class DebtorListTests : DebtorsContract, IDisposable
{
    private readonly TempStore _temp = new();

    protected override ICaseStore Store => _temp.Store;

    protected override ICaseLists Lists => _temp.Store;

    public void Dispose() => _temp.Dispose();
}
