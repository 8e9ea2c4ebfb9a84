using Dunning.Service.Api;
using Dunning.Service.Api.Operations;

namespace Dunning.Service.Console.Today;

/// <summary>What needs a person now.</summary>
public sealed class TodayPages : IConsolePages
{
    private const string Most = "200";

    public IEnumerable<Page> Pages => [new("GET", "", Today)];

    private static async Task<PageAnswer> Today(PageRequest r)
    {
        var tasks = await r.Api.Get<PageView<ListedTaskView>>("listTasks", null, ("limit", Most));
        return PageAnswer.Of<TodayPage>(r.Ui.Say("Aujourd’hui", "Today"), ("Tasks", tasks?.Items ?? []));
    }
}
