using Dunning.Service.Reports;
using MimeKit;

namespace Dunning.Service.Replies.Mail;

/// <summary>
/// What a mail server reports of a message it could not deliver, or did (RFC 3464). Ids are those by which the message may be ours, the most telling first; Key is
/// our own header, when the server returned it.
/// </summary>
public sealed record BounceReport(string? Key, IReadOnlyList<string> Ids, IReadOnlyList<RecipientReport> Recipients)
{
    private const int MostRecipients = 50;

    /// <summary>Null for mail that is no delivery report.</summary>
    public static BounceReport? Read(MimeMessage mail)
    {
        if (Parts(mail.Body).OfType<MessageDeliveryStatus>().FirstOrDefault() is not { } status || !IsReport(mail))
            return null;
        // The first group is about the message, each of the others about a recipient.
        var recipients = status.StatusGroups.Where(g => g.Contains("Final-Recipient") || g.Contains("Original-Recipient")).Take(MostRecipients).Select(RecipientReport.Of).ToList();
        var original = Parts(mail.Body).OfType<MessagePart>().Select(p => p.Message).FirstOrDefault(m => m is not null);
        string?[] ids = [original?.MessageId, .. mail.References, mail.InReplyTo];
        return new(original?.Headers["X-Dunning-Key"]?.Trim(), [.. ids.OfType<string>().Distinct()], recipients);
    }

    private static bool IsReport(MimeMessage mail) => mail.Body is not MultipartReport { ReportType: { } type } || type.Equals("delivery-status", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<MimeEntity> Parts(MimeEntity? entity) => entity is Multipart parts ? parts.SelectMany(Parts) : entity is null ? [] : [entity];
}

/// <summary>Of one recipient. Status is RFC 3463's (5.1.1), Action its word: failed, delayed, delivered, relayed or expanded.</summary>
public sealed record RecipientReport(string? Final, string? Original, string Action, string Status, string? Diagnostic)
{
    private const int MostDiagnostic = 200;

    /// <summary>A server that gives up says failed, whatever the class of its last error; without a word of its own the class decides.</summary>
    public Fate Fate => Action switch
    {
        "failed" => Fate.Lost,
        "delivered" => Fate.Delivered,
        "" => Status.StartsWith('5') ? Fate.Lost : Fate.Unsettled,
        _ => Fate.Unsettled,
    };

    /// <summary>For an operator: what it means, the status, and what the server said.</summary>
    public string Reason => $"{Meaning} ({(Status.Length > 0 ? Status : "no status")}){(Diagnostic is null ? "" : $": {Diagnostic}")}";

    // RFC 3463, section 3: the digits after the class.
    private string Meaning => Status.Split('.', 2) is [_, var detail] ? detail switch
    {
        "1.1" or "1.0" or "1.3" or "1.6" => "no such address",
        "1.2" or "4.4" or "4.3" => "no such domain",
        "1.10" => "the domain takes no mail",
        "2.1" => "the mailbox is closed",
        "2.2" => "the mailbox is full",
        "2.3" or "3.4" => "the message is too large",
        "4.1" or "4.7" => "it could not be delivered in time",
        _ when detail.StartsWith("7.", StringComparison.Ordinal) => "refused by a rule of the receiver",
        _ => "could not be delivered",
    } : "could not be delivered";

    internal static RecipientReport Of(HeaderList group) => new(
        Address(group["Final-Recipient"]), Address(group["Original-Recipient"]), (group["Action"] ?? "").Split('(')[0].Trim().ToLowerInvariant(),
        (group["Status"] ?? "").Trim().Split(' ')[0], Said(group["Diagnostic-Code"]));

    // rfc822; somebody@example.org
    private static string? Address(string? field) => field?.Split(';', 2)[^1].Trim().Trim('<', '>') is { Length: > 0 } address ? address : null;

    private static string? Said(string? field) =>
        field is null ? null : string.Join(' ', field.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is var said && said.Length > MostDiagnostic ? said[..MostDiagnostic] : said;
}
