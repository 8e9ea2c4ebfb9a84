using Dunning.Domain;
using Dunning.Service.Audit;
using Dunning.Service.Engine;

namespace Dunning.StoreContract;

/// <summary>The list of debtors, told by the cases they have.</summary>
public abstract class DebtorsContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract ICaseStore Store { get; }

    protected abstract ICaseLists Lists { get; }

    [Theory]
    [InlineData("name"), InlineData("-balance")]
    public async Task Walking_all_pages_meets_every_debtor_once_with_what_its_open_cases_owe(string sort)
    {
        await Register(40, i => Samples.Register($"c{i:d2}", creditor: $"creditor-{i % 2}", debtor: $"d{i % 7}", amount: 100 + i, currency: i % 5 == 0 ? "JPY" : "EUR"));
        foreach (var id in (string[])["c00", "c11"])
        {
            var commit = Samples.Fold((await Store.Load(id, Never))!);
            Assert.True(await Store.Commit(commit with { Index = commit.Index with { Status = CaseStatus.Paid, Balance = Money.Zero(commit.Index.Balance.Currency) } }, Never));
        }
        var expected = await Expected();
        foreach (var limit in (int[])[1, 3, 13, 14, 50])
        {
            var walked = await Walk(new() { Sort = sort, Limit = limit });
            Assert.Equal(expected.Order(StringComparer.Ordinal), walked.Select(Told).Order(StringComparer.Ordinal));
            if (sort == "-balance")
                Assert.Equal(walked.Select(Owed).OrderDescending(), walked.Select(Owed));
        }
        Assert.Equal(7, (await Walk(new() { Sort = sort, Creditors = ["creditor-1"], Limit = 2 })).Count);
        Assert.Empty(await Walk(new() { Sort = sort, Creditors = [] }));
        Assert.Equal(["d3", "d3"], (await Walk(new() { Sort = sort, Name = "D3" })).Select(d => d.Id));
        Assert.Equal(14, (await Walk(new() { Sort = sort, Name = "boulángerie-mart" })).Count);
        Assert.Empty(await Walk(new() { Sort = sort, Name = "durand" }));
    }

    [Fact]
    public async Task A_debtor_goes_by_the_name_its_case_last_gave()
    {
        await Register(1, i => Samples.Register("c0"));
        var commit = Samples.Fold((await Store.Load("c0", Never))!);
        Assert.True(await Store.Commit(commit with { Index = commit.Index with { DebtorName = "Zoé & Fils" } }, Never));
        Assert.Equal("Zoé & Fils", Assert.Single(await Walk(new() { Name = "zoe" })).Name);
    }

    [Fact]
    public async Task A_debtor_keeps_its_name_until_the_last_of_its_cases_forgets_it()
    {
        await Register(3, i => Samples.Register($"c{i}"));
        foreach (var (id, name) in new[] { ("c2", "Boulangerie Martin"), ("c0", "Boulangerie Martin"), ("c1", PersonalData.Mark) })
        {
            var commit = Samples.Fold((await Store.Load(id, Never))!);
            Assert.True(await Store.Commit(commit with { State = Erasing.Of(commit.State, PersonalKinds.All), Index = commit.Index with { DebtorName = PersonalData.Mark } }, Never));
            Assert.Equal(name, Assert.Single(await Walk(new())).Name);
        }
        Assert.Empty(await Walk(new() { Name = "boulangerie" }));
    }

    [Theory]
    [InlineData(""), InlineData("x"), InlineData("AAAA"), InlineData("YmFsYW5jZQoxCjE")]
    public async Task A_cursor_of_another_list_is_refused(string cursor) =>
        await Assert.ThrowsAsync<FormatException>(() => Lists.Debtors(new() { Cursor = cursor }, Never));

    private async Task<List<string>> Expected()
    {
        var cases = (await Lists.Cases(new() { Limit = 500 }, Never)).Items;
        return
        [
            .. cases.GroupBy(c => (c.Index.Creditor, c.Index.Debtor)).Select(g => Told(new(
                g.Key.Creditor, g.Key.Debtor, "Boulangerie Martin", g.Count(), g.Count(c => c.Index.Status < CaseStatus.WrittenOff),
                [.. g.Where(c => c.Index.Status < CaseStatus.WrittenOff).GroupBy(c => c.Index.Balance.Currency).OrderBy(b => b.Key.Code, StringComparer.Ordinal).Select(b => b.Aggregate(Money.Zero(b.Key), (sum, c) => sum + c.Index.Balance))]))),
        ];
    }

    private static string Told(ListedDebtor debtor) => $"{debtor.Creditor} {debtor.Id} {debtor.Name} {debtor.Invoices} {debtor.Open} {string.Join(" + ", debtor.Balances)}";

    private static decimal Owed(ListedDebtor debtor) => debtor.Balances.Sum(b => b.Amount);

    private async Task<List<ListedDebtor>> Walk(DebtorFilter filter)
    {
        var walked = new List<ListedDebtor>();
        do
        {
            var page = await Lists.Debtors(filter, Never);
            walked.AddRange(page.Items);
            filter = filter with { Cursor = page.NextCursor };
        }
        while (filter.Cursor is not null);
        return walked;
    }

    private async Task Register(int count, Func<int, CaseAppend> register)
    {
        foreach (var outcome in await Store.Append([.. Enumerable.Range(0, count).Select(register)], Never))
            Assert.IsType<AppendOutcome.Appended>(outcome);
    }
}
