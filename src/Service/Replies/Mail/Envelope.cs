using System.Text;
using Dunning.Service.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dunning.Service.Replies.Mail;

/// <summary>
/// The mail in a delivery: the body itself (<c>message/rfc822</c>, as a mail server pipes it), or what a provider of inbound mail wraps it in: a form with the whole
/// mail as <c>email</c> (SendGrid, raw) or <c>body-mime</c> (Mailgun), JSON with it as <c>RawEmail</c> (Postmark) or <c>raw</c>.
/// </summary>
public static class Envelope
{
    private static readonly string[] Names = ["email", "body-mime", "RawEmail", "raw"];

    /// <summary>Null when there is none in it.</summary>
    public static async Task<ReadOnlyMemory<byte>?> Open(HttpRequest request, byte[] body, CancellationToken ct)
    {
        var type = (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (type == "application/json")
            return Member(body);
        return type == "multipart/form-data" || (type == "application/x-www-form-urlencoded" && !LooksLikeMail(body)) ? await Field(request, body, ct) : body;
    }

    // A program that posts a file says "form" unless it is told otherwise.
    private static bool LooksLikeMail(ReadOnlySpan<byte> body)
    {
        var colon = body[..Math.Min(body.Length, 200)].IndexOf(": "u8);
        return colon > 0 && body[..colon].IndexOfAny((byte)'=', (byte)'&') < 0;
    }

    private static ReadOnlyMemory<byte>? Member(byte[] body)
    {
        using var json = WebhookBody.Read(body);
        return json is not null && Names.Select(n => json.RootElement.At(n).Word()).FirstOrDefault(t => t is not null) is { } raw ? Encoding.UTF8.GetBytes(raw) : null;
    }

    private static async Task<ReadOnlyMemory<byte>?> Field(HttpRequest request, byte[] body, CancellationToken ct)
    {
        request.Body = new MemoryStream(body);
        try
        {
            var form = await new FormFeature(request, new FormOptions { ValueLengthLimit = body.Length + 1, MultipartBodyLengthLimit = body.Length + 1 }).ReadFormAsync(ct);
            if (Names.Select(n => form[n].ToString()).FirstOrDefault(t => t.Length > 0) is { } text)
                return Encoding.UTF8.GetBytes(text);
            if (Names.Select(form.Files.GetFile).FirstOrDefault(f => f is not null) is not { } file)
                return null;
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, ct);
            return bytes.ToArray();
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException or IOException)
        {
            return null;
        }
    }
}
