using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Casework;

/// <summary>What can be done about a task: its own answers, and for what asks nothing, that it is done.</summary>
internal static class TaskActs
{
    public static bool IsQuestion(string kind) => kind is "approval" or "uncertainMessage" or "possibleDuplicate" or "reply" or "unpostedLetter";

    public static IEnumerable<(string Act, string? On)> Of(TaskView task)
    {
        var about = task.Subject;
        IEnumerable<(string, string?)> own = task.Kind switch
        {
            "approval" => [("approve", task.Step), ("reject", task.Step)],
            "call" => [("call", task.Step)],
            "uncertainMessage" => [("accepted", about), ("not-sent", about), ("bounced", about)],
            "bouncedMessage" or "refusedMessage" or "undeliverableMessage" => [("contact", null), ("resend", about)],
            "missingAddress" => [("contact", null)],
            "possibleDuplicate" => [("duplicate", about)],
            "reply" => [("classify", about), ("promise", null), ("dispute", null)],
            "planProposal" => [("plan", task.Id)],
            "unpostedLetter" => [("posted", about)],
            "invoiceNotSent" => [("sent", null)],
            "disputeReview" => [("resolve", about)],
            "holdReview" => [("release", null)],
            "planBroken" => [("plan", null)],
            "whatNow" => [("policy", null), ("plan", null), ("write-off", null)],
            _ => [],
        };
        return IsQuestion(task.Kind) || task.Kind == "call" ? own : own.Append(("done", task.Id));
    }

    /// <summary>« Refuser » says more than « Fait » under a proposal.</summary>
    public static string Words(Ui ui, TaskView task, CaseAct act) => (task.Kind, act.Name) switch
    {
        ("planProposal", "done") => ui.Say("Refuser", "Refuse"),
        ("planProposal", "plan") => ui.Say("Accepter", "Agree"),
        (_, "done") => ui.Say("Fait", "Done"),
        _ => act.Title(ui),
    };
}
