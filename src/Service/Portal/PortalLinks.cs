using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.Service.Reports;

namespace Dunning.Service.Portal;

/// <summary>The links to each case's page: made when first put into a message, the same in every later one, until revoked or about to expire.</summary>
public sealed class PortalLinks(Registry registry, PortalKey key, Doors doors, TimeProvider clock)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(400);

    // Nobody is sent a link that ends before the matter is likely to.
    private static readonly TimeSpan LeastLeft = TimeSpan.FromDays(60);

    /// <summary>The path before <c>/p/</c>, where a gateway adds one.</summary>
    public string Root => doors.PublicUrl?.AbsolutePath.TrimEnd('/') ?? "";

    /// <summary>This host can make and open links.</summary>
    public bool IsOn => key.IsSet;

    public bool Serves(Creditor creditor) => key.IsSet && !creditor.WithoutDebtorPage;

    /// <summary>What a message carries; null where there is no page, or nobody knows where the outside world finds it.</summary>
    public async ValueTask<string?> ForMessage(Creditor creditor, string caseId, CancellationToken ct) =>
        doors.PublicUrl is null || !Serves(creditor) ? null : Url((await Make(creditor.Id, caseId, ct)).Token);

    /// <summary>What a preview shows where a message would carry the link: an address that opens nothing, as long as one that does.</summary>
    public string? ForPreview(Creditor creditor) => doors.PublicUrl is null || !Serves(creditor) ? null : Url(DebtorLinkMask.Placeholder);

    /// <summary>As whoever looks may open it: a whole address, or a path of this host where it knows none.</summary>
    public string Url(string token) => doors.PublicUrl is { } here ? $"{here.AbsoluteUri.TrimEnd('/')}/p/{token}" : $"/p/{token}";

    /// <summary>The link that is in use, made if there is none.</summary>
    public async Task<(string Token, PortalLink Link)> Make(string creditor, string caseId, CancellationToken ct)
    {
        for (var generation = 1; ;)
        {
            var token = key.Token(caseId, generation);
            var link = (await Find(caseId, generation, ct))?.Value;
            if (link is null)
            {
                link = new(creditor, caseId, PortalLink.Page, generation, clock.GetUtcNow() + Life);
                // Another was faster: what it wrote is read.
                if (!await registry.PortalLinks.Put(PortalKey.Hash(token), null, link, 0, null, ct))
                    continue;
            }
            if (IsFit(link))
                return (token, link);
            generation++;
        }
    }

    /// <summary>Takes every link of the case out of use; how many that were.</summary>
    public async Task<int> Revoke(string caseId, string by, CancellationToken ct)
    {
        var (revoked, races) = (0, new Races(caseId));
        for (var generation = 1; await Find(caseId, generation, ct) is { } kept;)
        {
            if (kept.Value.RevokedAt is null
                && !await registry.PortalLinks.Put(PortalKey.Hash(key.Token(caseId, generation)), null, kept.Value with { RevokedAt = clock.GetUtcNow(), RevokedBy = by }, kept.Version, null, ct))
            {
                races.Lose();
                continue;
            }
            revoked += kept.Value.RevokedAt is null ? 1 : 0;
            generation++;
        }
        return revoked;
    }

    /// <summary>Null for a token that opens nothing, whatever the reason, after the same one look.</summary>
    public async Task<PortalLink?> Open(string token, CancellationToken ct) =>
        key.IsSet && token.Length == PortalKey.TokenLength && await registry.PortalLinks.Get(PortalKey.Hash(token), ct) is { Value: var link }
        // A row that somebody else put into the store opens nothing: the token is one of ours, or none.
        && PortalKey.Same(token, key.Token(link.CaseId, link.Generation)) && link is { Purpose: PortalLink.Page, RevokedAt: null } && link.ExpiresAt > clock.GetUtcNow()
            ? link
            : null;

    private Task<Shelved<PortalLink>?> Find(string caseId, int generation, CancellationToken ct) => registry.PortalLinks.Get(PortalKey.Hash(key.Token(caseId, generation)), ct);

    private bool IsFit(PortalLink link) => link.RevokedAt is null && link.ExpiresAt > clock.GetUtcNow() + LeastLeft;
}
