using Dunning.Service.Api.Operations;

namespace Dunning.Service.Api.Routing;

/// <summary>Creditors, policies and keys.</summary>
public sealed class TenantRoutes(TenantOperations tenants, PolicyOperations policies) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Of(string name, string method, string route, Role role, string summary, Func<ApiRequest, Task<Answer>> handle, object? example = null) =>
                new(name, method, "/api/" + route, role, summary, handle) { Group = "Settings", Example = example };
            yield return Of("listCreditors", "GET", "creditors", Role.Read, "Creditors", tenants.ListCreditors) with { Query = ["cursor", "limit"], Response = typeof(PageView<CreditorView>) };
            yield return Of("putCreditor", "PUT", "creditors/{id}", Role.Admin, "Who is owed", tenants.PutCreditor, Examples.Creditor) with { Response = typeof(CreditorView) };
            yield return Of("getCreditor", "GET", "creditors/{id}", Role.Read, "A creditor", tenants.GetCreditor) with { Response = typeof(CreditorView) };
            yield return Of("putLedger", "PUT", "creditors/{id}/ledger", Role.Ingest, "The date up to which the books are known", tenants.PutLedger, new { asOf = "2026-10-31" }) with { Response = typeof(CreditorView) };
            yield return Of("putCreditorSending", "PUT", "creditors/{id}/sending", Role.Operator, "The creditor's stop switch", tenants.PutCreditorSending, new { stopped = true }) with { Response = typeof(CreditorView) };
            yield return Of("getSending", "GET", "sending", Role.Read, "The global stop switch", tenants.GetSending);
            yield return Of("putSending", "PUT", "sending", Role.Admin, "The global stop switch", tenants.PutSending, new { stopped = true, reason = "Wrong price list" });
            yield return Of("listPolicies", "GET", "policies", Role.Read, "Policies, the creditor's own first", policies.List) with { Query = ["creditor"] };
            yield return Of("getPolicy", "GET", "policies/{name}", Role.Read, "A policy", policies.Get) with { Query = ["creditor", "version"] };
            yield return Of("putPolicy", "PUT", "policies/{name}", Role.Admin, "A new version of a policy", policies.Put, Examples.Policy) with { Query = ["creditor"], Foresees = typeof(System.Text.Json.Nodes.JsonObject), SuccessStatus = 201 };
            yield return Of("listKeys", "GET", "keys", Role.Admin, "API keys, without their secrets", tenants.ListKeys) with { Query = ["cursor", "limit"], Response = typeof(PageView<KeyView>) };
            yield return Of("addKey", "POST", "keys", Role.Admin, "A new API key; its secret is shown once", tenants.AddKey, new { name = "Accounting", role = "ingest", creditors = new[] { "demo" } }) with { Response = typeof(NewKeyView), SuccessStatus = 201 };
            yield return Of("revokeKey", "POST", "keys/{id}/revoke", Role.Admin, "Take a key away", tenants.RevokeKey) with { BodyOptional = true };
        }
    }
}
