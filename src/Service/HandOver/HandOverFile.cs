using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Api.Views;
using Dunning.Service.Delivery;
using Dunning.Service.Delivery.Mail;
using Dunning.Service.Engine;

namespace Dunning.Service.HandOver;

public sealed record HandedFile(string Name, long Bytes, string Sha256);

public sealed record HandedMessage(
    string Key, string Step, string Channel, string Status, string? To, string? Subject, DateTimeOffset? WrittenAt, IReadOnlyList<string> Files, IReadOnlyList<Evidence> Evidence, string? Note);

/// <summary>The head of the case's log: who keeps it can show later that nothing before it was changed.</summary>
public sealed record LogHead(int Events, long LastSeq, string Hash);

/// <summary>What is in a hand-over file, with the SHA-256 of each.</summary>
public sealed record Manifest(
    string CaseId, string Creditor, string Number, DateTimeOffset CreatedAt, LogHead? Log, IReadOnlyList<HandedFile> Files, IReadOnlyList<HandedMessage> Messages, IReadOnlyList<string> Notes);

/// <summary>
/// Writes one ZIP, file by file, so that no more than one message and the invoice are in memory at a time. The order of the files never changes; the manifest comes
/// last, since it tells the hashes of the others.
/// </summary>
internal sealed class HandOverFile(HandOverCase c, CaseView view, Enclosed? invoice, ICaseStore store)
{
    private readonly List<HandedFile> _files = [];
    private readonly List<HandedMessage> _messages = [];
    private readonly List<string> _notes = [];

    /// <param name="papers">The papers drawn beforehand, with their names.</param>
    /// <param name="notes">What the reader should know of them.</param>
    public async Task Write(Stream to, IEnumerable<(string Name, byte[] Bytes)> papers, IEnumerable<string> notes, CancellationToken ct)
    {
        _notes.AddRange(notes);
        using var outflow = new Outflow();
        using (var zip = new ZipArchive(outflow, ZipArchiveMode.Create, leaveOpen: true))
            await Write(zip, papers, () => outflow.PassOn(to, ct), ct);
        await outflow.PassOn(to, ct);
    }

    private async Task Write(ZipArchive zip, IEnumerable<(string Name, byte[] Bytes)> papers, Func<Task> passOn, CancellationToken ct)
    {
        foreach (var (name, bytes) in papers)
            Add(zip, name, bytes);
        Add(zip, "claim.json", Json(ClaimView.Of(c.Claim, c.Policy.Regime, c.Today)));
        Add(zip, "case.json", Json(view));
        Add(zip, "timeline.json", Json(view.Timeline));
        Add(zip, "routes.json", Json(RecoveryRoutesView.Of(c)));
        if (invoice is not null)
            Add(zip, "invoice.pdf", invoice.Content);
        else
            _notes.Add("The invoice's PDF was never put on file.");
        await passOn();
        foreach (var message in SentMessage.Of(c))
        {
            await Add(zip, message, ct);
            await passOn();
        }
        var log = c.Log is [.., var head] ? new LogHead(c.Log.Count, head.Logged.Seq, head.Hash) : null;
        Add(zip, "manifest.json", Json(new Manifest(c.File.Id, c.File.Creditor, c.File.Invoice.Number, c.Now, log, [.. _files], _messages, _notes)));
    }

    private async Task Add(ZipArchive zip, SentMessage sent, CancellationToken ct)
    {
        var (before, note) = (_files.Count, (string?)null);
        // Of what it shared with others of the debtor's only the words are this case's: their invoices are not on file here.
        var message = await store.FindMessage(sent.Key, ct) is { } kept ? kept with { Joint = null } : null;
        if (message is { Enclosed: { } enclosed })
            (message, note) = invoice is not null && invoice.Sha256 == enclosed.Sha256
                ? (message with { Enclosed = enclosed with { Content = invoice.Content } }, null)
                : (message with { Enclosed = null }, $"It left with {enclosed.FileName} (SHA-256 {enclosed.Sha256}), which is no longer on file.");
        if (message is not null)
            foreach (var (ending, bytes) in Forms(message))
                Add(zip, sent.Name + ending, bytes);
        _messages.Add(new(sent.Key.ToString(), sent.Key.Step, MessageKey.Name(sent.Key.Channel), ApiJson.Name(sent.Leg.Status), message?.To, message?.Subject, message?.WrittenAt,
            [.. _files.Skip(before).Select(f => f.Name)], sent.Evidence, note ?? sent.Leg.Why));
    }

    // Each form of a message as it left; an e-mail also as what it says, for whoever opens no .eml.
    private static IEnumerable<(string Ending, byte[] Bytes)> Forms(OutgoingMessage message)
    {
        if (message.Key.Channel == Channel.Email)
            yield return (".eml", MimeWriter.Write(MailOf.Message(message)));
        if (message.Pdf is { } pdf)
            yield return (".pdf", pdf);
        else
            yield return (".txt", Encoding.UTF8.GetBytes(message.Body));
        if (message.Html is { } page)
            yield return (".html", Encoding.UTF8.GetBytes(page));
    }

    private void Add(ZipArchive zip, string name, ReadOnlyMemory<byte> bytes)
    {
        var entry = zip.CreateEntry(name, name.EndsWith(".pdf", StringComparison.Ordinal) ? CompressionLevel.Fastest : CompressionLevel.Optimal);
        entry.LastWriteTime = TimeZoneInfo.ConvertTime(c.Now, c.Policy.Zone);
        using (var file = entry.Open())
            file.Write(bytes.Span);
        _files.Add(new(name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes.Span))));
    }

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Indented);

    private static readonly JsonSerializerOptions Indented = new(ApiJson.Options) { WriteIndented = true };
}
