using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Api.Routing;

/// <summary>Documents made for a case.</summary>
public sealed class PaperRoutes(PlanOperations plans, DebitNoteOperations debitNotes) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            yield return new("getPlanDocument", "GET", "/api/invoices/{id}/plans/{plan}/document", Role.Read, "The agreement on a plan as a PDF, to be signed", plans.Document) { Group = "Papers" };
            yield return new("acceptPlan", "POST", "/api/invoices/{id}/plans/{plan}/accepted", Role.Operator, "The debtor signed the agreement, which recognises the debt", plans.Accept)
            {
                Group = "Papers",
                Example = new { date = "2026-11-02", by = "Jeanne Martin, gérante", evidence = "GED 2026-4711" },
                Response = typeof(FactView),
                SuccessStatus = 202,
            };
            yield return new("issueDebitNote", "POST", "/api/invoices/{id}/debit-notes", Role.Operator, "Charge interest and indemnity on a numbered document outside VAT", debitNotes.Issue)
            {
                Group = "Papers",
                Example = new { asOf = "2026-11-02" },
                Response = typeof(DebitNoteView),
                SuccessStatus = 201,
                BodyOptional = true,
            };
            yield return new("getDebitNote", "GET", "/api/invoices/{id}/debit-notes/{number}", Role.Read, "A debit note; format=pdf is the paper", debitNotes.Get)
            {
                Group = "Papers",
                Response = typeof(DebitNoteView),
                Query = ["format"],
            };
        }
    }
}
