using Dunning.Service.Api.Operations;
using Dunning.Service.Bank;

namespace Dunning.Service.Api.Routing;

/// <summary>Money told by providers and by the bank.</summary>
public sealed class MoneyRoutes(UnmatchedOperations unmatched, WebhookOperations webhooks, WebhookSettingOperations webhookSettings, StatementOperation statements) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            yield return new("listUnmatched", "GET", "/api/unmatched", Role.Read, "Money that arrived and whose invoice nobody is sure of", unmatched.List)
            {
                Group = "Money",
                Response = typeof(PageView<UnmatchedView>),
                Query = ["creditor", "cursor", "limit"],
            };
            yield return new("assignUnmatched", "POST", "/api/unmatched/{id}/assign", Role.Operator, "Say which invoice the money pays (amount where its source did not say), or discard it", unmatched.Assign)
            {
                Group = "Money",
                Response = typeof(AssignedView),
                SuccessStatus = 202,
            };
            yield return new("receiveWebhook", "POST", "/api/webhooks/{provider}/{creditor}", Role.Anonymous, "What a payment provider has to say, authenticated by its signature", webhooks.Receive)
            {
                Group = "Money",
                RawBody = true,
                Response = typeof(WebhookReceipt),
            };
            yield return new("putWebhook", "PUT", "/api/creditors/{creditor}/webhooks/{provider}", Role.Admin, "The secrets a provider signs with, several during a rotation", webhookSettings.Put)
            {
                Group = "Money",
                Response = typeof(WebhookSettingsView),
            };
            yield return new("getWebhook", "GET", "/api/creditors/{creditor}/webhooks/{provider}", Role.Admin, "Their fingerprints", webhookSettings.Get)
            {
                Group = "Money",
                Response = typeof(WebhookSettingsView),
            };
            yield return new("takeStatement", "POST", "/api/statements", Role.Ingest, "Take in a bank statement: camt.053, camt.054 or CSV; a result per line", statements.Take)
            {
                Group = "Money",
                RawBody = true,
                Response = typeof(StatementResult),
                Query = ["creditor", "format", "profile", "account", "dryRun"],
            };
        }
    }
}
