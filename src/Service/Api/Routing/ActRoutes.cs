using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Api.Routing;

/// <summary>What operators do with a case.</summary>
public sealed class ActRoutes(ActOperations acts) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Of(string name, string route, string summary, Func<ApiRequest, Task<Answer>> handle, object? example) =>
                new(name, "POST", $"/api/invoices/{{id}}/{route}", Role.Operator, summary, handle) { Group = "Acts", Example = example, Response = typeof(FactView), SuccessStatus = 202, BodyOptional = true, Foresees = typeof(ConsequenceView) };
            yield return Of("hold", "hold", "Silence the case", acts.Hold, new { reason = "Commercial talk", until = "2026-12-01" });
            yield return Of("release", "release", "End the hold", acts.Release, new { });
            yield return Of("cancel", "cancel", "Nothing is owed after all", acts.Cancel, new { reason = "Invoiced by mistake" });
            yield return Of("writeOff", "write-off", "Give the balance up", acts.WriteOff, new { reason = "Irrecoverable" });
            yield return Of("logCall", "calls", "A call was made", acts.Call, new { step = "call", outcome = "reached", note = "Will pay on Friday." });
            yield return Of("recordProcedure", "procedure", "What happened in court: filed, ordered, served, opposed, enforceable, ended", acts.Procedure, new { procedure = "paymentOrder", stage = "filed", date = "2026-10-01", reference = "21/2026/000123" }) with { BodyOptional = false };
            yield return Of("changeContact", "contact", "A new address", acts.Contact, new { email = "compta@example.org" }) with { Role = Role.Ingest };
            yield return Of("changeDueDate", "due-date", "Another due date", acts.DueDate, new { dueDate = "2026-11-30" }) with { Role = Role.Ingest };
            yield return Of("amend", "amend", "Another amount", acts.Amend, new { amount = 1100.00m, reason = "Wrong VAT rate" });
            yield return Of("markSent", "sent", "The debtor has the invoice", acts.Sent, new { sentAt = "2026-10-01T09:00:00+02:00" }) with { Role = Role.Ingest };
            yield return Of("movePolicy", "policy", "Another policy", acts.Policy, new { policy = "fr-b2b-fast" });
            yield return Of("approveStep", "steps/{step}/approve", "Let a step leave", acts.Approve, new { });
            yield return Of("rejectStep", "steps/{step}/reject", "Let a step lapse", acts.Reject, new { reason = "A good customer" });
            yield return Of("sendNow", "steps/{step}/send-now", "Do not wait for the nominal date of the next step", acts.SendNow, new { });
            yield return new("previewStep", "GET", "/api/invoices/{id}/steps/{step}/preview", Role.Read, "What a step will say, as things stand", acts.Preview) { Group = "Acts", Response = typeof(PreviewsView) };
            yield return new("previewStepPost", "POST", "/api/invoices/{id}/steps/{step}/preview", Role.Read, "What a step will say, as things stand", acts.Preview) { Group = "Acts", Response = typeof(PreviewsView), BodyOptional = true };
        }
    }
}
