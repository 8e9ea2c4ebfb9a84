namespace Dunning.Service.Delivery.Mail;

/// <summary>An image inside a message's HTML, where it is <c>cid:</c> and its id (RFC 2392).</summary>
public sealed record MailImage
{
    public MailImage(string id, MailAttachment file) => (Id, File) = (HeaderRules.MessageId(id), file);

    /// <summary>left@right, without angle brackets.</summary>
    public string Id { get; }

    public MailAttachment File { get; }
}
