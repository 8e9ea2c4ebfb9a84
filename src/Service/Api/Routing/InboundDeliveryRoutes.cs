using Dunning.Service.Api.Operations;

namespace Dunning.Service.Api.Routing;

/// <summary>What payment providers delivered.</summary>
public sealed class InboundDeliveryRoutes(InboundDeliveryOperations inboundDeliveries) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            yield return new("listInboundDeliveries", "GET", "/api/webhook-deliveries", Role.Operator, "What payment providers delivered, and what became of it", inboundDeliveries.List)
            {
                Group = "Money",
                Response = typeof(InboundDeliveryPageView),
                Query = ["creditor", "provider", "outcome", "cursor", "limit"],
            };
            yield return new("processInboundDelivery", "POST", "/api/webhook-deliveries/{id}/process", Role.Operator, "Process a delivery once more", inboundDeliveries.Process)
            {
                Group = "Money",
                Response = typeof(InboundDeliveryView),
                BodyOptional = true,
                SuccessStatus = 202,
            };
            yield return new("seeToInboundDelivery", "POST", "/api/webhook-deliveries/{id}/seen-to", Role.Operator, "A person has seen to a delivery that failed, or to a payout that did", inboundDeliveries.SeenTo)
            {
                Group = "Money",
                Response = typeof(InboundDeliveryView),
                BodyOptional = true,
            };
        }
    }
}
