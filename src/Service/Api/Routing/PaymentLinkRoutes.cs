using Dunning.Service.Api.Operations;

namespace Dunning.Service.Api.Routing;

/// <summary>How debtors pay online.</summary>
public sealed class PaymentLinkRoutes(PaymentSettingOperations paymentSettings) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Of(string name, string method, string summary, Func<ApiRequest, Task<Answer>> handle) =>
                new(name, method, "/api/creditors/{creditor}/payments", Role.Admin, summary, handle) { Group = "Money", Response = typeof(PaymentSettingsView) };
            yield return Of("putPaymentSettings", "PUT", "How debtors pay online: the provider that makes links, or an address of the creditor's own", paymentSettings.Put) with { Example = Examples.PaymentSettings, SuccessStatus = 201 };
            yield return Of("getPaymentSettings", "GET", "How debtors pay online; keys by their fingerprints", paymentSettings.Get);
        }
    }
}
