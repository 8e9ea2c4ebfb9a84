using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Api.Routing;

/// <summary>What is owed, and by which rates.</summary>
public sealed class ClaimRoutes(ClaimOperations claims, RateOperations rates) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            yield return new("calculateClaim", "POST", "/api/claims/calculate", Role.Read, "What is owed: principal, interest, indemnity, with segments and articles", claims.Calculate)
            {
                Group = "Claims",
                Example = Examples.Claim,
                Response = typeof(ClaimView),
            };
            yield return new("getClaim", "GET", "/api/invoices/{id}/claim", Role.Read, "What is owed for an invoice at the end of a day, today unless said", claims.OfInvoice)
            {
                Group = "Claims",
                Response = typeof(ClaimView),
                Query = ["asOf"],
            };
            yield return new("listRates", "GET", "/api/rates", Role.Read, "The published rates claims are computed with", rates.List) { Group = "Claims", Response = typeof(PageView<RateView>), Query = ["series"] };
            yield return new("putRate", "PUT", "/api/rates/{series}/{semester}", Role.Admin, "A rate that has been published; or, with a reason, its correction", rates.Put)
            {
                Group = "Claims",
                Example = Examples.Rate,
                Response = typeof(RateView),
                SuccessStatus = 201,
            };
        }
    }
}
