namespace Dunning.Service.Delivery.Mail;

/// <summary>A file that travels with a message. The name is shown to people and cleaned; the media type is checked.</summary>
public sealed record MailAttachment
{
    public MailAttachment(string fileName, string contentType, ReadOnlyMemory<byte> content)
    {
        // A file name is not a path: what a recipient's program does with a separator is not ours to find out.
        FileName = HeaderRules.Clean(fileName).Replace('/', '_').Replace('\\', '_');
        if (FileName.Length == 0) throw new ArgumentException("An attachment needs a file name.", nameof(fileName));
        ContentType = IsMediaType(contentType) ? contentType
            : throw new ArgumentException("A content type is type/subtype without parameters, and neither multipart nor message.", nameof(contentType));
        Content = content;
    }

    public string FileName { get; }

    public string ContentType { get; }

    public ReadOnlyMemory<byte> Content { get; }

    // RFC 2045 6.4 forbids base64 on multipart and message, and base64 is how every attachment is written.
    private static bool IsMediaType(string type) =>
        type.Split('/') is [var kind, var subtype] && HeaderRules.IsToken(kind) && HeaderRules.IsToken(subtype)
        && !kind.Equals("multipart", StringComparison.OrdinalIgnoreCase) && !kind.Equals("message", StringComparison.OrdinalIgnoreCase);
}
