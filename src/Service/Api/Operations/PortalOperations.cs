using Dunning.Service.Audit;
using Dunning.Service.Portal;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

public sealed record PortalLinkView(string CaseId, string Url, DateTimeOffset ExpiresAt);

public sealed record RevokedPortalLinksView(string CaseId, int Revoked);

/// <summary>The debtor's own page, as operators hand it out and take it back.</summary>
public sealed class PortalOperations(Acknowledger acknowledger, PortalLinks links, Registry registry, AdminLog admin)
{
    /// <summary>The link messages carry, or will: to give by telephone. After a revocation it is another one.</summary>
    public async Task<Answer> Link(ApiRequest r)
    {
        if (await acknowledger.Find(r.Caller, r.Route("id"), r.Ct) is not { } folded || await registry.Creditors.Get(folded.File.Creditor, r.Ct) is not { Value: var creditor })
            return Answer.NotFound("invoice");
        if (!links.Serves(creditor))
            return Answer.Conflict("noDebtorPage", "There is no debtor's page: this host has no key for it, or the creditor wants none.");
        await Record(r, creditor.Id, "makePortalLink");
        var (token, link) = await links.Make(creditor.Id, folded.Stored.Id, r.Ct);
        return Answer.Ok(new PortalLinkView(folded.Stored.Id, links.Url(token), link.ExpiresAt));
    }

    /// <summary>Every link sent so far opens nothing from now on; the next message carries a new one.</summary>
    public async Task<Answer> Revoke(ApiRequest r)
    {
        if (await acknowledger.Find(r.Caller, r.Route("id"), r.Ct) is not { } folded)
            return Answer.NotFound("invoice");
        await Record(r, folded.File.Creditor, "revokePortalLinks");
        return Answer.Ok(new RevokedPortalLinksView(folded.Stored.Id, links.IsOn ? await links.Revoke(folded.Stored.Id, r.Caller.KeyId, r.Ct) : 0));
    }

    // Before it is answered: whoever asks is handed what lets him speak as the debtor.
    private Task Record(ApiRequest r, string creditor, string what) =>
        admin.Append(new(0, default, r.Caller.KeyId, what) { Creditor = creditor, Subject = r.Http.Request.Path.Value, Request = r.RequestName }, r.Ct);
}
