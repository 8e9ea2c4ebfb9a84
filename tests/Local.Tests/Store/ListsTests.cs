using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.StoreContract;
using static Dunning.StoreContract.Samples;

namespace Dunning.Local.Tests.Store;

public sealed class ListsTests : ListsContract, IDisposable
{
    private readonly TempStore _temp = new();

    protected override ICaseStore Store => _temp.Store;

    protected override ICaseLists Lists => _temp.Store;

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("dueDate", "cases_due")]
    [InlineData("status", "cases_status")]
    [InlineData("debtor", "cases_debtor")]
    [InlineData("number", "cases_number")]
    [InlineData("-balance", "cases_balance")]
    [InlineData("updatedSince", "cases_updated")]
    public async Task Common_lists_read_an_index_in_order(string which, string index)
    {
        var filter = which switch
        {
            "status" => new CaseFilter { Status = CaseStatus.Reminding },
            "debtor" => new() { Debtor = "d" },
            "number" => new() { Number = "n" },
            "-balance" => new() { Sort = "-balance" },
            "updatedSince" => new() { UpdatedSince = Now, Sort = "updatedAt" },
            _ => new(),
        };
        await Register(3, i => Samples.Register($"c{i}"));
        foreach (var after in (bool[])[false, true])
        {
            var plan = _temp.Plan(Dunning.Local.Store.CaseListing.Of(filter).Sql(after));
            Assert.Contains(index, plan, StringComparison.Ordinal);
            if (which is not ("debtor" or "number"))
                Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Due_cases_and_the_next_wake_up_read_their_indexes()
    {
        await Register(1, i => Samples.Register($"c{i}"));
        foreach (var sql in Dunning.Local.Store.DueRows.Statements)
        {
            var plan = _temp.Plan(sql);
            Assert.Matches("cases_(wake|unread)", plan);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        }
    }
}
