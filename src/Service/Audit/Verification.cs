using System.Text.Json;

namespace Dunning.Service.Audit;

/// <summary>
/// Checks that the record is what it was: each log against its hashes, each personal value against its reference, each digest against its signature, its copy and the one
/// before it, and each head a digest covers against the log as it is now. So whoever changes a row is found out by its hash, and whoever writes a whole log anew by a digest.
/// A host may write meanwhile: what vouches is read before what it vouches for, and what excuses again before anything is a fault.
/// </summary>
public sealed class Verification(IAuditStore store, AdminLog admin, Digests digests, DigestSigner signer, IDigestArchive archive)
{
    /// <param name="progress">Told the number of cases that were looked at.</param>
    /// <param name="told">Told each fault as it is found.</param>
    public async Task<VerificationReport> Run(IProgress<long>? progress, CancellationToken ct, Action<AuditFault>? told = null)
    {
        var (found, check) = (new Findings(told), new DigestCheck(digests, signer, archive));
        await check.Run(found, ct);
        await CheckActs(found, ct);
        check.CheckKeys(found);
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
                found.Add(missing, null, FaultWords.Gone(Digests.IdOf(covered[^1].On)));
        return new(seen.Count, found.Events, found.Digests.Count, found.Values, found.Faults) { Remarks = found.Remarks };
    }

    private async Task CheckActs(Findings found, CancellationToken ct)
    {
        var entries = new List<(long Seq, AdminEntry? Entry)>();
        await foreach (var entry in admin.Stored(ct))
            entries.Add(entry);
        entries.Reverse();
        var known = entries.Select(e => e.Entry).OfType<AdminEntry>().ToList();
        found.Erased.UnionWith(known.SelectMany(e => e.Cases));
        found.Keys.UnionWith(known.Where(e => e.What == Digests.KeyChange).Select(e => e.Subject).OfType<string>());
        found.LastAct = entries.Count > 0 ? entries[^1].Seq : 0;
        var (hash, seq) = ("", 0L);
        foreach (var (at, entry) in entries)
        {
            if (at != ++seq || entry?.Seq != seq || entry.Hash != entry.HashAfter(hash))
            {
                found.Add(AdminLog.Chain, seq, FaultWords.ActChanged);
                break;
            }
            hash = entry.Hash;
        }
        found.CheckCovered(AdminLog.Chain, [.. known.Select(e => (e.Seq, e.Hash))]);
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
                found.Add(head.CaseId, broken, broken > rows.Count ? FaultWords.RowMissing : FaultWords.RowChanged);
        }
        found.Events += rows.Count;
        foreach (var row in rows)
            await CheckPersonal(head.CaseId, row, found, ct);
        found.CheckCovered(head.CaseId, [.. rows.Select(r => (r.Seq, Convert.ToHexStringLower(r.Hash)))]);
    }

    private async Task CheckPersonal(string caseId, ChainRow row, Findings found, CancellationToken ct)
    {
        try
        {
            if (LogBody.Erased(row.Body.Format, row.Body.Hashed, row.Body.Personal) is not { } erased)
                found.Add(caseId, row.Seq, FaultWords.ValueChanged);
            else if (erased == 0 && row.Body.Format == LogFormat.Redacted)
                found.Add(caseId, row.Seq, FaultWords.NothingErased);
            else if (erased > 0 && !await IsErased(caseId, found, ct))
                found.Add(caseId, row.Seq, FaultWords.ValueGone);
            else
                found.Values += erased;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // What is not even UTF-8 is the latter to the reader.
            found.Add(caseId, row.Seq, FaultWords.NoJson);
        }
    }

    private async Task<bool> IsErased(string caseId, Findings found, CancellationToken ct)
    {
        if (found.Erased.Contains(caseId))
            return true;
        // Erased since the acts were read: that stood among them before anything was gone.
        await foreach (var (seq, entry) in admin.Stored(ct))
        {
            if (seq <= found.LastAct)
                break;
            found.Erased.UnionWith(entry?.Cases ?? []);
        }
        return found.Erased.Contains(caseId);
    }
}
