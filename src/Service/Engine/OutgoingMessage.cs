using Dunning.Domain;

namespace Dunning.Service.Engine;

/// <summary>
/// A message exactly as it leaves, written at its claim and kept for ever. To is an e-mail address, an E.164 number or the lines of a postal
/// address. Test is true for a creditor in test mode: it is kept and never sent.
/// </summary>
public sealed record OutgoingMessage(MessageKey Key, string Creditor, string To, string? ToName, string? Subject, string Body, DateTimeOffset WrittenAt)
{
    public string FromName { get; init; } = "";

    public string? FromEmail { get; init; }

    public string? ReplyTo { get; init; }

    public string Language { get; init; } = "en";

    public Money Balance { get; init; }

    public DateOnly? Deadline { get; init; }

    public bool Registered { get; init; }

    public bool Test { get; init; }

    /// <summary>RFC 5322 Message-ID, derived from the key: the same message always carries the same.</summary>
    public string? MessageId { get; init; }

    /// <summary>The Message-ID of the case's first e-mail: the others reply to it.</summary>
    public string? InReplyTo { get; init; }
}
