using System.Text;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Portal;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api.Operations;

public sealed record MessageView(
    string Key, string CaseId, string Step, string Channel, int Sending, string Status, string? To, string? Subject, string? Body, DateTimeOffset? WrittenAt, string? Why)
{
    public string? Html { get; init; }

    /// <summary>How many bytes the letter has, which <c>?format=pdf</c> answers; null where it is not for this key.</summary>
    public int? PdfBytes { get; init; }

    public string? PaymentCode { get; init; }

    public Enclosed? Enclosed { get; init; }

    /// <summary>The keys of all that left as one message with it, its own among them.</summary>
    public IReadOnlyList<string>? Joined { get; init; }

    /// <summary>The headers of an e-mail, and who an SMS or a letter says it is from.</summary>
    public string? From { get; init; }

    public string? ReplyTo { get; init; }

    public string? MessageId { get; init; }

    public string? InReplyTo { get; init; }

    public string? Language { get; init; }
}

/// <summary>Messages exactly as sent, but for the link to the debtor's page where the key may not act; and a person's word on what became of them.</summary>
public sealed class MessageOperations(Acknowledger acknowledger, ICaseStore store)
{
    private static readonly string[] Outcomes = ["accepted", "notSent", "refused", "delivered", "bounced", "posted", "refusedByAddressee", "unclaimed", "unknownAddress"];

    public async Task<Answer> Get(ApiRequest request)
    {
        if (await acknowledger.Find(request.Caller, request.Route("id"), request.Ct) is not { } folded
            || Key(request, folded.File) is not { } key || MessageFates.Find(folded.File, key) is not (_, { } leg))
            return Answer.NotFound("message");
        var message = await store.FindMessage(key, request.Ct);
        // Whoever holds that link speaks as the debtor. On paper it cannot be masked.
        var isMasked = request.Caller.Role < Role.Operator;
        var isWithheld = isMasked && DebtorLinkMask.IsIn(message?.Body);
        string? Shown(string? text) => isMasked ? DebtorLinkMask.Mask(text) : text;
        if (request.Query("format") is { } format)
            return (format, message) switch
            {
                ("pdf", { Pdf: not null }) when isWithheld => Answer.Refuse(403, "holdsDebtorLink", "The letter holds the link to the debtor's own page; it needs a key of role operator."),
                ("pdf", { Pdf: { } pdf }) => new(200, pdf) { ContentType = "application/pdf" },
                ("html", { Html: { } page }) => new(200, Encoding.UTF8.GetBytes(Shown(page)!)) { ContentType = "text/html; charset=utf-8" },
                _ => Answer.NotFound("such form of the message"),
            };
        return Answer.Ok(new MessageView(key.ToString(), key.Case, key.Step, MessageKey.Name(key.Channel), key.Sending, ApiJson.Name(leg.Status),
            message?.To, Shown(message?.Subject), Shown(message?.Body), Views.NextView.Local(message?.WrittenAt, folded.Policy), leg.Why)
        {
            Html = Shown(message?.Html),
            PdfBytes = isWithheld ? null : message?.Pdf?.Length,
            PaymentCode = message?.PaymentCode,
            Enclosed = message?.Enclosed,
            Joined = message is { Joint: not null } ? [.. message.Keys.Select(k => k.ToString())] : null,
            From = message is null ? null : message.FromEmail is { } address ? $"{message.FromName} <{address}>" : message.FromName,
            ReplyTo = message?.ReplyTo,
            MessageId = message?.MessageId,
            InReplyTo = message?.InReplyTo,
            Language = message?.Language,
        });
    }

    /// <summary>
    /// On an uncertain message: accepted, or notSent, which lets it leave again under every rule. On a letter: posted, with its date and tracking number,
    /// then delivered, refusedByAddressee or unclaimed, which count as notified, or unknownAddress, which does not.
    /// </summary>
    public Task<Answer> Outcome(ApiRequest request) => OnMessage(request, (folded, key, leg) =>
    {
        var outcome = request.Body.OneOf("outcome", Outcomes.ToDictionary(o => o), required: true);
        var (reason, date) = (request.Body.Note("reason") ?? "a person's word", request.Body.Date("date") ?? folded.Policy.Zone.LocalDate(request.Now));
        var tracking = request.Body.Text("trackingNumber", max: 40);
        if (outcome is null)
            return (null, null);
        var fits = outcome switch
        {
            "accepted" or "notSent" or "refused" => leg.Status == LegStatus.Uncertain,
            "posted" => true,
            "refusedByAddressee" or "unclaimed" or "unknownAddress" => key.Channel == Channel.Letter && leg.WasHeard,
            _ => leg.WasHeard || leg.Status == LegStatus.Uncertain,
        };
        if (!fits)
            return (null, Answer.Conflict("outcomeDoesNotFit", $"The message is {ApiJson.Name(leg.Status)}: that outcome does not fit it."));
        return (outcome switch
        {
            "accepted" => new MessageAccepted(key, "a person's word"),
            "notSent" => new MessageDeferred(key, request.Now, reason),
            "refused" => new MessageRefused(key, reason),
            "delivered" => new MessageDelivered(key),
            "bounced" => new MessageBounced(key, reason),
            "refusedByAddressee" => new LetterReturned(key, LetterReturn.Refused, date),
            "unclaimed" => new LetterReturned(key, LetterReturn.Unclaimed, date),
            "unknownAddress" => new LetterReturned(key, LetterReturn.UnknownAddress, date),
            _ => new LetterPosted(key, date, tracking),
        }, null);
    });

    public Task<Answer> Resend(ApiRequest request) => OnMessage(request, (folded, key, leg) =>
        !key.IsMessage ? (null, Answer.NotFound("message"))
        : !leg.IsSettled || Schedule.RecordOf(folded.File, key.Step) is { IsUnderway: true } ? (null, Answer.Conflict("notSettled", $"The message is {ApiJson.Name(leg.Status)}: only one whose outcome is known is sent again."))
        : MessageFates.Find(folded.File, key with { Sending = key.Sending + 1 }) is not null
            ? (null, Answer.Conflict("resentAlready", "A later sending of this message exists."))
        : (new ResendAsked(key), null));

    private Task<Answer> OnMessage(ApiRequest request, Func<FoldedCase, MessageKey, Leg, (CaseEvent?, Answer?)> decide) =>
        acknowledger.Acknowledge(request, request.Route("id"), folded =>
            Key(request, folded.File) is { } key && MessageFates.Find(folded.File, key) is (_, { } leg) ? decide(folded, key, leg) : (null, Answer.NotFound("message")));

    // A key holds slashes: it may come escaped as one segment, or as its three parts after the case.
    private static MessageKey? Key(ApiRequest request, CaseFile file)
    {
        var text = request.Route("key") is { Length: > 0 } whole ? whole : $"{file.Id}/{request.Route("step")}/{request.Route("channel")}/{request.Route("sending")}";
        return MessageKey.TryParse(text, out var key) && key.Case == file.Id ? key : null;
    }
}
