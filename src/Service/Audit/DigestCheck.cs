using System.Text.Json;
using Dunning.Service.Json;

namespace Dunning.Service.Audit;

/// <summary>Each digest against its signature, its copy, what it covers and the one before it.</summary>
internal sealed class DigestCheck(Digests digests, DigestSigner signer, IDigestArchive archive)
{
    private const int Page = 200;

    public async Task Run(Findings found, CancellationToken ct)
    {
        // The copies first: a digest made meanwhile is in the store before its copy has its name.
        var left = (await archive.Names(ct)).ToHashSet(StringComparer.Ordinal);
        var previous = "";
        for (IReadOnlyList<(string Id, Digest? Digest)>? page = null; page is null || page.Count == Page;)
        {
            page = await digests.Stored(page?[^1].Id, Page, ct);
            foreach (var (id, digest) in page)
            {
                left.Remove(Digests.NameOf(id));
                if (digest is null)
                    found.Add($"digest {id}", null, FaultWords.NoJson);
                else
                    await Check($"digest {id}", digest, previous, found, ct);
                previous = digest?.Hash ?? "";
            }
        }
        foreach (var name in left.Order(StringComparer.Ordinal))
            found.Add($"digest {name.Split('.')[0]}", null, FaultWords.OnlyCopy);
    }

    /// <summary>Once the log of administration was read: another key than before is one that log tells of.</summary>
    public void CheckKeys(Findings found)
    {
        Digest? last = null;
        foreach (var digest in found.Digests)
        {
            if (last is not null && digest.Key is { } key && key != last.Key)
                if (found.Keys.Contains(key))
                    found.Remarks.Add(new($"digest {Digests.IdOf(digest.Date)}", null, FaultWords.KeyChanged(key)));
                else
                    found.Add($"digest {Digests.IdOf(digest.Date)}", null, FaultWords.KeyUnsaid(key));
            last = digest;
        }
        if (signer.Name is { } own && last?.Key is { } used && used != own)
            found.Remarks.Add(new($"digest {Digests.IdOf(last.Date)}", null, FaultWords.KeyWillChange(own)));
    }

    private async Task Check(string where, Digest digest, string previous, Findings found, CancellationToken ct)
    {
        found.Digests.Add(digest);
        if (signer.Fault(digest) is { } unsigned)
            found.Add(where, null, unsigned);
        if (digest.Previous != previous)
            found.Add(where, null, FaultWords.DoesNotFollow);
        var heads = await Heads(digest, ct);
        if (heads?.Count != digest.Count || Digest.RootOf(heads) != digest.Root)
            found.Add(where, null, FaultWords.OtherHeads);
        if (await archive.Read(Digests.NameOf(digest.Date), ct) is not { } copy)
            found.Add(where, null, FaultWords.NoCopy);
        else if (!Says(copy, digest))
            found.Add(where, null, FaultWords.OtherCopy);
        foreach (var head in heads?.Where(h => !string.IsNullOrEmpty(h.Case)) ?? [])
        {
            if (!found.Covered.TryGetValue(head.Case, out var covered))
                found.Covered[head.Case] = covered = [];
            covered.Add((head, digest.Date));
        }
    }

    private async Task<IReadOnlyList<CoveredHead>?> Heads(Digest digest, CancellationToken ct)
    {
        try
        {
            return await digests.Heads(digest, ct);
        }
        catch (JsonException)
        {
            return null;
        }
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
}
