using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace Dunning.Service.Replies.Mail;

/// <summary>
/// A mail a person wrote to us, as far as it matters: who, about which of our messages, in what words. Ids are those of the messages it follows, the nearest
/// first; Recipients all to whom it went, by any header.
/// </summary>
public sealed record InboundMail(string FactId, string From, string FromAddress, IReadOnlyList<string> Recipients, IReadOnlyList<string> Ids, string Subject, string Text, DateTimeOffset? WrittenAt)
{
    private const int MostText = 2000;
    private const int MostRead = 100_000;

    private static readonly string[] RecipientHeaders = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To"];

    /// <param name="forwarded">The mail that came with it as an attachment; whoever forwards it may have added nothing.</param>
    public static InboundMail Of(MimeMessage mail, MimeMessage? forwarded)
    {
        var from = mail.From.Mailboxes.FirstOrDefault() ?? mail.Sender;
        string?[] ids = [mail.InReplyTo, .. mail.References.Reverse(), forwarded?.MessageId, forwarded?.InReplyTo, .. forwarded?.References.Reverse() ?? []];
        var said = string.Join("\n\n", new[] { WordsOf(mail), forwarded is null ? "" : WordsOf(forwarded), Files(mail) }.Where(t => t.Length > 0));
        var recipients = mail.To.Mailboxes.Concat(mail.Cc.Mailboxes).Select(m => m.Address).Concat(RecipientHeaders.Select(h => mail.Headers[h])).OfType<string>();
        return new(
            Id(mail), OneLine(from is null ? "?" : from.Name is { Length: > 0 } name ? $"{name} <{from.Address}>" : from.Address), from?.Address ?? "", [.. recipients.Take(100)],
            [.. ids.OfType<string>().Distinct().Take(100)], OneLine(mail.Subject ?? ""), said.Length > MostText ? said[..MostText] + "…" : said,
            mail.Date.Year is >= 2000 and <= 2099 ? mail.Date : null);
    }

    /// <summary>The same mail, however often and by whatever way it is delivered, has the same.</summary>
    private static string Id(MimeMessage mail)
    {
        var named = mail.MessageId is { Length: > 0 } id ? id : $"{mail.From}\n{mail.Date:O}\n{mail.Subject}\n{WordsOf(mail)}";
        return $"mail:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(named)))[..32]}";
    }

    private static string WordsOf(MimeMessage mail) => OwnWords.Of(mail.TextBody is { } plain && !string.IsNullOrWhiteSpace(plain) ? Head(plain) : mail.HtmlBody is { } html ? HtmlReading.Text(html) : "");

    private static string Files(MimeMessage mail)
    {
        var names = mail.Attachments.OfType<MimePart>().Select(a => a.FileName).Where(n => !string.IsNullOrWhiteSpace(n)).Take(20).ToList();
        return names.Count == 0 ? "" : $"[{OneLine(string.Join(", ", names))}]";
    }

    private static string Head(string text) => text.Length > MostRead ? text[..MostRead] : text;

    private static string OneLine(string text) =>
        string.Join(' ', new string([.. text.Take(300).Select(c => char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
