using Dunning.Service.Api;

namespace Dunning.Service.Audit;

/// <summary>
/// Which operations leave an entry in the log of administration: all that change something and stand in the log of no case. The tests hold the two lists complete.
/// </summary>
public static class AuditedActs
{
    /// <summary>What they change is on the record of the case, or of each case they reach; or they change nothing.</summary>
    public static IReadOnlySet<string> OnTheRecordOfCases { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "registerInvoice", "upsertInvoice", "importInvoices", "finishTask", "takeStatement", "postLetters", "receiveWebhook", "receiveTwilio", "receiveEmailReport", "receiveMail",
        "allowEmailReport", "calculateClaim", "simulate", "moveClock",
        // Platforms tell it of every debtor they have; each case it changes says so.
        "putDebtor",
        // Writes its entry itself, before it begins.
        "eraseDebtor",
    };

    /// <summary>The entry of a request that was done; null for one that leaves none.</summary>
    public static AdminEntry? Of(Operation operation, ApiRequest request)
    {
        if (operation.Method is "GET" || request.IsForesight || OnTheRecordOfCases.Contains(operation.Name) || IsOfCase(operation))
            return null;
        return new(0, default, request.Caller.KeyId, operation.Name)
        {
            Creditor = CreditorOf(operation, request),
            Subject = request.Http.Request.Path.Value,
            // Any other reason is about a debtor, and stands in the logs of its cases, where it can be erased.
            Why = operation.Name == "putSending" ? request.Body.Given("reason") : null,
            Request = request.RequestName,
        };
    }

    /// <summary>Acts on one invoice stand in its log; what was passed over does not. Links to its debtor's page write their entry themselves: only there its creditor is known.</summary>
    public static bool IsOfCase(Operation operation) => operation.Route.StartsWith("/api/invoices/{id}", StringComparison.Ordinal) && operation.Name != "dismissPassedOver";

    private static string? CreditorOf(Operation operation, ApiRequest request)
    {
        var named = operation.Route.Contains("{creditor}", StringComparison.Ordinal) ? request.Route("creditor")
            : operation.Route.StartsWith("/api/creditors/{id}", StringComparison.Ordinal) ? request.Route("id")
            : request.Query("creditor") ?? request.Body.Given("creditor");
        return named is not null && request.Caller.Sees(named) ? named : request.Caller.OnlyCreditor;
    }
}
