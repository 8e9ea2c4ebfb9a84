using MimeKit;

namespace Dunning.Service.Replies.Mail;

/// <summary>Mail no person wrote: it answers nothing (RFC 3834, and what servers did before it).</summary>
public static class Automatic
{
    private static readonly HashSet<string> Bulk = new(StringComparer.OrdinalIgnoreCase) { "bulk", "junk", "auto_reply", "list" };

    private static readonly string[] Marks = ["X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "X-Autoresponder", "List-Id", "List-Unsubscribe", "X-Dunning-Key"];

    /// <summary>In a word, what gives it away; null for mail of a person.</summary>
    public static string? Sign(MimeMessage mail)
    {
        if (mail.Body is MultipartReport report)
            return $"report {report.ReportType}";
        // A comment or a parameter may follow the word.
        if (mail.Headers["Auto-Submitted"] is { } submitted && !submitted.Split([';', ' ', '('], 2)[0].Trim().Equals("no", StringComparison.OrdinalIgnoreCase))
            return "Auto-Submitted";
        if (mail.Headers["Precedence"] is { } precedence && Bulk.Contains(precedence.Trim()))
            return "Precedence";
        if (mail.Headers["Return-Path"] is { } path && path.Trim().Trim('<', '>').Length == 0)
            return "Return-Path";
        return Marks.FirstOrDefault(m => mail.Headers.Contains(m));
    }
}
