using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Api.Routing;

/// <summary>What a platform tells of a case.</summary>
public sealed class FactRoutes(FactOperations facts) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Of(string name, string route, string summary, Func<ApiRequest, Task<Answer>> handle, object? example) =>
                new(name, "POST", $"/api/invoices/{{id}}/{route}", Role.Ingest, summary, handle) { Group = "Facts", Example = example, Response = typeof(FactView), SuccessStatus = 202, Foresees = typeof(ConsequenceView) };
            yield return Of("addPayment", "payments", "Money arrived", facts.Payment, Examples.Payment);
            yield return Of("addReversal", "reversals", "Money came back", facts.Reversal, new { id = "rev-1", paymentId = "pay-1" });
            yield return Of("addPendingPayment", "pending-payments", "Money is on its way: a debit, a card, a cheque", facts.PendingPayment, new { id = "debit-1", expectedOn = "2026-11-12", amount = 500.00m });
            yield return Of("failPendingPayment", "pending-payments/{pending}/failed", "It did not arrive", facts.PendingPaymentFailed, new { reason = "insufficient funds" }) with { BodyOptional = true };
            yield return Of("addCreditNote", "credit-notes", "A credit note was issued", facts.CreditNote, new { id = "cn-1", amount = 100.00m, date = "2026-11-10" });
            yield return Of("judgeDuplicate", "payments/{payment}/duplicate", "A person's word on a possible duplicate", facts.Duplicate, new { sameMoney = true }) with { Role = Role.Operator };
            yield return Of("addPromise", "promises", "The debtor promises to pay", facts.Promise, new { id = "promise-1", date = "2026-11-20", amount = 500.00m });
            yield return Of("addDispute", "disputes", "The debtor disputes the invoice, or part of it", facts.Dispute, new { id = "dispute-1", kind = "commercial", code = "quality", amount = 120.00m, note = "Two crates were damaged." });
            yield return Of("resolveDispute", "disputes/{dispute}/resolve", "upheld, credited or rejected", facts.Resolve, new { outcome = "credited", amount = 60.00m }) with { Role = Role.Operator };
            yield return Of("addPlan", "plans", "A payment plan, agreed; or proposed by the debtor", facts.Plan, Examples.Plan);
            yield return Of("addReply", "replies", "The debtor answered", facts.Reply, new { id = "reply-1", channel = "email", from = "compta@example.org", at = "2026-11-02T09:30:00+01:00", text = "Nous payons vendredi." });
            yield return Of("classifyReply", "replies/{reply}/classify", "A person read the answer", facts.ClassifyReply, new { meaning = "promise" }) with { Role = Role.Operator };
        }
    }
}
