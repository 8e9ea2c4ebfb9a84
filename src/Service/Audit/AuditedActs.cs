using Dunning.Service.Api;

namespace Dunning.Service.Audit;

/// <summary>
/// Which operations leave an entry in the log of administration: all that change something and stand in the log of no case. The tests hold the lists complete.
/// </summary>
public static class AuditedActs
{
    private const string OneInvoice = "/api/invoices/{id}";

    /// <summary>What they change is on the record of the case, or of each case they reach.</summary>
    public static IReadOnlySet<string> OnTheRecordOfCases { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "registerInvoice", "upsertInvoice", "importInvoices", "finishTask", "takeStatement", "postLetters", "receiveWebhook", "receiveTwilio", "receiveEmailReport", "receiveMail",
        // Platforms tell it of every debtor they have; each case it changes says so.
        "putDebtor",
        // Writes its entry itself, before it begins.
        "eraseDebtor",
    };

    /// <summary>They reckon, show, or keep what only its owner looks at: nobody else is touched by it.</summary>
    public static IReadOnlySet<string> WithoutEffect { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "allowEmailReport", "calculateClaim", "simulate", "simulateLedger", "previewText", "moveClock",
        // Chosen and shown; what is done with it is an act of its own.
        "previewBulk",
        // A list by a name of one's own, which may be anybody's: it does not belong where nothing is erased.
        "putFilter",
    };

    /// <summary>Pages: what is done on them is done by operations, or is a fact of one case. Their addresses may be secrets.</summary>
    public static IReadOnlySet<string> Pages { get; } = new HashSet<string>(StringComparer.Ordinal) { "consoleAct", "debtorAct", "noticeLinkAct" };

    /// <summary>The entry of a request that was done; null for one that leaves none.</summary>
    public static AdminEntry? Of(Operation operation, ApiRequest request)
    {
        if (!IsBeside(operation) || request.IsForesight)
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

    public static bool IsBeside(Operation operation) =>
        operation.Method is not "GET" && !OnTheRecordOfCases.Contains(operation.Name) && !WithoutEffect.Contains(operation.Name) && !Pages.Contains(operation.Name) && !IsOfCase(operation);

    /// <summary>The case an act beside its log is about; null for any other act.</summary>
    public static string? CaseOf(Operation operation, ApiRequest request) => operation.Route.StartsWith(OneInvoice, StringComparison.Ordinal) ? request.Route("id") : null;

    /// <summary>Acts on one invoice stand in its log; what was passed over does not, nor who was given the way to its debtor's page.</summary>
    public static bool IsOfCase(Operation operation) =>
        operation.Route.StartsWith(OneInvoice, StringComparison.Ordinal) && operation.Name is not ("dismissPassedOver" or "makePortalLink" or "revokePortalLinks");

    private static string? CreditorOf(Operation operation, ApiRequest request)
    {
        var named = operation.Route.Contains("{creditor}", StringComparison.Ordinal) ? request.Route("creditor")
            : operation.Route.StartsWith("/api/creditors/{id}", StringComparison.Ordinal) ? request.Route("id")
            : request.Query("creditor") ?? request.Body.Given("creditor");
        return named is not null && request.Caller.Sees(named) ? named : request.Caller.OnlyCreditor;
    }
}
