using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.StoreContract.Samples;

namespace Dunning.StoreContract;

/// <summary>Open tasks, whatever keeps them.</summary>
public abstract class TasksContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract ICaseStore Store { get; }

    protected abstract ICaseLists Lists { get; }

    [Fact]
    public async Task Open_tasks_are_listed_the_oldest_first_page_by_page()
    {
        for (var i = 0; i < 20; i++)
            await Register($"c{i:d2}", $"creditor-{i % 3}", Chore($"c{i:d2}", 1, at: Now.AddMinutes(-(i / 4))));
        foreach (var limit in (int[])[1, 3, 20, 50])
        {
            var walked = await Walk(new() { Limit = limit });
            Assert.Equal(20, walked.Select(t => t.Task.Id).Distinct().Count());
            Assert.Equal(walked.Select(t => t.Task.OpenedAt).Order(), walked.Select(t => t.Task.OpenedAt));
        }
    }

    [Fact]
    public async Task Tasks_are_found_by_kind_case_and_creditor()
    {
        await Register("a", "acme", Chore("a", 1), Chore("a", 2, TaskKind.Reply));
        await Register("b", "other", Chore("b", 1));
        Assert.Equal(["a~2"], await Ids(new() { Kind = TaskKind.Reply }));
        Assert.Equal(["a~1", "a~2"], await Ids(new() { CaseId = "a" }));
        Assert.Equal(["a~1"], await Ids(new() { CaseId = "a", Kind = TaskKind.Call, Creditors = ["acme"] }));
        Assert.Empty(await Ids(new() { CaseId = "a", Creditors = ["other"] }));
        Assert.Empty(await Ids(new() { CaseId = "nobody" }));
        Assert.Equal(["b~1"], await Ids(new() { Creditors = ["other"] }));
    }

    [Fact]
    public async Task A_task_tells_its_case_and_is_gone_once_a_commit_closes_it()
    {
        await Register("a", "acme", Chore("a", 1), Chore("a", 2));
        var found = await Lists.FindTask("a~1", Never);
        Assert.Equal(new ListedTask(Chore("a", 1), "a", "acme", "F-a", Money.Of(1200m, Currency.Euro)) { DueDate = new(2026, 10, 31), DebtorName = "Boulangerie Martin" }, found);
        var stored = (await Store.Load("a", Never))!;
        await Store.Commit(Fold(stored) with { Closed = ["a~1"], Opened = [Chore("a", 3)] }, Never);
        Assert.Null(await Lists.FindTask("a~1", Never));
        Assert.Equal(["a~2", "a~3"], await Ids(new()));
    }

    private async Task Register(string id, string creditor, params CaseTask[] tasks)
    {
        var register = Samples.Register(id, creditor);
        await Store.Append([register with { Created = register.Created! with { Opened = tasks } }], Never);
    }

    private async Task<IEnumerable<string>> Ids(TaskFilter filter) => (await Walk(filter)).Select(t => t.Task.Id);

    private async Task<List<ListedTask>> Walk(TaskFilter filter)
    {
        var walked = new List<ListedTask>();
        for (string? cursor = null; ;)
        {
            var page = await Lists.Tasks(filter with { Cursor = cursor }, Never);
            walked.AddRange(page.Items);
            if ((cursor = page.NextCursor) is null)
                return walked;
        }
    }
}
