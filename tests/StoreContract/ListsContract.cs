using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.StoreContract.Samples;

namespace Dunning.StoreContract;

/// <summary>Lists of cases, whatever keeps them.</summary>
public abstract class ListsContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract ICaseStore Store { get; }

    protected abstract ICaseLists Lists { get; }

    [Theory]
    [InlineData("dueDate"), InlineData("-dueDate"), InlineData("balance"), InlineData("-balance")]
    [InlineData("updatedAt"), InlineData("-updatedAt"), InlineData("number"), InlineData("-number")]
    public async Task Walking_all_pages_meets_every_case_once_in_order_though_many_share_a_sort_key(string sort)
    {
        await Register(97, i => Samples.Register(
            $"c{i:d3}", creditor: $"creditor-{i % 3}", number: $"N{i % 7}", amount: 100 + i % 5, due: new DateOnly(2026, 11, 1).AddDays(i % 4)));
        foreach (var limit in (int[])[1, 2, 7, 96, 97, 98])
        {
            var walked = await Walk(new() { Sort = sort, Limit = limit });
            Assert.Equal(97, walked.Select(c => c.Id).Distinct().Count());
            Assert.Equal(97, walked.Count);
            var keys = walked.Select(c => Key(c, sort)).ToList();
            Assert.Equal(sort[0] == '-' ? keys.OrderDescending() : keys.Order(), keys);
        }
    }

    [Fact]
    public async Task Filters_combine()
    {
        await Register(60, i => Samples.Register(
            $"c{i:d2}", creditor: i % 2 == 0 ? "acme" : "other", debtor: $"d{i % 3}", amount: i + 1, due: new DateOnly(2026, 11, 1).AddDays(i)));
        var all = await Walk(new() { Limit = 7 });
        var filter = new CaseFilter
        {
            Creditors = ["acme"],
            Status = CaseStatus.Scheduled,
            Debtor = "d1",
            DueAfter = new(2026, 11, 3),
            DueBefore = new(2026, 12, 20),
            MinBalance = 10.5m,
            UpdatedSince = Now,
            Limit = 2,
        };
        var expected = all.Where(c => c.Index is { Creditor: "acme", Debtor: "d1", Status: CaseStatus.Scheduled } i
            && i.DueDate > new DateOnly(2026, 11, 3) && i.DueDate < new DateOnly(2026, 12, 20) && i.Balance.Amount >= 10.5m).Select(c => c.Id).ToList();
        Assert.True(expected.Count > 4);
        Assert.Equal(expected, (await Walk(filter)).Select(c => c.Id));
        Assert.Empty(await Walk(filter with { Status = CaseStatus.Paid }));
        Assert.Empty(await Walk(filter with { UpdatedSince = Now.AddTicks(1) }));
        Assert.Empty(await Walk(filter with { Number = "F-c00" }));
    }

    [Theory]
    [InlineData("wake"), InlineData("unread"), InlineData("claim"), InlineData("stopped"), InlineData("aside"), InlineData("task"), InlineData("status")]
    public async Task A_creditor_may_be_called_like_anything_a_store_is_made_of(string creditor)
    {
        await Store.Append([Samples.Register("a", creditor: creditor)], Never);
        Assert.Empty((await Store.Due(Now, 9, Never)).Cases);
        Assert.Empty(await Store.Orphans(Never));
        foreach (var scope in (string?[])[null, creditor, "dueDate", "-dueDate", "status", "debtor", "number"])
            Assert.Empty(await Store.Stopped(scope, Never));
        Assert.Equal(["a"], (await Walk(new() { Creditors = [creditor], Limit = 1 })).Select(c => c.Id));
        Assert.Empty((await Lists.Tasks(new() { Creditors = [creditor] }, Never)).Items);
    }

    [Fact]
    public async Task A_key_scoped_to_some_creditors_sees_theirs_alone()
    {
        await Register(9, i => Samples.Register($"c{i}", creditor: $"creditor-{i % 3}"));
        Assert.Equal(["c0", "c2", "c3", "c5", "c6", "c8"], (await Walk(new() { Creditors = ["creditor-0", "creditor-2", "creditor-0"], Limit = 2 })).Select(c => c.Id));
        Assert.Empty(await Walk(new() { Creditors = ["nobody"] }));
        Assert.Empty(await Walk(new() { Creditors = [] }));
    }

    [Fact]
    public async Task A_listed_case_says_what_its_index_says()
    {
        var register = Samples.Register("a", currency: "JPY", amount: 1200m).With(i => i with { HasClaim = true, IsStopped = true, WakeAt = Now.AddTicks(3) });
        await Store.Append([register], Never);
        var listed = Assert.Single(await Walk(new() { Number = "F-a" }));
        Assert.Equal(register.Created!.Index with { Traits = null }, listed.Index);
        Assert.Equal(Json(register.Created.State), Json(listed.State));
        Assert.Equal(1, listed.Version);
    }

    [Fact]
    public async Task A_case_whose_due_date_or_debtor_moved_is_found_where_it_is_now()
    {
        await Register(3, i => Samples.Register($"c{i}"));
        foreach (var change in (Func<CaseIndex, CaseIndex>[])[i => i with { DueDate = new(2027, 1, 1) }, i => i with { Debtor = "durand" }, i => i with { Status = CaseStatus.Held }])
        {
            var commit = Fold((await Store.Load("c1", Never))!);
            Assert.True(await Store.Commit(commit with { Index = change(commit.Index) }, Never));
            Assert.Equal(change(commit.Index) with { Traits = null }, Assert.Single(await Walk(new()), c => c.Id == "c1").Index);
        }
        Assert.Equal(["c1"], (await Walk(new() { Status = CaseStatus.Held })).Select(c => c.Id));
        Assert.Equal(3, (await Walk(new() { Debtor = "martin" })).Count);
    }

    [Fact]
    public async Task Balances_of_every_currency_compare_in_major_units()
    {
        await Register(4, i => Samples.Register($"c{i}", amount: 10 + i, currency: ((string[])["EUR", "JPY", "KWD", "CLF"])[i]));
        Assert.Equal(["c3", "c2", "c1"], (await Walk(new() { Sort = "-balance", MinBalance = 10.001m })).Select(c => c.Id));
        Assert.Empty(await Walk(new() { MinBalance = decimal.MaxValue }));
    }

    [Fact]
    public async Task What_is_owed_to_a_creditor_is_told_once_for_each_case_as_it_stands()
    {
        await Register(40, i => Samples.Register($"c{i:d2}", creditor: i % 4 == 0 ? "other" : "acme", number: $"N{i % 9}", amount: 100 + i, currency: i % 2 == 0 ? "EUR" : "JPY"));
        var commit = Fold((await Store.Load("c01", Never))!);
        Assert.True(await Store.Commit(commit with { Index = commit.Index with { Status = CaseStatus.Paid, Balance = Money.Zero(commit.Index.Balance.Currency) } }, Never));
        var owed = new List<OwedCase>();
        await foreach (var one in Lists.Owed("acme", Never))
            owed.Add(one);
        var listed = (await Walk(new() { Creditors = ["acme"] })).Select(c => new OwedCase(c.Index.Number, c.Index.Status, c.Index.Balance)).ToList();
        Assert.Equal(30, listed.Count);
        Assert.Contains(listed, c => c is { Status: CaseStatus.Paid, Balance.IsZero: true });
        Assert.Equal(Told(listed), Told(owed));
        await foreach (var _ in Lists.Owed("nobody", Never))
            Assert.Fail("Nothing is owed to nobody.");

        static IEnumerable<string> Told(IEnumerable<OwedCase> cases) => cases.Select(c => $"{c.Number} {c.Status} {c.Balance}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Every_state_of_a_creditor_is_told_once()
    {
        // More than a page of any store.
        await Register(1203, i => Samples.Register($"c{i:d4}", creditor: i % 40 == 0 ? "other" : "acme", number: $"N{i % 9}/{i}", amount: 100 + i));
        var commit = Fold((await Store.Load("c0001", Never))!);
        Assert.True(await Store.Commit(commit, Never));
        var told = new List<CaseState>();
        await foreach (var one in Lists.States("acme", Never))
            told.Add(one);
        Assert.Equal(Enumerable.Range(0, 1203).Where(i => i % 40 != 0).Select(i => $"c{i:d4}"), told.Select(c => c.Id).Order(StringComparer.Ordinal));
        Assert.All(told, c => Assert.Equal(c.Id, c.State.Known!.Id));
        Assert.Equal((await Store.Load("c0001", Never))!.Version, told.Single(c => c.Id == "c0001").Version);
        await foreach (var _ in Lists.States("nobody", Never))
            Assert.Fail("Nobody has cases.");
    }

    [Theory]
    [InlineData(""), InlineData("x"), InlineData("!!!"), InlineData("AAAA"), InlineData("YmFsYW5jZQoxCjE"), InlineData("_____w")]
    public async Task A_cursor_that_is_not_ours_is_refused(string cursor)
    {
        await Assert.ThrowsAsync<FormatException>(() => Lists.Cases(new() { Cursor = cursor }, Never));
        await Assert.ThrowsAsync<FormatException>(() => Lists.Tasks(new() { Cursor = cursor }, Never));
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_refused()
    {
        await Register(3, i => Samples.Register($"c{i}"));
        var page = await Lists.Cases(new() { Limit = 1, Sort = "balance" }, Never);
        await Assert.ThrowsAsync<FormatException>(() => Lists.Cases(new() { Cursor = page.NextCursor, Sort = "-balance" }, Never));
    }

    [Fact]
    public async Task An_order_that_does_not_exist_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Lists.Cases(new() { Sort = "status" }, Never));

    [Fact]
    public async Task A_page_has_room_for_one_at_least() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Lists.Cases(new() { Limit = 0 }, Never));

    [Fact]
    public async Task The_last_page_has_no_cursor_even_when_it_is_full()
    {
        await Register(4, i => Samples.Register($"c{i}"));
        var first = await Lists.Cases(new() { Limit = 2 }, Never);
        var second = await Lists.Cases(new() { Limit = 2, Cursor = first.NextCursor }, Never);
        Assert.NotNull(first.NextCursor);
        Assert.Null(second.NextCursor);
        Assert.Equal(["c0", "c1", "c2", "c3"], first.Items.Concat(second.Items).Select(c => c.Id));
    }

    protected async Task Register(int count, Func<int, CaseAppend> make) => await Store.Append([.. Enumerable.Range(0, count).Select(make)], Never);

    protected async Task<List<ListedCase>> Walk(CaseFilter filter)
    {
        var walked = new List<ListedCase>();
        for (string? cursor = null; ;)
        {
            var page = await Lists.Cases(filter with { Cursor = cursor }, Never);
            Assert.InRange(page.Items.Count, 0, filter.Limit);
            walked.AddRange(page.Items);
            if ((cursor = page.NextCursor) is null)
                return walked;
        }
    }

    protected static IComparable Key(ListedCase listed, string sort) => sort.TrimStart('-') switch
    {
        "dueDate" => listed.Index.DueDate,
        "balance" => listed.Index.Balance.Amount,
        "updatedAt" => listed.Index.UpdatedAt,
        _ => listed.Index.Number,
    };
}
