using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Api.Routing;

/// <summary>What waits for a person.</summary>
public sealed class TaskRoutes(TaskOperations tasks) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            yield return new("listTasks", "GET", "/api/tasks", Role.Read, "What waits for a person", tasks.List)
            {
                Group = "Tasks",
                Response = typeof(PageView<ListedTaskView>),
                Query = ["creditor", "kind", "case", "sort", "cursor", "limit"],
            };
            yield return new("countTasks", "GET", "/api/tasks/count", Role.Read, "How many tasks of each kind wait", tasks.Count)
            {
                Group = "Tasks",
                Response = typeof(TaskCountsView),
                Query = ["creditor"],
            };
            yield return new("finishTask", "POST", "/api/tasks/{task}/done", Role.Operator, "It is done", tasks.Done)
            {
                Group = "Tasks",
                Example = new { note = "Called, will pay." },
                Response = typeof(FactView),
                SuccessStatus = 202,
                Foresees = typeof(ConsequenceView),
                BodyOptional = true,
            };
        }
    }
}
