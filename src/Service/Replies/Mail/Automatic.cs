using MimeKit;

namespace Dunning.Service.Replies.Mail;

/// <summary>Mail no person wrote: it answers nothing (RFC 3834, and what servers did before it).</summary>
public static class Automatic
{
    private static readonly HashSet<string> Bulk = new(StringComparer.OrdinalIgnoreCase) { "bulk", "junk", "auto_reply" };

    private static readonly string[] Marks = ["X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Dunning-Key"];
    private static readonly string[] ListMarks = ["List-Id", "List-Unsubscribe"];

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

    /// <summary>What shows that it went through a list; the answers to an address that is one do, too.</summary>
    public static string? ListSign(MimeMessage mail) =>
        mail.Headers["Precedence"]?.Trim().Equals("list", StringComparison.OrdinalIgnoreCase) == true ? "Precedence" : ListMarks.FirstOrDefault(m => mail.Headers.Contains(m));
}
