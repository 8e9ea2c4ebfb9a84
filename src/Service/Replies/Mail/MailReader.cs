using System.Text;
using MimeKit;

namespace Dunning.Service.Replies.Mail;

/// <summary>Reads mail as it arrives from anywhere: forgivingly, and never by running into what it holds.</summary>
public static class MailReader
{
    /// <summary>Bytes of the largest mail that is taken.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    private static readonly ParserOptions Options = new() { MaxMimeDepth = 32, CharsetEncoding = Encoding.UTF8 };

    static MailReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Null for what is not a mail: no header with a name anybody knows.</summary>
    public static MimeMessage? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            var mail = MimeMessage.Load(Options, stream);
            return mail.Headers.Contains(HeaderId.From) || mail.Headers.Contains(HeaderId.MessageId) || mail.Body is MultipartReport ? mail : null;
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }
}
