using Dunning.Service.Api.Operations;

namespace Dunning.Service.Api.Routing;

/// <summary>What people work through: lists counted, exported and kept, acts on many cases, and what will leave.</summary>
public sealed class WorklistRoutes(CaseListOperations lists, SavedFilterOperations filters, BulkOperations bulk, UpcomingOperations upcoming, SendingModeOperation mode) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Of(string name, string method, string route, Role role, string summary, Func<ApiRequest, Task<Answer>> handle) => new(name, method, route, role, summary, handle) { Group = "Worklists" };
            yield return Of("countInvoices", "GET", "/api/invoices/count", Role.Read, "How many cases a list holds, counted up to a thousand", lists.Count) with { Response = typeof(CountView), Query = CaseQuery.Names };
            yield return Of("exportInvoices", "GET", "/api/invoices/export", Role.Read, "Every case of a list, as CSV", lists.Export) with { Produces = "text/csv", Query = CaseQuery.Names };
            yield return Of("listFilters", "GET", "/api/filters", Role.Read, "Lists that were kept by a name", filters.List) with { Response = typeof(SavedFiltersView) };
            yield return Of("putFilter", "PUT", "/api/filters/{name}", Role.Read, "Keep a list by a name; without a query, take it back", filters.Put) with
            {
                Example = new { query = "status=held&sort=-risk" },
                Response = typeof(SavedFilterView),
            };
            yield return Of("previewBulk", "POST", "/api/bulk", Role.Operator, "Choose many cases for one act and see what it would do", bulk.Preview) with
            {
                Example = new { act = "hold", filter = new { creditor = "demo", dueBefore = "2026-12-31" }, reason = "Commercial talk", until = "2026-12-01" },
                Response = typeof(BulkView),
            };
            yield return Of("getBulk", "GET", "/api/bulk/{id}", Role.Read, "An act on many cases: what it would do, how far it is, what became of it", bulk.Get) with { Response = typeof(BulkView) };
            yield return Of("applyBulk", "POST", "/api/bulk/{id}/apply", Role.Operator, "Do it, or what is left of it", bulk.Apply) with { Response = typeof(BulkView), BodyOptional = true };
            yield return Of("listUpcoming", "GET", "/api/upcoming", Role.Read, "What will leave on a coming day, by default the next business day", upcoming.List) with
            {
                Response = typeof(UpcomingView),
                Query = ["creditor", "date", "cursor", "limit"],
            };
            yield return Of("getCreditorNotice", "GET", "/api/creditors/{id}/notice", Role.Read, "Whether the creditor is told each afternoon what leaves next", upcoming.GetSettings) with { Response = typeof(NoticeSettingsView) };
            yield return Of("putCreditorNotice", "PUT", "/api/creditors/{id}/notice", Role.Admin, "Tell the creditor each afternoon what leaves next", upcoming.PutSettings) with
            {
                Example = new { enabled = true, to = "compta@example.org" },
                Response = typeof(NoticeSettingsView),
            };
            yield return Of("getSendingMode", "GET", "/api/sending/mode", Role.Read, "Whether this host sends: live, redirect, outbox or off", mode.Get) with { Response = typeof(SendingMode) };
        }
    }
}
