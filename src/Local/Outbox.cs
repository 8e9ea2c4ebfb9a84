using System.Text;
using Dunning.Domain;
using Dunning.Service.Audit;
using Dunning.Service.Delivery;
using Dunning.Service.Delivery.Mail;
using Dunning.Service.Engine;
using Dunning.Service.Upcoming;

namespace Dunning.Local;

/// <summary>
/// Writes what would be sent to a folder: e-mails as .eml, letters as .pdf, SMS as .txt. A file appears whole or not at all, under a name made of the message's
/// key: it can always tell whether a message got that far.
/// </summary>
public sealed class Outbox : IMessageSender, ISentCopies
{
    private readonly string _folder;

    public Outbox(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        var path = PathOf(message);
        if (File.Exists(path))
            return new SendOutcome.Accepted(Path.GetFileName(path));
        try
        {
            var (bytes, partial) = (Bytes(message), path + ".part");
            await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
            {
                await file.WriteAsync(bytes, ct);
                file.Flush(flushToDisk: true);
            }
            File.Move(partial, path);
            return new SendOutcome.Accepted(Path.GetFileName(path));
        }
        catch (ArgumentException wrong)
        {
            return new SendOutcome.Refused(wrong.Message);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException && !File.Exists(path))
        {
            return new SendOutcome.TryAgain(TimeSpan.FromMinutes(15), full.Message);
        }
    }

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => Task.FromResult<SendOutcome?>(
        File.Exists(PathOf(message))
            ? new SendOutcome.Accepted(Path.GetFileName(PathOf(message)))
            : new SendOutcome.TryAgain(TimeSpan.Zero, "it never reached the outbox"));

    public Task Erase(string creditor, string caseId, CancellationToken ct)
    {
        // A case's id has no dot, and comes first.
        foreach (var file in Directory.EnumerateFiles(_folder, $"{caseId}.*"))
            File.Delete(file);
        // What a creditor was told in advance names its debtors, and is over: that it was told stays.
        foreach (var notice in Directory.EnumerateFiles(_folder, $"{NoticeWriter.Key(creditor, default).Case}.*"))
            File.WriteAllBytes(notice, []);
        return Task.CompletedTask;
    }

    private string PathOf(OutgoingMessage message) => PathOf(message.Joint is { } joint ? Joint.Read(joint.Id) : (message.Key, ""));

    private string PathOf((MessageKey Key, string Mark) named) => named.Key is var key ? Path.Combine(_folder, $"{key.Case}.{key.Step}.{MessageKey.Name(key.Channel)}.{key.Sending}{named.Mark}.{key.Channel switch { Channel.Email => "eml", Channel.Letter => "pdf", _ => "txt" }}") : "";

    private static byte[] Bytes(OutgoingMessage message) => message.Key.Channel == Channel.Email ? MimeWriter.Write(MailOf.Message(message))
        : message.Pdf ?? Encoding.UTF8.GetBytes($"To: {message.To.ReplaceLineEndings(", ")}\n\n{message.Body}\n");
}
