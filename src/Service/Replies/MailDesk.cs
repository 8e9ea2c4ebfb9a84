using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.Service.Replies.Mail;
using Dunning.Service.Reports;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Dunning.Service.Replies;

/// <summary>
/// Mail that reached a creditor's address and was handed to us: a report of what became of a message, an answer, or nothing a person wrote. All is stored when this
/// returns.
/// </summary>
public sealed class MailDesk(Registry registry, ICaseStore store, MailThreads threads, ReplyDesk replies, DeliveryReports reports, KeptMail kept, ILogger<MailDesk> log)
{
    /// <summary>Null for what is not a mail.</summary>
    public async Task<HeardOutcome?> Hear(string creditor, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (MailReader.Read(bytes) is not { } outer)
            return null;
        if (BounceReport.Read(outer) is { } report)
            return await Bounced(creditor, report, ct);
        var (mail, forwarded) = await Said(creditor, outer, ct);
        var read = InboundMail.Of(mail, forwarded);
        var sign = Automatic.Sign(mail) ?? (await threads.Follows(creditor, read, ct) ? null : Automatic.ListSign(mail)) ?? (await IsOurs(creditor, mail, ct) ? "From" : null);
        if (sign is not null)
        {
            log.LogInformation("Mail for {Creditor} counts for nothing: {Sign}", creditor, sign);
            return new("automatic");
        }
        // First the mail, then the fact that tells of it: cut short in between, the next delivery does the rest.
        await kept.Keep(creditor, read.FactId, bytes, ct);
        var cases = await threads.CasesOf(creditor, read, ct);
        var text = read.Subject.Length > 0 ? $"{read.Subject}\n\n{read.Text}" : read.Text;
        return await replies.Hear(new(creditor, read.FactId, "email", await Who(read, cases.Count > 0 ? cases[0] : null, ct), text.Trim()) { WrittenAt = read.WrittenAt }, cases, "mail", ct);
    }

    // What one of ours passes on as an attachment was written by somebody else; what anybody else attaches comes with their own words.
    private async Task<(MimeMessage Mail, MimeMessage? Forwarded)> Said(string creditor, MimeMessage outer, CancellationToken ct)
    {
        var attached = outer.BodyParts.OfType<MessagePart>().Select(p => p.Message).FirstOrDefault(m => m is not null);
        if (attached is null)
            return (outer, null);
        return await IsOurs(creditor, outer, ct) && !await IsOurs(creditor, attached, ct) ? (attached, null) : (outer, attached);
    }

    private async Task<bool> IsOurs(string creditor, MimeMessage mail, CancellationToken ct)
    {
        if (mail.From.Mailboxes.FirstOrDefault()?.Address is not { } from || await registry.Creditors.Get(creditor, ct) is not { Value: var known })
            return false;
        return known.Senders.Select(s => s.Email).Append(known.Email).Any(own => string.Equals(own, from, StringComparison.OrdinalIgnoreCase));
    }

    // A colleague's answer is an answer; whoever reads it should know.
    private async Task<string> Who(InboundMail mail, string? caseId, CancellationToken ct)
    {
        if (caseId is null || await store.Load(caseId, ct) is not { State.Known.Debtor: var debtor })
            return mail.From;
        var known = debtor.Contacts.Select(c => c.Email).Append(debtor.Email).Any(a => string.Equals(a, mail.FromAddress, StringComparison.OrdinalIgnoreCase));
        return known ? mail.From : $"{mail.From} [not an address of the debtor]";
    }

    private async Task<HeardOutcome> Bounced(string creditor, BounceReport report, CancellationToken ct)
    {
        var message = report.Key is { } key ? await threads.MessageOfKey(creditor, key, ct) : null;
        foreach (var id in report.Ids)
            message ??= await threads.MessageOf(creditor, id, ct);
        // The address it went to, or, when that one passes mail on, the address that was meant.
        var recipient = message is null ? null : report.Recipients.FirstOrDefault(r => Is(r.Original, message.To)) ?? report.Recipients.FirstOrDefault(r => Is(r.Final, message.To));
        if (recipient is null || recipient.Fate == Fate.Unsettled)
        {
            log.LogInformation("Mail report for {Creditor} settles nothing: {Why}", creditor, message is null ? "unknown message" : recipient is null ? "another address" : recipient.Action);
            return new("ignored", message?.Key.Case);
        }
        await reports.Hear(new DeliveryReport(message!.Identity, recipient.Fate, message.To, recipient.Reason, "mail-report"), creditor, ct);
        return new(recipient.Fate == Fate.Lost ? "bounced" : "delivered", message.Key.Case);
    }

    private static bool Is(string? told, string address) => string.Equals(told, address, StringComparison.OrdinalIgnoreCase);
}
