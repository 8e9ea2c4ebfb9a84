using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>RFC 5322 Message-ID, derived from the key, or from what it is joined in: the same message always carries the same.</summary>
    public string? MessageId { get; init; }

    /// <summary>The Message-ID of the case's first e-mail: the others reply to it.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The one message it is part of, with those of the debtor's other invoices; null when it is one of its own.</summary>
    public Joint? Joint { get; init; }

    /// <summary>What carriers know it by: the same for every row of a joined message, and for no other message.</summary>
    [JsonIgnore]
    public string Identity => Joint?.Id ?? Key.ToString();

    /// <summary>The rows whose outcome is its outcome.</summary>
    [JsonIgnore]
    public IReadOnlyList<MessageKey> Keys => Joint is { } joint ? [.. joint.Parts.Select(p => p.Key)] : [Key];

    /// <summary>The cases it speaks of, its own first.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Cases => [Key.Case, .. Keys.Select(k => k.Case).Where(c => c != Key.Case)];

    /// <summary>All that travels with it.</summary>
    [JsonIgnore]
    public IReadOnlyList<Enclosed> Files => Joint is { } joint ? [.. joint.Parts.Select(p => p.Enclosed).OfType<Enclosed>()] : Enclosed is { } file ? [file] : [];
}

/// <summary>
/// Reminders of one debtor's invoices that left as one message, in the order of their keys. The first is the one handed to the carrier; each row keeps a copy.
/// </summary>
public sealed record Joint(string Id, IReadOnlyList<JointPart> Parts)
{
    private const int Digits = 16;

    /// <summary>
    /// Made of the keys of those that are claimed together, the first of them in front: the same rows always make the same, and a row that leaves alone, or with
    /// others, is never taken for one that left in it.
    /// </summary>
    public static string IdOf(IReadOnlyList<MessageKey> keys) =>
        $"{keys[0]}+{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', keys))))[..Digits]}";

    /// <summary>The key in front, and what tells it from a message of that key alone.</summary>
    public static (MessageKey First, string Mark) Read(string id) => TryRead(id, out var first, out var mark) && mark.Length > 0
        ? (first, mark)
        : throw new FormatException($"'{id}' names no joined message.");

    /// <summary>What carriers know a message by: its key, and after it the mark of a joined one; empty for a message of its own. False for what is neither.</summary>
    public static bool TryRead(string identity, out MessageKey first, out string mark)
    {
        var at = identity.LastIndexOf('+');
        mark = at < 0 ? "" : identity[at..];
        return MessageKey.TryParse(at < 0 ? identity : identity[..at], out first) && (at < 0 || IsMark(mark));
    }

    /// <summary>Whether it is what <see cref="IdOf"/> puts behind the first key.</summary>
    public static bool IsMark(string mark) => mark.Length == Digits + 1 && mark[0] == '+' && mark[1..].All(char.IsAsciiHexDigitLower);
}

/// <summary>One row of a joined message: what it asks for, and the invoice that travels for it.</summary>
public sealed record JointPart(MessageKey Key, Money Balance)
{
    public Enclosed? Enclosed { get; init; }
}

/// <summary>A file that travels with a message: what is kept says which it was, the content is there while the message leaves.</summary>
public sealed record Enclosed(string FileName, int Bytes, string Sha256)
{
    [JsonIgnore]
    public ReadOnlyMemory<byte> Content { get; init; }
}
