using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Upcoming;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api.Operations;

public sealed record ListedTaskView(TaskView Task, string CaseId, string Creditor, string Number, decimal Balance, string Currency)
{
    public DateOnly DueDate { get; init; }

    public string DebtorName { get; init; } = "";

    public static ListedTaskView Of(ListedTask t) =>
        new(TaskView.Of(t.Task), t.CaseId, t.Creditor, t.Number, t.Balance.Amount(), t.Balance.Currency.Code) { DueDate = t.DueDate, DebtorName = t.DebtorName };
}

/// <summary>No kind is counted beyond Bound.</summary>
public sealed record TaskCountsView(IReadOnlyList<TaskCountView> Kinds, int Bound);

public sealed record TaskCountView(string Kind, int Count);

/// <summary>What waits for a person.</summary>
public sealed class TaskOperations(Acknowledger acknowledger, ICaseLists lists, LocalToday days)
{
    public async Task<Answer> List(ApiRequest request)
    {
        var query = request.QueryAsBody();
        var creditor = query.Text("creditor");
        var kind = query.OneOf("kind", Enum.GetValues<TaskKind>().ToDictionary(ApiJson.Name, k => (TaskKind?)k));
        var filter = new TaskFilter
        {
            Creditors = creditor is null ? request.Caller.Creditors : request.Caller.Sees(creditor) ? [creditor] : [],
            Kind = kind,
            CaseId = query.Text("case"),
            Sort = query.Text("sort") ?? "openedAt",
            Today = await days.Of(request, creditor),
            Cursor = query.Text("cursor", max: 500),
            Limit = Paging.Limit(query),
        };
        if (filter.Sort is not ("openedAt" or "-risk"))
            query.Add("sort", "unknownValue", "must be openedAt or -risk.");
        else if (filter.Sort == "-risk" && !lists.CanSearch)
            query.Add("sort", "notOffered", "needs an index that this host does not keep.");
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        try
        {
            var page = await lists.Tasks(filter, request.Ct);
            return Answer.Ok(new PageView<ListedTaskView>(
                [.. page.Items.Select(ListedTaskView.Of)], page.NextCursor));
        }
        catch (FormatException)
        {
            return Answer.Invalid([new("cursor", "invalidCursor", "is not a cursor this list gave.")]);
        }
    }

    /// <summary>How many wait, by kind: counted as far as anybody reads.</summary>
    public async Task<Answer> Count(ApiRequest request)
    {
        var query = request.QueryAsBody();
        var creditor = query.Text("creditor");
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        var counts = await lists.CountTasks(creditor is null ? request.Caller.Creditors : request.Caller.Sees(creditor) ? [creditor] : [], CaseListOperations.Bound, request.Ct);
        return Answer.Ok(new TaskCountsView([.. counts.Select(c => new TaskCountView(ApiJson.Name(c.Kind), c.Count))], CaseListOperations.Bound));
    }

    public Task<Answer> Done(ApiRequest request)
    {
        // The id of a task begins with that of its case.
        var id = request.Route("task");
        return acknowledger.Acknowledge(request, id[..Math.Max(0, id.LastIndexOf('~'))], folded =>
        {
            if (folded.File.Tasks.FirstOrDefault(t => t.Id == id) is not { } task)
                return (null, Answer.NotFound("open task"));
            var (date, note) = (request.Body.Date("date"), request.Body.Note("note"));
            if (task.Kind == TaskKind.UnpostedLetter && date is { } on)
                return (new LetterPosted(MessageKey.Parse(task.Subject!), on), null);
            return Question(task.Kind) is { } act
                ? (null, Answer.Conflict("needsAnAnswer", $"This task is a question: answer it with {act}."))
                : (new TaskDone(task.Id, note), null);
        });
    }

    private static string? Question(TaskKind kind) => kind switch
    {
        TaskKind.Approval => "…/steps/{step}/approve or /reject",
        TaskKind.UncertainMessage => "…/messages/{key}/outcome",
        TaskKind.PossibleDuplicate => "…/payments/{payment}/duplicate",
        TaskKind.Reply => "…/replies/{reply}/classify",
        TaskKind.UnpostedLetter => "the date it was posted, as \"date\"",
        _ => null,
    };
}
