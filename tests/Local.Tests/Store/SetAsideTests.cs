using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Store;

public sealed class SetAsideTests : SetAsideContract, IDisposable
{
    private readonly TempStore _temp = new();

    protected override ICaseStore Store => _temp.Store;

    protected override ICaseLists Lists => _temp.Store;

    public void Dispose() => _temp.Dispose();

    protected override Task Spoil(string caseId, long seq, string body)
    {
        _temp.Store.Dispose();
        _temp.Tamper(
            "DROP TRIGGER IF EXISTS events_are_never_changed",
            $"UPDATE events SET body = cast('{body}' AS BLOB) WHERE seq = {seq} AND case_no = (SELECT no FROM cases WHERE id = '{caseId}')");
        _temp.Reopen();
        return Task.CompletedTask;
    }
}
