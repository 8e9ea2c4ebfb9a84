using Dunning.Service.Engine;
using Dunning.Service.Replies;
using Dunning.Service.Replies.Mail;
using Dunning.Service.Reports;
using Dunning.Service.Webhooks;
using Registry = Dunning.Service.Register.Registry;

namespace Dunning.Service.Api.Operations;

public sealed record UnmatchedReplyView(string Id, string Creditor, string Channel, string From, string? Text, DateTimeOffset ReceivedAt, DateTimeOffset? WrittenAt, string? Candidate)
{
    public static UnmatchedReplyView Of(UnmatchedReply u) => new(u.Id, u.Creditor, u.Channel, u.From, u.Text, u.ReceivedAt, u.WrittenAt, u.Candidate);
}

public sealed record SettledReplyView(string Id, string? CaseId, string? ReplyId);

/// <summary>Answers by mail, their originals, and those whose case a person must find.</summary>
public sealed class ReplyOperations(Registry registry, Secrets secrets, MailDesk mail, KeptMail kept, UnmatchedReplies unmatched, ReplyDesk desk, Acknowledger acknowledger, ICaseStore store)
{
    /// <summary>A mail as it arrived: an answer, or a mail server's report. Known by a secret, for mail signs nothing we could believe.</summary>
    public async Task<Answer> Mail(ApiRequest r)
    {
        var creditor = r.Route("creditor");
        if (await registry.Webhooks.Get(WebhookSettings.Key(creditor, "mail"), r.Ct) is not { Value: var settings } || !DoorSecret.Opens(r.Http.Request, secrets.Of(settings).Values))
            return Answer.Refuse(401, "badSecret", "The secret of this door is missing or wrong.");
        if (await ApiPipeline.ReadBody(r.Http.Request, MailReader.MaxBytes) is not { } bytes)
            return Answer.Refuse(413, "tooLarge", $"A mail must not be larger than {MailReader.MaxBytes} bytes.");
        return await Envelope.Open(r.Http.Request, bytes, r.Ct) is { } whole && await mail.Hear(creditor, whole, r.Ct) is { } outcome
            ? Answer.Ok(outcome)
            : Answer.Refuse(400, "notMail", "There is no mail in the body: message/rfc822, or a form or JSON that holds one.");
    }

    /// <summary>The mail a reply was, byte for byte.</summary>
    public async Task<Answer> Original(ApiRequest r)
    {
        var (caseId, reply) = (r.Route("id"), r.Route("reply"));
        if (r.Caller.Role < Role.Operator && await acknowledger.Find(r.Caller, caseId, r.Ct) is not null)
            return Answer.Refuse(403, "holdsDebtorLink", "The mail may quote the link to the debtor's own page; it needs a key of role operator.");
        return await acknowledger.Find(r.Caller, caseId, r.Ct) is { } folded && (await store.FindFact(folded.File.Creditor, reply, r.Ct))?.CaseId == caseId
            && await kept.Find(folded.File.Creditor, reply, r.Ct) is { } bytes
                ? Answer.Ok(bytes) with { ContentType = "message/rfc822", FileName = "reply.eml" }
                : Answer.NotFound("mail");
    }

    public Task<Answer> Unmatched(ApiRequest r) => WaitingPages.List(r, unmatched.Waiting, UnmatchedReplyView.Of);

    /// <summary><c>{"invoice": case id}</c> makes it a reply of that case, <c>{"discard": true}</c> says it is about none. Told again, it answers the same.</summary>
    public async Task<Answer> Assign(ApiRequest r)
    {
        if (await unmatched.Find(r.Route("id"), r.Ct) is not { } waiting || !r.Caller.Sees(waiting.Value.Creditor))
            return Answer.NotFound("unmatched reply");
        var (reply, caseId, discard) = (waiting.Value, r.Body.Text("invoice", max: 100), r.Body.Flag("discard") == true);
        if (r.Body.Faults.Count == 0 && caseId is null == !discard)
            r.Body.Add("invoice", "required", "is required, or \"discard\": true.");
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        var answer = Answer.Accepted(new SettledReplyView(reply.Id, caseId, caseId is null ? null : reply.FactId));
        if (reply.AssignedTo is not null || reply.IsDiscarded)
            return reply.AssignedTo == caseId && reply.IsDiscarded == discard ? answer : Answer.Conflict("settled", reply.AssignedTo is { } other ? $"It was assigned to {other}." : "It was discarded.");
        if (caseId is not null && (await acknowledger.Find(r.Caller, caseId, r.Ct))?.File.Creditor != reply.Creditor)
            return Answer.Unprocessable(new Fault("invoice", "unknownInvoice", "is not an invoice of this creditor."));
        // The fact first: cut short in between, the answer is still listed, and assigning it again is the same fact.
        if (caseId is not null && !await desk.Assign(reply, caseId, r.Caller.KeyId, r.Ct))
            return Answer.Conflict("caseClosed", "The case is closed and takes no replies: discard it once it is dealt with.");
        await unmatched.Settle(waiting, reply with { AssignedTo = caseId, IsDiscarded = discard }, r.Receipt(answer), r.Ct);
        return answer;
    }
}
