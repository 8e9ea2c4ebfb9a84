using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Api.Routing;

/// <summary>Registering, listing and looking at cases.</summary>
public sealed class InvoiceRoutes(InvoiceOperations invoices, ImportOperation import) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Of(string name, string method, string route, Role role, string summary, Func<ApiRequest, Task<Answer>> handle) => new(name, method, route, role, summary, handle) { Group = "Invoices" };
            yield return Of("registerInvoice", "POST", "/api/invoices", Role.Ingest, "Register an invoice to be chased", invoices.Register) with
            {
                Example = Examples.Registration,
                Response = typeof(FactView),
                SuccessStatus = 202,
            };
            yield return Of("listInvoices", "GET", "/api/invoices", Role.Read, "Cases by creditor, status, debtor, number, due date and balance", invoices.List) with
            {
                Response = typeof(PageView<CaseSummary>),
                Query = [.. CaseQuery.Names, "cursor", "limit"],
            };
            yield return Of("importInvoices", "POST", "/api/invoices/import", Role.Ingest, "Import a ledger, CSV or JSON lines; a result per line", import.Import) with
            {
                RawBody = true,
                Response = typeof(ImportResult),
                Query = ["creditor", "start", "dryRun"],
            };
            yield return Of("getInvoice", "GET", "/api/invoices/{id}", Role.Read, "All there is to know of a case", invoices.Get) with { Response = typeof(CaseView) };
            yield return Of("upsertInvoice", "PUT", "/api/creditors/{creditor}/invoices/{number}", Role.Ingest, "Register, or bring contact and due date up to date", invoices.Upsert) with
            {
                Example = Examples.Registration,
                Response = typeof(FactView),
            };
            yield return Of("putDocument", "PUT", "/api/invoices/{id}/document", Role.Ingest, "The invoice's PDF", invoices.PutDocument) with { RawBody = true };
        }
    }
}
