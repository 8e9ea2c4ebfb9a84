namespace Dunning.Service.Delivery.Mail;

/// <summary>An extra header, such as Auto-Submitted. The headers a message has fields for cannot be set this way.</summary>
public sealed record MailHeader
{
    // One recipient per message: Cc and Bcc are refused with the headers the writer writes itself.
    private static readonly string[] OwnHeaders =
        ["From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version"];

    public MailHeader(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > 70 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new ArgumentException("A header name is letters, digits, - and _.", nameof(name));
        if (OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"{name} follows from the message and cannot be set as an extra header.", nameof(name));
        Value = HeaderRules.Refuse(value, $"The value of {name}").Trim(' ');
        // A word cannot be folded, and a line of more than 998 characters may be cut by any server on the way.
        if (Value.Split(' ').Any(word => word.Length > HeaderField.LongestWord))
            throw new ArgumentException($"The value of {name} holds a word of more than {HeaderField.LongestWord} characters.", nameof(value));
        Name = name;
    }

    public string Name { get; }

    public string Value { get; }
}
