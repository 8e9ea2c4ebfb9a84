using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Store;

public sealed class DebtorListTests : DebtorsContract, IDisposable
{
    private readonly TempStore _temp = new();

    protected override ICaseStore Store => _temp.Store;

    protected override ICaseLists Lists => _temp.Store;

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_database_from_before_has_the_debtors_of_its_cases_from_its_next_opening_on()
    {
        await Store.Append([Samples.Register("c0"), Samples.Register("c1", debtor: "durand")], CancellationToken.None);
        _temp.Tamper("DROP TABLE debtors", "DROP INDEX cases_owed");
        var debtors = (await _temp.Reopen().Debtors(new() { Sort = "name" }, CancellationToken.None)).Items;
        Assert.Equal(["durand 1", "martin 1"], debtors.Select(d => $"{d.Id} {d.Open}"));
    }
}
