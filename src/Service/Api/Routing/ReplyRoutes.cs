using Dunning.Service.Api.Operations;
using Dunning.Service.Replies;

namespace Dunning.Service.Api.Routing;

/// <summary>What debtors, carriers and platforms tell us.</summary>
public sealed class ReplyRoutes(ReportOperations reports, ReplyOperations replies, LifecycleOperations lifecycle) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Door(string name, string method, string route, string summary, Func<ApiRequest, Task<Answer>> handle) =>
                new(name, method, $"/api/webhooks/{route}/{{creditor}}", Role.Anonymous, summary, handle) { Group = "Replies", RawBody = true };
            yield return Door("receiveTwilio", "POST", "twilio", "What became of an SMS, and SMS to us, authenticated by Twilio's signature", reports.Twilio) with { Produces = "text/xml" };
            yield return Door("receiveEmailReport", "POST", "email", "E-mail delivery reports through Event Grid, in its own schema or as CloudEvents, authenticated by a secret", reports.Email) with { Response = typeof(ReportReceipt), Query = ["secret"] };
            yield return Door("allowEmailReport", "OPTIONS", "email", "The handshake of CloudEvents", reports.Handshake) with { Query = ["secret"] };
            yield return Door("receiveMail", "POST", "mail", "A mail as it arrived, message/rfc822: an answer, or a mail server's report, authenticated by a secret", replies.Mail) with { Response = typeof(HeardOutcome), Query = ["secret"] };
            yield return new("getReplyMail", "GET", "/api/invoices/{id}/replies/{reply}/mail", Role.Read, "The mail a reply was, as it came", replies.Original) { Group = "Replies", Produces = "message/rfc822" };
            yield return new("listUnmatchedReplies", "GET", "/api/unmatched-replies", Role.Read, "Answers whose case nobody knows, or whose case is closed", replies.Unmatched)
            {
                Group = "Replies",
                Response = typeof(PageView<UnmatchedReplyView>),
                Query = ["creditor", "cursor", "limit"],
            };
            yield return new("assignUnmatchedReply", "POST", "/api/unmatched-replies/{id}/assign", Role.Operator, "Say which invoice an answer is about, or that it is about none", replies.Assign)
            {
                Group = "Replies",
                Response = typeof(SettledReplyView),
                SuccessStatus = 202,
            };
            yield return new("tellLifecycle", "POST", "/api/invoices/{id}/lifecycle", Role.Ingest, "A status of the invoice on an e-invoicing platform, by its code or its name", lifecycle.Tell)
            {
                Group = "Facts",
                Example = Examples.Lifecycle,
                Response = typeof(LifecycleView),
                SuccessStatus = 202,
            };
        }
    }
}
