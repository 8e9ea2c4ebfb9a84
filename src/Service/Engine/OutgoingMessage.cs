using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
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

    /// <summary>What it demands beside the principal; null when nothing else.</summary>
    public Demand? Demanded { get; init; }

    /// <summary>What it was worked out from, while it is being written.</summary>
    [JsonIgnore]
    public Claim? Claim { get; init; }

    public DateOnly? Deadline { get; init; }

    public bool Registered { get; init; }

    public bool Test { get; init; }

    /// <summary>The page of an e-mail, saying what Body says.</summary>
    public string? Html { get; init; }

    /// <summary>What a letter's page is laid out from.</summary>
    public string? Markdown { get; init; }

    /// <summary>A letter as it is printed, kept for ever as it was made.</summary>
    [SuppressMessage("Performance", "CA1819:Properties should not return arrays", Justification = "A file, written once and never changed.")]
    public byte[]? Pdf { get; init; }

    /// <summary>The payload of the payment QR code it shows: the image is made from it, the same each time.</summary>
    public string? PaymentCode { get; init; }

    /// <summary>The invoice that travels with it.</summary>
    public Enclosed? Enclosed { get; init; }

    /// <summary>RFC 5322 Message-ID, derived from the key: the same message always carries the same.</summary>
    public string? MessageId { get; init; }

    /// <summary>The Message-ID of the case's first e-mail: the others reply to it.</summary>
    public string? InReplyTo { get; init; }
}

/// <summary>A file that travels with a message: what is kept says which it was, the content is there while the message leaves.</summary>
public sealed record Enclosed(string FileName, int Bytes, string Sha256)
{
    [JsonIgnore]
    public ReadOnlyMemory<byte> Content { get; init; }
}
