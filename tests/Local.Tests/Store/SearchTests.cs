using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Store;

/// <summary>Whatever is looked for, and in whatever order: what looking at every case would find.</summary>
public sealed class SearchTests : IDisposable
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly DateOnly Today = new(2026, 12, 1);
    private static readonly string[] Names = ["Boulangerie Martin", "Garage Müller", "Élan & Fils", "100 % Bio"];

    private readonly TempStore _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Random_filters_find_what_a_look_at_every_case_finds()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await Fill(random, 150);
        var all = await Walk(new() { Sort = "number", Limit = 500 });
        for (var round = 0; round < 300; round++)
        {
            var filter = Some(random);
            var walked = await Walk(filter);
            var expected = all.Where(c => Matches(c, filter)).ToList();
            Assert.True(expected.Select(c => c.Id).Order(StringComparer.Ordinal).SequenceEqual(walked.Select(c => c.Id).Order(StringComparer.Ordinal)), $"seed {seed}, round {round}: {filter}");
            var keys = walked.Select(c => Key(c, filter)).ToList();
            Assert.True(keys.SequenceEqual(filter.Sort[0] == '-' ? keys.OrderDescending() : keys.Order()), $"seed {seed}, round {round}: {filter}");
            Assert.Equal(Math.Min(expected.Count, 20), await _temp.Store.Count(filter, 20, Never));
        }
    }

    [Fact]
    public async Task What_a_case_is_found_by_follows_each_commit()
    {
        await _temp.Store.Append([Samples.Register("a")], Never);
        Assert.Single(await Walk(new() { Step = "courtesy", Sort = "-risk" }));
        await _temp.Store.Append([new("a", "acme", new CaseEvent.Held("Talk") { Id = "h" }, Samples.Now, "key")], Never);
        await _temp.Store.Commit(Samples.Fold((await _temp.Store.Load("a", Never))!), Never);
        Assert.Single(await Walk(new() { WaitingFor = WaitReason.Hold }));
        await _temp.Store.Append([Samples.Pay("a", "p", 1200m)], Never);
        await _temp.Store.Commit(Samples.Fold((await _temp.Store.Load("a", Never))!), Never);
        Assert.Empty(await Walk(new() { IsOpen = true, Text = "martin" }));
        Assert.Single(await Walk(new() { IsOpen = false, Text = "martin" }));
        Assert.Equal("1", _temp.Ask("SELECT count(*) FROM listed"));
    }

    [Fact]
    public async Task A_database_from_before_is_searched_after_its_next_start()
    {
        await Fill(new(7), 30);
        _temp.Store.Dispose();
        _temp.Tamper("DELETE FROM listed", "DELETE FROM meta WHERE name = 'listed'");
        _temp.Reopen();
        Assert.Empty(await Walk(new() { Text = "martin" }));
        await _temp.Store.Relist(new OnePolicy(), Never);
        Assert.Equal(await Walk(new() { Sort = "dueDate" }) is { Count: 30 } all ? all.Count(c => c.State.Known!.Debtor.Name.Contains("Martin", StringComparison.Ordinal)) : -1, (await Walk(new() { Text = "martin" })).Count);
        Assert.Equal("whole", _temp.Ask("SELECT value FROM meta WHERE name = 'listed'"));
    }

    [Fact]
    public async Task Tasks_come_the_most_at_risk_first_then_the_oldest_and_are_counted_to_a_bound()
    {
        for (var i = 0; i < 30; i++)
        {
            var register = Samples.Register($"c{i:d2}", creditor: $"creditor-{i % 2}", amount: 100 * (1 + i % 3), due: Today.AddDays(-(1 + i % 2)));
            await _temp.Store.Append([register with { Created = register.Created! with { Opened = [Samples.Chore($"c{i:d2}", 1, i % 5 == 0 ? TaskKind.Reply : TaskKind.Call, Samples.Now.AddMinutes(-i))] } }], Never);
        }
        var walked = new List<ListedTask>();
        for (string? cursor = null; ;)
        {
            var page = await _temp.Store.Tasks(new() { Kind = TaskKind.Call, Sort = "-risk", Today = Today, Limit = 4, Cursor = cursor }, Never);
            walked.AddRange(page.Items);
            if ((cursor = page.NextCursor) is null)
                break;
        }
        var risks = walked.Select(t => t.Balance.Amount * (Today.DayNumber - t.DueDate.DayNumber)).ToList();
        Assert.Equal((24, 24), (walked.Count, walked.Select(t => t.CaseId).Distinct().Count()));
        Assert.Equal(risks.OrderDescending(), risks);
        Assert.Equal([new(TaskKind.Call, 10), new(TaskKind.Reply, 6)], await _temp.Store.CountTasks(null, 10, Never));
        await Assert.ThrowsAsync<FormatException>(async () => await _temp.Store.Tasks(new() { Sort = "-risk", Today = Today.AddDays(1), Cursor = (await _temp.Store.Tasks(new() { Sort = "-risk", Today = Today, Limit = 1 }, Never)).NextCursor }, Never));
    }

    private async Task Fill(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var register = Samples.Register($"c{i:d3}", $"creditor-{i % 3}", $"N{i % 40:d2}", $"d{i % 9}", 50 + random.Next(20) * 10, Today.AddDays(random.Next(120) - 100));
            var named = (CaseEvent.Registered)register.Event;
            named = named with { Debtor = named.Debtor with { Name = Names[i % Names.Length], Email = $"box{i}@example.org" } };
            var state = Decider.Decide(DunningCase.Unregistered.Instance, named, Samples.Policy, Samples.Now).State;
            CaseEvent? happened = random.Next(5) switch
            {
                0 => new CaseEvent.Held("Talk") { Id = "h" },
                1 => new CaseEvent.PromiseMade(new DateOnly(2026, 10, 1).AddDays(random.Next(20))) { Id = "p" },
                2 => new CaseEvent.PaymentReceived(named.Invoice.Amount, new(2026, 10, 1), "bank") { Id = "m" },
                _ => null,
            };
            if (happened is not null)
                state = Decider.Decide(state, happened, Samples.Policy, Samples.Now).State;
            await _temp.Store.Append([register with { Event = named, Created = new(register.CaseId, 0, state, CaseIndex.Of(state, Samples.Policy, Samples.Now)) }], Never);
        }
    }

    private static CaseFilter Some(Random random)
    {
        bool Maybe(int of = 4) => random.Next(of) == 0;
        return new()
        {
            Creditors = Maybe() ? ["creditor-1"] : Maybe() ? ["creditor-0", "creditor-2"] : null,
            Status = Maybe(6) ? CaseStatus.Held : Maybe(6) ? CaseStatus.Paid : null,
            IsOpen = Maybe() ? true : Maybe() ? false : null,
            Text = Maybe() ? "elan" : Maybe() ? "MÜLLER n1" : Maybe() ? "100 %" : null,
            Debtor = Maybe(8) ? "d4" : null,
            Number = Maybe(10) ? "N07" : null,
            Step = Maybe(8) ? "first" : null,
            WaitingFor = Maybe(8) ? WaitReason.Promise : null,
            PromisedBy = Maybe(10) ? new DateOnly(2026, 10, 10) : null,
            Policy = Maybe(10) ? "test" : Maybe(10) ? "other" : null,
            DueBefore = Maybe() ? Today.AddDays(-30) : null,
            DueAfter = Maybe() ? Today.AddDays(-80) : null,
            MinBalance = Maybe() ? 100m : null,
            MaxBalance = Maybe() ? 180m : null,
            Today = Today,
            Sort = ((string[])["-risk", "risk", "balance", "-balance", "dueDate", "-dueDate", "number", "-number"])[random.Next(8)],
            Limit = 1 + random.Next(40),
        };
    }

    private static bool Matches(ListedCase item, CaseFilter f)
    {
        var (file, next) = (item.State.Known!, Standing.Next(item.State, Samples.Policy));
        var open = item.State is DunningCase.Open;
        return (f.Creditors?.Contains(file.Creditor) ?? true) && (f.Status is null || item.Index.Status == f.Status) && (f.IsOpen is null || f.IsOpen == open) && (f.Debtor is null || file.Debtor.Id == f.Debtor)
            && (f.Number is null || file.Invoice.Number == f.Number) && (f.Step is null || next.Step == f.Step) && (f.WaitingFor is null || next.WaitingFor == f.WaitingFor)
            && (f.PromisedBy is null || (open && file.Silences.Promise is { Silencing: true } promise && promise.Date <= f.PromisedBy)) && (f.Policy is null || f.Policy == "test")
            && (f.DueBefore is null || file.Invoice.DueDate < f.DueBefore) && (f.DueAfter is null || file.Invoice.DueDate > f.DueAfter)
            && (f.MinBalance is null || file.Balance.Amount >= f.MinBalance) && (f.MaxBalance is null || file.Balance.Amount <= f.MaxBalance)
            && (f.Text is null || SearchWords.Split(f.Text).All(w => $"{file.Invoice.Number} {file.Debtor.Name} {file.Debtor.Id} {file.Debtor.Email}".ToLowerInvariant().Replace('é', 'e').Replace('ü', 'u').Contains(w, StringComparison.Ordinal)));
    }

    private static IComparable Key(ListedCase item, CaseFilter filter) => filter.Sort.TrimStart('-') switch
    {
        "risk" => item.State is DunningCase.Open ? item.Index.Balance.Amount * Math.Max(1, filter.Today.DayNumber - item.Index.DueDate.DayNumber) : 0m,
        "balance" => item.Index.Balance.Amount,
        "dueDate" => item.Index.DueDate,
        _ => item.Index.Number,
    };

    private async Task<List<ListedCase>> Walk(CaseFilter filter)
    {
        var walked = new List<ListedCase>();
        for (string? cursor = null; ;)
        {
            var page = await _temp.Store.Cases(filter with { Cursor = cursor }, Never);
            walked.AddRange(page.Items);
            if ((cursor = page.NextCursor) is null)
                return walked;
        }
    }

    private sealed class OnePolicy : IPolicyBook
    {
        public ValueTask<Policy> Get(PolicyRef policy, CancellationToken ct) => ValueTask.FromResult(Samples.Policy);
    }
}
