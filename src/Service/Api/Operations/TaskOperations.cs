using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api.Operations;

public sealed record ListedTaskView(TaskView Task, string CaseId, string Creditor, string Number, decimal Balance, string Currency);

/// <summary>What waits for a person.</summary>
public sealed class TaskOperations(Acknowledger acknowledger, ICaseLists lists)
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
            Cursor = query.Text("cursor", max: 500),
            Limit = int.TryParse(query.Text("limit") ?? "50", out var limit) ? Math.Clamp(limit, 1, 500) : 50,
        };
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        try
        {
            var page = await lists.Tasks(filter, request.Ct);
            return Answer.Ok(new PageView<ListedTaskView>(
                [.. page.Items.Select(t => new ListedTaskView(TaskView.Of(t.Task), t.CaseId, t.Creditor, t.Number, t.Balance.Amount(), t.Balance.Currency.Code))], page.NextCursor));
        }
        catch (FormatException)
        {
            return Answer.Invalid([new("cursor", "invalidCursor", "is not a cursor this list gave.")]);
        }
    }

    public async Task<Answer> Done(ApiRequest request)
    {
        if (await lists.FindTask(request.Route("task"), request.Ct) is not { } found || !request.Caller.Sees(found.Creditor))
            return Answer.NotFound("open task");
        if (OperatorActsAnswer(found.Task.Kind) is { } act && !(found.Task.Kind == TaskKind.UnpostedLetter && request.Body.Has("date")))
            return Answer.Conflict("needsAnAnswer", $"This task is a question: answer it with {act}.");
        return await acknowledger.Acknowledge(request, found.CaseId, _ =>
            found.Task.Kind == TaskKind.UnpostedLetter
                ? request.Body.Date("date", required: true) is { } on ? new LetterPosted(MessageKey.Parse(found.Task.Subject!), on) : null
                : new TaskDone(found.Task.Id, request.Body.Note("note")));
    }

    private static string? OperatorActsAnswer(TaskKind kind) => kind switch
    {
        TaskKind.Approval => "…/steps/{step}/approve or /reject",
        TaskKind.UncertainMessage => "…/messages/{key}/outcome",
        TaskKind.PossibleDuplicate => "…/payments/{payment}/duplicate",
        TaskKind.Reply => "…/replies/{reply}/classify",
        TaskKind.UnpostedLetter => "the date it was posted",
        _ => null,
    };
}
