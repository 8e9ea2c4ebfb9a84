using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.Service.Webhooks;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Links;

/// <summary>
/// The links of each case: made once for what it asks, offered to texts while they fit, revoked when they no longer do. A provider that does not answer makes no
/// link, and nothing waits for it; what is to be revoked stays written down until it is.
/// </summary>
public sealed class LinkBook(Registry registry, PaymentAccounts accounts, IEnumerable<IPaymentProvider> providers, Lazy<ProviderPayments> payments, TimeProvider clock, ILogger<LinkBook> log)
{
    // A debtor has some days to use what a message carries.
    private static readonly TimeSpan Usable = TimeSpan.FromDays(5);

    private readonly Dictionary<string, IPaymentProvider> _providers = providers.ToDictionary(p => p.Provider, StringComparer.Ordinal);

    public async Task<CaseLinks?> Find(string caseId, CancellationToken ct) => (await registry.PaymentLinks.Get(caseId, ct))?.Value;

    /// <summary>Cases in a list of <see cref="CaseLinks"/>, by id, from after (excluded) on.</summary>
    public Task<IReadOnlyList<(string Id, CaseLinks Links)>> List(string list, string? after, int limit, CancellationToken ct) => registry.PaymentLinks.List(list, after, limit, ct);

    /// <summary>Where a text of now may send whoever pays an amount: a link for exactly that, else the creditor's own address; null for a creditor with neither.</summary>
    public async ValueTask<Func<Money, string?>?> Offer(CaseFile file, Policy policy, DateTimeOffset now, CancellationToken ct)
    {
        if (!await accounts.Any(ct) || await accounts.Of(file.Creditor, ct) is not { } settings)
            return null;
        var (basis, links) = (LinkBasis.Of(new DunningCase.Open(file), policy), settings.Provider is null ? null : await Find(file.Id, ct));
        return amount => links?.Links.LastOrDefault(l => l.IsLive && l.Amount == amount && l.Basis == basis && !(l.ExpiresAt <= now))?.Url
            ?? (settings.Template is { } template ? UrlTemplate.Fill(template, file.Id, file.Invoice.Number, amount) : null);
    }

    /// <summary>Sees to it that there is a link for exactly this amount, made or found; without one if the provider does not answer. True when it took its time.</summary>
    public async Task<bool> Prepare(CaseFile file, Policy policy, Money amount, CancellationToken ct)
    {
        if (await accounts.Of(file.Creditor, ct) is not { } settings || LinkBasis.Of(new DunningCase.Open(file), policy) is not { } basis)
            return false;
        var now = clock.GetUtcNow();
        // The channels of one day may ask for different sums; what was asked on an earlier day has grown by its interest.
        var links = await Change(file.Creditor, file.Id, l => l.Unfit(basis, now, x => x.Provider != settings.Provider || (x.Amount != amount && x.MadeAt.UtcDateTime.Date < now.UtcDateTime.Date)), ct);
        var fit = links.Links.LastOrDefault(l => l.IsLive && l.Amount == amount);
        var isWanting = fit is null || fit.ExpiresAt < now + Usable;
        if (isWanting)
            links = await Make(settings, file, links, fit, amount, basis, now, ct) ?? links;
        await Revoke(links, ct);
        return isWanting;
    }

    /// <summary>Takes out of use what no longer fits, and has it revoked.</summary>
    public async Task Refresh(string creditor, string caseId, LinkBasis? basis, CancellationToken ct) =>
        await Revoke(await Change(creditor, caseId, l => l.Unfit(basis, clock.GetUtcNow()), ct), ct);

    /// <summary>Puts a case into the list where it belongs by now. Another machine that changed it meanwhile has done so.</summary>
    /// <param name="seen">What was seen of it.</param>
    public async Task File(string caseId, Func<CaseLinks, CaseLinks> seen, CancellationToken ct)
    {
        if (await registry.PaymentLinks.Get(caseId, ct) is { } kept && seen(kept.Value) is var links)
            await registry.PaymentLinks.Put(caseId, links.ListAt(clock.GetUtcNow()), links, kept.Version, null, ct);
    }

    private async Task<CaseLinks?> Make(PaymentSettings settings, CaseFile file, CaseLinks links, PaymentLink? existing, Money amount, LinkBasis basis, DateTimeOffset now, CancellationToken ct)
    {
        if (settings.Provider is not { } name || !_providers.TryGetValue(name, out var provider) || accounts.Secret(settings, name) is not { } key)
            return null;
        var order = new LinkOrder(file.Id, file.Invoice.Number, amount, existing?.Ordinal ?? links.Links.Count + 1, settings.ReturnUrl) { Existing = existing?.Id };
        try
        {
            var made = await provider.Make(key, order, ct);
            if (!Uri.TryCreate(made.Url, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps)
                throw new ProviderRefused($"{name} made a link that is no https:// address");
            // Whose it is before anybody can pay by it.
            if (!await payments.Value.Link(file.Creditor, name, made.Id, file.Id, null, ct))
                throw new ProviderRefused($"{name} made a link that is another case's");
            return await Change(file.Creditor, file.Id, l => Add(l, new(order.Ordinal, name, made.Id, made.Url, amount, basis, now) { ExpiresAt = made.ExpiresAt }), ct);
        }
        // Paid or cancelled behind our back: another takes its place.
        catch (ProviderRefused) when (existing is not null)
        {
            links = await Change(file.Creditor, file.Id, l => l.Unfit(basis, now, x => x.Id == existing.Id), ct);
            return await Make(settings, file, links, null, amount, basis, now, ct) ?? links;
        }
        catch (Exception failure) when (failure is ProviderUnreached or ProviderRefused)
        {
            log.LogWarning("Case {Case} is written to without a payment link: {Why}", file.Id, failure.Message);
            return null;
        }
    }

    // Two machines that made it at once were given the same. Should a provider ever make two, one of them goes.
    private static CaseLinks Add(CaseLinks links, PaymentLink made) =>
        links.Links.Any(l => l.Id == made.Id) ? links.Change(l => l.Id == made.Id && l.IsLive, l => l with { Url = made.Url, ExpiresAt = made.ExpiresAt })
        : links with { Links = [.. links.Links, links.Links.Any(l => l.IsLive && l.Amount == made.Amount) ? made with { UnfitSince = made.MadeAt } : made] };

    private async Task Revoke(CaseLinks links, CancellationToken ct)
    {
        if (!links.Links.Any(l => l.ToRevoke) || await accounts.Of(links.Creditor, ct) is not { } settings)
            return;
        foreach (var link in links.Links.Where(l => l.ToRevoke))
            try
            {
                if (accounts.Secret(settings, link.Provider) is not { } key)
                    throw new ProviderUnreached($"there is no key of {link.Provider}");
                await _providers[link.Provider].Revoke(key, link.Id, ct);
                await Change(links.Creditor, links.CaseId, l => l.Change(x => x.Id == link.Id, x => x with { RevokedAt = clock.GetUtcNow() }), ct);
            }
            catch (Exception failure) when (failure is ProviderUnreached or ProviderRefused)
            {
                log.LogWarning("Payment link {Ordinal} of case {Case} could not be revoked; trying again: {Why}", link.Ordinal, links.CaseId, failure.Message);
            }
    }

    private async Task<CaseLinks> Change(string creditor, string caseId, Func<CaseLinks, CaseLinks> change, CancellationToken ct)
    {
        for (var races = new Races(caseId); ; races.Lose())
        {
            var kept = await registry.PaymentLinks.Get(caseId, ct);
            var before = kept?.Value ?? new(creditor, caseId);
            var after = change(before);
            if (ReferenceEquals(after, before) || await registry.PaymentLinks.Put(caseId, after.ListAt(clock.GetUtcNow()), after, kept?.Version ?? 0, null, ct))
                return after;
        }
    }
}
