using System.Globalization;
using System.Text.Json;
using Dunning.Service.Json;

namespace Dunning.Service.Audit;

/// <summary>Something that is not as it was acknowledged. Where is a case, the log of administration or a digest; Seq the place in its log.</summary>
public sealed record AuditFault(string Where, long? Seq, string What)
{
    public override string ToString() => Seq is { } seq ? string.Create(CultureInfo.InvariantCulture, $"{Where}, event {seq}: {What}") : $"{Where}: {What}";
}

/// <summary>What was looked at, and everything that is wrong with it.</summary>
/// <param name="Erased">Personal values that an erasure on the record took away.</param>
public sealed record VerificationReport(long Cases, long Events, int Digests, long Erased, IReadOnlyList<AuditFault> Faults)
{
    public bool IsClean => Faults.Count == 0;
}

/// <summary>
/// Checks that the record is what it was: each log against its hashes, each personal value against its reference, each digest against its signature, its copy and the one
/// before it, and each head a digest covers against the log as it is now. So whoever changes a row is found out by its hash, and whoever writes a whole log anew by a digest.
/// </summary>
public sealed class Verification(IAuditStore store, AdminLog admin, Digests digests, DigestSigner signer, IDigestArchive archive)
{
    private const int Page = 200;

    private sealed class Findings
    {
        public List<AuditFault> Faults { get; } = [];

        public Dictionary<string, List<(CoveredHead Head, DateOnly On)>> Covered { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Erased { get; } = new(StringComparer.Ordinal);

        public long Events { get; set; }

        public long Values { get; set; }

        public void Add(string where, long? seq, string what) => Faults.Add(new(where, seq, what));
    }

    /// <param name="progress">Told the number of cases that were looked at.</param>
    public async Task<VerificationReport> Run(IProgress<long>? progress, CancellationToken ct)
    {
        var found = new Findings();
        var days = await CheckDigests(found, ct);
        await CheckActs(found, ct);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var head in store.Heads(null, ct))
            if (seen.Add(head.CaseId))
            {
                await CheckCase(head, found, ct);
                progress?.Report(seen.Count);
            }
        foreach (var (missing, covered) in found.Covered.Where(c => c.Key != AdminLog.Chain && !seen.Contains(c.Key)))
            if (await store.Head(missing, ct) is { } unlisted)
                await CheckCase(unlisted, found, ct);
            else
                found.Add(missing, null, $"the digest of {Day(covered[^1].On)} covers it, and it is not there");
        return new(seen.Count, found.Events, days, found.Values, found.Faults);
    }

    private async Task<int> CheckDigests(Findings found, CancellationToken ct)
    {
        var (count, previous, left) = (0, "", (await archive.Names(ct)).ToHashSet(StringComparer.Ordinal));
        for (IReadOnlyList<Digest>? page = null; page is null || page.Count == Page;)
        {
            page = await digests.List(page is null ? null : Digests.IdOf(page[^1].Date), Page, ct);
            foreach (var digest in page)
            {
                await CheckDigest(digest, previous, found, ct);
                (previous, count) = (digest.Hash, count + 1);
                left.Remove(Digests.NameOf(digest.Date));
            }
        }
        foreach (var name in left.Order(StringComparer.Ordinal))
            found.Add($"digest {name.Split('.')[0]}", null, "it was written out, and is not in the store any more");
        return count;
    }

    private async Task CheckDigest(Digest digest, string previous, Findings found, CancellationToken ct)
    {
        var (where, heads) = ($"digest {Day(digest.Date)}", await digests.Heads(digest, ct));
        if (signer.Fault(digest) is { } unsigned)
            found.Add(where, null, unsigned);
        if (digest.Previous != previous)
            found.Add(where, null, "it does not follow the digest before it: one was changed or taken away");
        if (heads.Count != digest.Count || Digest.RootOf(heads) != digest.Root)
            found.Add(where, null, "the heads it covers are not those it signed");
        if (await archive.Read(Digests.NameOf(digest.Date), ct) is not { } copy)
            found.Add(where, null, "the copy that was written out is not there");
        else if (!Says(copy, digest))
            found.Add(where, null, "the copy that was written out says something else");
        foreach (var head in heads)
        {
            if (!found.Covered.TryGetValue(head.Case, out var covered))
                found.Covered[head.Case] = covered = [];
            covered.Add((head, digest.Date));
        }
    }

    private async Task CheckActs(Findings found, CancellationToken ct)
    {
        var entries = new List<AdminEntry>();
        await foreach (var entry in admin.All(ct))
            entries.Add(entry);
        entries.Reverse();
        var (hash, seq) = ("", 0L);
        foreach (var entry in entries)
        {
            found.Erased.UnionWith(entry.Cases);
            if (entry.Seq != ++seq || entry.Hash != entry.HashAfter(hash))
            {
                found.Add(AdminLog.Chain, seq, "it is not what was written, or one before it is missing");
                break;
            }
            hash = entry.Hash;
        }
        CheckCovered(AdminLog.Chain, [.. entries.Select(e => (e.Seq, e.Hash))], found);
    }

    private async Task CheckCase(ChainHead head, Findings found, CancellationToken ct)
    {
        var rows = await store.Chain(head.CaseId, ct);
        if (ChainRow.FirstBroken(rows, head.Length, head.Hash) is { } broken)
        {
            // Told something while it was read: its head is asked again, and then there are rows for all of it.
            head = await store.Head(head.CaseId, ct) ?? head;
            rows = [.. (await store.Chain(head.CaseId, ct)).Where(r => r.Seq <= head.Length)];
            broken = ChainRow.FirstBroken(rows, head.Length, head.Hash) ?? 0;
            if (broken > 0)
                found.Add(head.CaseId, broken, broken > rows.Count ? "it is missing" : "it is not what was acknowledged");
        }
        found.Events += rows.Count;
        foreach (var row in rows)
            CheckPersonal(head.CaseId, row, found);
        CheckCovered(head.CaseId, [.. rows.Select(r => (r.Seq, Convert.ToHexStringLower(r.Hash)))], found);
    }

    private static void CheckPersonal(string caseId, ChainRow row, Findings found)
    {
        try
        {
            if (LogBody.Erased(row.Body.Format, row.Body.Hashed, row.Body.Personal) is not { } erased)
                found.Add(caseId, row.Seq, "a personal value beside it is not the one it refers to");
            else if (erased > 0 && !found.Erased.Contains(caseId))
                found.Add(caseId, row.Seq, "personal values beside it are gone, and no erasure on the record took them away");
            else
                found.Values += erased;
        }
        catch (JsonException)
        {
            found.Add(caseId, row.Seq, "it, or what stands beside it, is no JSON");
        }
    }

    private static void CheckCovered(string where, IReadOnlyList<(long Seq, string Hash)> rows, Findings found)
    {
        foreach (var (head, on) in found.Covered.GetValueOrDefault(where) ?? [])
            if (rows.FirstOrDefault(r => r.Seq == head.Length) is not { Seq: > 0 } row)
                found.Add(where, head.Length, $"the digest of {Day(on)} covers it, and the log does not reach that far");
            else if (row.Hash != head.Hash)
                found.Add(where, head.Length, $"the digest of {Day(on)} covers another one: the log was written anew since");
    }

    private static bool Says(byte[] copy, Digest digest)
    {
        try
        {
            var written = DomainJson.Read<WrittenDigest>(copy);
            return written.Digest == digest && Digest.RootOf(written.Heads) == digest.Root;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Day(DateOnly date) => Digests.IdOf(date);
}
