using System.Globalization;
using System.Text;
using System.Text.Json;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.Service.Audit;

/// <summary>Where digests are written out, beside the store: whoever changes the store would have to change these, too.</summary>
public interface IDigestArchive
{
    /// <summary>What will be written is there to be read, before the store knows of it: nobody finds a digest without its copy.</summary>
    Task Begin(string name, byte[] json, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Written once; one that is there stays as it is.</summary>
    Task Write(string name, byte[] json, CancellationToken ct);

    /// <summary>Null when there is none.</summary>
    Task<byte[]?> Read(string name, CancellationToken ct);

    Task<IReadOnlyList<string>> Names(CancellationToken ct);
}

/// <summary>The digests: one a day, over the logs that changed since the one before, each chained to that one.</summary>
public sealed class Digests(IDocuments documents, IAuditStore store, AdminLog admin, DigestSigner signer, IDigestArchive archive, TimeProvider clock)
{
    public const string Kind = "digest";

    /// <summary>What the log of administration calls the first use of another key.</summary>
    public const string KeyChange = "digestKey";

    private const string HeadsKind = "digest-heads";
    private const int HeadsAtOnce = 5000;
    private const int Page = 200;

    // Machines do not agree about the time: a log covered twice does no harm, one never covered would.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>Makes the digest of today (UTC) if there is none; null when there is. What was cut short is completed.</summary>
    public async Task<Digest?> Make(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (date, last) = (DateOnly.FromDateTime(now.UtcDateTime), await Last(ct));
        if (last is not null)
            await archive.Write(NameOf(last.Date), DomainJson.Write(new WrittenDigest(last, await Heads(last, ct))), ct);
        if (last?.Date >= date)
            return null;
        // On the record before it signs anything, and covered by what it signs.
        if (last is not null && signer.Name is { } key && key != last.Key)
            await admin.Append(new(0, default, "engine", KeyChange) { Subject = key, Request = $"{IdOf(date)} {key}" }, ct);
        var heads = await Changed(last is null ? null : last.At - Overlap, ct);
        var digest = signer.Sign(new(date, now, heads.Count, Digest.RootOf(heads), last?.Hash ?? ""));
        foreach (var (chunk, nth) in heads.Chunk(HeadsAtOnce).Select((c, i) => (c, i)))
            await Put(HeadsKind, PageOf(digest, nth), chunk, ct);
        var written = DomainJson.Write(new WrittenDigest(digest, heads));
        await archive.Begin(NameOf(date), written, ct);
        // Two machines at once: the one who comes second finds it there.
        if (!await documents.Put(new(Kind, IdOf(date), null, Encoding.UTF8.GetString(DomainJson.Write(digest)), 0), null, ct))
            return null;
        await archive.Write(NameOf(date), written, ct);
        return digest;
    }

    /// <summary>By date, from after (excluded) on.</summary>
    public async Task<IReadOnlyList<Digest>> List(string? after, int limit, CancellationToken ct) =>
        [.. (await documents.List(Kind, null, after, limit, ct)).Select(d => DomainJson.Read<Digest>(Encoding.UTF8.GetBytes(d.Json)))];

    /// <summary>As <see cref="List"/>, under the names they are stored by; null where what is stored is no digest.</summary>
    public async Task<IReadOnlyList<(string Id, Digest? Digest)>> Stored(string? after, int limit, CancellationToken ct) =>
        [.. (await documents.List(Kind, null, after, limit, ct)).Select(d => (d.Id, AdminLog.Readable<Digest>(d)))];

    /// <summary>What a digest covers.</summary>
    /// <exception cref="JsonException">What is stored is something else.</exception>
    public async Task<IReadOnlyList<CoveredHead>> Heads(Digest digest, CancellationToken ct)
    {
        var heads = new List<CoveredHead>();
        for (var nth = 0; heads.Count < digest.Count && await documents.Get(HeadsKind, PageOf(digest, nth), ct) is { } chunk; nth++)
            heads.AddRange(DomainJson.Read<CoveredHead[]>(Encoding.UTF8.GetBytes(chunk.Json)));
        return heads;
    }

    public static string IdOf(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string NameOf(DateOnly date) => NameOf(IdOf(date));

    public static string NameOf(string id) => $"{id}.json";

    // By their root: of two machines that make one at once neither changes what the other's covers.
    private static string PageOf(Digest digest, int nth) => string.Create(CultureInfo.InvariantCulture, $"{IdOf(digest.Date)}/{digest.Root}/{nth:D4}");

    private async Task<Digest?> Last(CancellationToken ct)
    {
        Digest? last = null;
        for (IReadOnlyList<Digest>? page = null; page is null || page.Count == Page;)
        {
            page = await List(last is null ? null : IdOf(last.Date), Page, ct);
            last = page.Count > 0 ? page[^1] : last;
        }
        return last;
    }

    private async Task<List<CoveredHead>> Changed(DateTimeOffset? since, CancellationToken ct)
    {
        var heads = new SortedDictionary<string, CoveredHead>(StringComparer.Ordinal);
        await foreach (var head in store.Heads(since, ct))
            heads[head.CaseId] = Of(head);
        if (await admin.Head(ct) is { } acts)
            heads[AdminLog.Chain] = Of(acts);
        return [.. heads.Values];

        static CoveredHead Of(ChainHead head) => new(head.CaseId, head.Length, Convert.ToHexStringLower(head.Hash));
    }

    private async Task Put<T>(string kind, string id, T value, CancellationToken ct)
    {
        var json = Encoding.UTF8.GetString(DomainJson.Write(value));
        for (var races = new Races(id); !await documents.Put(new(kind, id, null, json, (await documents.Get(kind, id, ct))?.Version ?? 0), null, ct); races.Lose())
            continue;
    }
}
