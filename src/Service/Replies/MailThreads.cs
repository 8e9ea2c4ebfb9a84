using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Replies.Mail;
using Dunning.Service.Reports;

namespace Dunning.Service.Replies;

/// <summary>
/// Which of a creditor's cases a mail is about: all that the message it follows spoke of; else the case an address like <c>answers+case@…</c> names; else the invoice its subject
/// names.
/// </summary>
public sealed class MailThreads(ICaseStore store, SentMessages sent, Carried carried)
{
    private const int MostWords = 30;
    private const int LongestCase = 100;

    public async Task<IReadOnlyList<string>> CasesOf(string creditor, InboundMail mail, CancellationToken ct)
    {
        foreach (var id in mail.Ids)
            if (await MessageOf(creditor, id, ct) is { } message)
                return message.Cases;
        foreach (var address in mail.Recipients)
            if (Tag(address) is { } tag && await Has(creditor, tag, ct))
                return [tag];
        foreach (var word in mail.Subject.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Select(w => w.Trim('(', ')', '[', ']', ',', ';', ':', '.', '«', '»', '"', '#')))
            if (word.Length is >= 3 and <= 60 && word.Any(char.IsAsciiDigit) && CaseIds.Case(creditor, word) is var named && await Has(creditor, named, ct))
                return [named];
        return [];
    }

    /// <summary>Whether a mail answers a message of ours, by what mail programs write.</summary>
    public async Task<bool> Follows(string creditor, InboundMail mail, CancellationToken ct)
    {
        foreach (var id in mail.Ids)
            if (await MessageOf(creditor, id, ct) is not null)
                return true;
        return false;
    }

    /// <summary>Our message with this Message-ID, whether we made it up or its carrier did; null for any other.</summary>
    public async Task<OutgoingMessage?> MessageOf(string creditor, string messageId, CancellationToken ct)
    {
        if (messageId.Length is 0 or > 900)
            return null;
        if (Read(messageId) is { } identity && await Find(creditor, identity, ct) is { } ours && string.Equals(ours.MessageId, messageId, StringComparison.OrdinalIgnoreCase))
            return ours;
        return await carried.FindThread(messageId, ct) is { } known ? await Find(creditor, known, ct) : null;
    }

    /// <summary>The message of a key somebody told us, or of what it was joined in.</summary>
    public async Task<OutgoingMessage?> MessageOfKey(string creditor, string told, CancellationToken ct) =>
        Joint.TryRead(told, out var key, out _) && IsCase(key.Case) && PartyBody.IsId(key.Step) ? await Find(creditor, told, ct) : null;

    private async Task<OutgoingMessage?> Find(string creditor, string identity, CancellationToken ct) =>
        await sent.Find(identity, ct) is { } message && message.Creditor == creditor ? message : null;

    private async Task<bool> Has(string creditor, string caseId, CancellationToken ct) =>
        IsCase(caseId) && await store.Load(caseId, ct) is { State.Known: { } file } && file.Creditor == creditor;

    // case.step.sending@domain, and after the sending the mark of a joined message: a case has no dot, a step may.
    private static string? Read(string messageId)
    {
        var whole = messageId.Split('@')[0];
        var plus = whole.IndexOf('+', StringComparison.Ordinal);
        var (local, mark) = plus < 0 ? (whole, "") : (whole[..plus], whole[plus..].ToLowerInvariant());
        var (first, last) = (local.IndexOf('.', StringComparison.Ordinal), local.LastIndexOf('.'));
        return first > 0 && last > first && IsCase(local[..first]) && PartyBody.IsId(local[(first + 1)..last])
            && int.TryParse(local[(last + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var sending) && sending > 0 && (mark.Length == 0 || Joint.IsMark(mark))
                ? new MessageKey(local[..first], local[(first + 1)..last], Channel.Email, sending) + mark
                : null;
    }

    private static string? Tag(string address) =>
        address.Trim().Trim('<', '>').Split('@')[0] is var local && local.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus ? local[(plus + 1)..].ToLowerInvariant() : null;

    private static bool IsCase(string id) => id.Length is > 0 and <= LongestCase && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
