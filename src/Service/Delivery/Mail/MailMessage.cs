namespace Dunning.Service.Delivery.Mail;

/// <summary>One e-mail to one recipient, complete: the same message always becomes the same bytes.</summary>
public sealed record MailMessage
{
    /// <summary>Without angle brackets, and the same at every attempt: a receiver can recognise a duplicate by it.</summary>
    public required string MessageId { get; init => field = HeaderRules.MessageId(value); }

    public required Mailbox From { get; init; }

    public required Mailbox To { get; init; }

    public Mailbox? ReplyTo { get; init; }

    public required string Subject { get; init => field = HeaderRules.Clean(value); }

    public required string Text { get; init; }

    /// <summary>The same content as <see cref="Text"/>, for programs that show HTML.</summary>
    public string? Html { get; init; }

    /// <summary>Images the HTML shows by their Content-ID.</summary>
    public IReadOnlyList<MailImage> Images { get; init; } = [];

    public IReadOnlyList<MailAttachment> Attachments { get; init; } = [];

    public required DateTimeOffset Date { get; init; }

    /// <summary>The message id of the message this one follows, without angle brackets.</summary>
    public string? InReplyTo { get; init => field = value is null ? null : HeaderRules.MessageId(value); }

    /// <summary>The message ids of the whole thread, oldest first, without angle brackets.</summary>
    public IReadOnlyList<string> References { get; init => field = [.. value.Select(HeaderRules.MessageId)]; } = [];

    public IReadOnlyList<MailHeader> Headers { get; init; } = [];

    /// <summary>True when an address in the headers can only be written in UTF-8.</summary>
    internal bool NeedsSmtpUtf8 => From.NeedsSmtpUtf8 || To.NeedsSmtpUtf8 || ReplyTo is { NeedsSmtpUtf8: true };
}
