using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Service.Audit;

/// <summary>
/// An act beside the cases: a key made, a policy put, a debtor's data handed out or erased. By is a key or a part of the system, What the operation, Subject what it was
/// done to. Never anything of a person.
/// </summary>
public sealed record AdminEntry(long Seq, DateTimeOffset At, string By, string What)
{
    /// <summary>Null for what concerns every creditor.</summary>
    public string? Creditor { get; init; }

    public string? Subject { get; init; }

    public string? Why { get; init; }

    /// <summary>Whose personal data it erased.</summary>
    public IReadOnlyList<string> Cases { get; init; } = [];

    /// <summary>Names the request, so that one told again leaves no second entry.</summary>
    public string? Request { get; init; }

    /// <summary>SHA-256, in hexadecimal, over the hash of the entry before and this one without its hash.</summary>
    public string Hash { get; init; } = "";

    public AdminEntry After(string previous) => this with { Hash = HashAfter(previous) };

    public string HashAfter(string previous) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Encoding.ASCII.GetBytes(previous), .. DomainJson.Write(this with { Hash = "" })]));
}

/// <summary>
/// The acts beside the cases, append-only and chained by hash. Each is a document whose number runs backwards, so that they list the newest first; one number is written
/// once, so that of two who append at the same time one looks again.
/// </summary>
public sealed class AdminLog(IDocuments documents, TimeProvider clock)
{
    public const string Kind = "admin-log";

    /// <summary>What this log is called beside the cases in a digest; no case is called so.</summary>
    public const string Chain = "#admin-log";

    private const long Last = 999_999_999_999;
    private const int Page = 500;
    private const int Recent = 100;

    /// <summary>Durable when it returns.</summary>
    /// <param name="act">Its number, instant and hash are given here.</param>
    public async Task Append(AdminEntry act, CancellationToken ct)
    {
        for (var races = new Races(Kind); ; races.Lose())
        {
            var recent = await Newest(null, null, act.Request is null ? 1 : Recent, ct);
            if (act.Request is not null && recent.Any(e => e.Request == act.Request && e.What == act.What))
                return;
            var head = recent.Count > 0 ? recent[0] : null;
            var entry = (act with { Seq = (head?.Seq ?? 0) + 1, At = clock.GetUtcNow() }).After(head?.Hash ?? "");
            if (await documents.Put(new(Kind, IdOf(entry.Seq), entry.Creditor, Encoding.UTF8.GetString(DomainJson.Write(entry)), 0), null, ct))
                return;
        }
    }

    /// <summary>The newest first, of one creditor or of all, before one of them.</summary>
    public async Task<IReadOnlyList<AdminEntry>> Newest(string? creditor, long? before, int limit, CancellationToken ct) =>
        [.. (await documents.List(Kind, creditor, before is { } seq ? IdOf(seq) : null, limit, ct)).Select(d => DomainJson.Read<AdminEntry>(Encoding.UTF8.GetBytes(d.Json)))];

    /// <summary>All of it, the newest first, under the numbers they are stored by; null where what is stored is no entry.</summary>
    public async IAsyncEnumerable<(long Seq, AdminEntry? Entry)> Stored([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        for (IReadOnlyList<Document>? page = null; page is null || page.Count == Page;)
        {
            page = await documents.List(Kind, null, page?[^1].Id, Page, ct);
            foreach (var document in page)
                yield return (long.TryParse(document.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var backwards) ? Last - backwards : 0, Readable<AdminEntry>(document));
        }
    }

    internal static T? Readable<T>(Document document) where T : class
    {
        try
        {
            return DomainJson.Read<T>(Encoding.UTF8.GetBytes(document.Json));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public async Task<ChainHead?> Head(CancellationToken ct) =>
        await Newest(null, null, 1, ct) is [var head] ? new(Chain, "", head.Seq, Convert.FromHexString(head.Hash)) : null;

    private static string IdOf(long seq) => (Last - seq).ToString("D12", CultureInfo.InvariantCulture);
}
