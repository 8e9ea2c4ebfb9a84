using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Folding;
using Microsoft.Extensions.Logging;

namespace Dunning.Service.Links;

/// <summary>How far providers were asked after everything that may be paid, since when. List null is all of it.</summary>
public sealed record Reconciled(DateTimeOffset Since, string? List, string? After);

/// <summary>
/// Asks providers what webhooks may have failed to tell: they end after days. What a provider answers is heard as its webhooks are, under the same ids, so that money
/// told by both counts once.
/// </summary>
public sealed class Reconciliation(
    LinkBook links, PaymentAccounts accounts, IEnumerable<IPaymentProvider> providers, Lazy<ProviderPayments> payments, ICaseStore store, IPolicyBook policies, Registry registry, TimeProvider clock, ILogger<Reconciliation> log)
{
    private const string All = "all";
    private const int PageSize = 200;
    private const int AtOnce = 8;
    private static readonly string[] Lists = [CaseLinks.Watched, CaseLinks.Revoking];
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, IPaymentProvider> _providers = providers.ToDictionary(p => p.Provider, StringComparer.Ordinal);
    private readonly Unreached _unreached = new();

    /// <summary>Asks after all the money of a case that a provider knows of. False when one could not be asked.</summary>
    public Task<bool> Ask(CaseFile file, CancellationToken ct) => Ask(file, new(), ct);

    /// <summary>The same event with what it does not say; as it was when the provider cannot be asked.</summary>
    public async Task<Telling> Complete(string creditor, string provider, Telling telling, CancellationToken ct)
    {
        if (telling.Money.Received.All(r => r.Amount is not null))
            return telling;
        foreach (var answer in await Now(creditor, provider, telling.PaymentId, ct) ?? [])
            if (answer.PaymentId == telling.PaymentId)
                telling = telling with { Money = telling.Money.Join(answer.Money), Invoice = telling.Invoice ?? answer.Invoice, Description = telling.Description ?? answer.Description };
        return telling;
    }

    /// <summary>Hears what the provider knows of an object, such as a refund whose event does not name its payment. Null when it could not be asked, or knows nothing.</summary>
    public async Task<Processed?> Learn(string creditor, string provider, string objectId, CancellationToken ct)
    {
        Processed? processed = null;
        foreach (var telling in await Now(creditor, provider, objectId, ct) ?? [])
            processed = await payments.Value.Hear(creditor, provider, telling, ct);
        return processed;
    }

    // Deliveries of every creditor wait behind this one: a provider that did not answer is not waited for by each of them.
    private async Task<IReadOnlyList<Telling>?> Now(string creditor, string provider, string id, CancellationToken ct) =>
        await accounts.Any(ct) && _providers.TryGetValue(provider, out var asked) && await accounts.Of(creditor, ct) is { } settings && accounts.Secret(settings, provider) is not null
            ? await Ask(settings, asked, id, _unreached, clock.GetUtcNow() - Rest, ct)
            : null;

    /// <summary>What is due by now: links to revoke, each time; everything that may be paid, once a day. Hosts call it every few minutes.</summary>
    public async Task RunDue(CancellationToken ct)
    {
        if (!await accounts.Any(ct))
            return;
        string? after = null;
        do
            after = await Page(CaseLinks.Revoking, after, (kept, token) => Refresh(kept, token), ct);
        while (after is not null);
        var (now, kept, unreached) = (clock.GetUtcNow(), await registry.Reconciled.Get(All, ct), new Unreached());
        var (at, version) = (kept?.Value ?? new(now, Lists[0], null), kept?.Version ?? 0);
        if (at.List is null && at.Since <= now - Day)
            at = new(now, Lists[0], null);
        while (at.List is not null)
        {
            at = await Next(at, unreached, ct);
            // Written down page by page: one cut short goes on where it was, and another machine that is at it has the rest.
            if (!await registry.Reconciled.Put(All, null, at, version++, null, ct))
                return;
        }
    }

    /// <summary>Every case money may still come for by a link, now. Those that sleep without one are not looked at.</summary>
    public async Task RunAll(CancellationToken ct)
    {
        var unreached = new Unreached();
        for (var at = new Reconciled(clock.GetUtcNow(), Lists[0], null); at.List is not null;)
            at = await Next(at, unreached, ct);
    }

    private async Task<Reconciled> Next(Reconciled at, Unreached unreached, CancellationToken ct)
    {
        var after = await Page(at.List!, at.After, (kept, token) => Look(kept, unreached, token), ct);
        return at with { After = after, List = after is null ? Lists.SkipWhile(l => l != at.List).Skip(1).FirstOrDefault() : at.List };
    }

    private async Task Look(CaseLinks kept, Unreached unreached, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!kept.IsDue(now))
            return;
        var folded = await Refresh(kept, ct);
        var isAsked = folded is null || await Ask(folded.File, unreached, ct);
        var paidOn = folded?.File.Account.Payments.Where(p => Told(p.Reference) is not null).Select(p => (DateOnly?)p.Date).Max() ?? kept.PaidOn;
        // Written when it says something new: a week is counted from its last answer once nothing else is asked daily.
        var isWeekly = isAsked && paidOn is not null && !kept.MayBePaid(now).Any();
        if (paidOn != kept.PaidOn || isWeekly || kept.ListAt(now) == CaseLinks.Still)
            await links.File(kept.CaseId, l => l with { PaidOn = paidOn, AskedAt = isWeekly ? now : l.AskedAt }, ct);
    }

    // What a crash kept from being revoked is found here: the case says what fits.
    private async Task<FoldedCase?> Refresh(CaseLinks kept, CancellationToken ct)
    {
        if (await store.Load(kept.CaseId, ct) is not { } stored)
            return null;
        var folded = await policies.Fold(stored, ct);
        await links.Refresh(kept.Creditor, kept.CaseId, LinkBasis.Of(folded.State, folded.Policy), ct);
        return folded;
    }

    private async Task<bool> Ask(CaseFile file, Unreached unreached, CancellationToken ct)
    {
        if (await accounts.Of(file.Creditor, ct) is not { } settings)
            return true;
        var isAsked = true;
        foreach (var (provider, id) in Objects(file, await links.Find(file.Id, ct)))
            if (_providers.TryGetValue(provider, out var asked) && settings.Key(provider) is not null)
                isAsked &= await Hear(settings, asked, id, unreached, ct);
        return isAsked;
    }

    private async Task<bool> Hear(PaymentSettings settings, IPaymentProvider provider, string id, Unreached unreached, CancellationToken ct)
    {
        if (await Ask(settings, provider, id, unreached, default, ct) is not { } told)
            return false;
        foreach (var telling in told)
            await payments.Value.Hear(settings.Creditor, provider.Provider, telling.PaymentId == id ? telling : telling with { From = [.. telling.From.Append(id).Distinct(StringComparer.Ordinal)] }, ct);
        return true;
    }

    // Null when nobody could say.
    private async Task<IReadOnlyList<Telling>?> Ask(PaymentSettings settings, IPaymentProvider provider, string id, Unreached unreached, DateTimeOffset since, CancellationToken ct)
    {
        if (unreached.Has(settings.Creditor, provider.Provider, since))
            return null;
        try
        {
            return await provider.Ask(accounts.Secret(settings, provider.Provider) ?? throw new ProviderUnreached($"there is no key of {provider.Provider}"), id, ct);
        }
        catch (ProviderUnreached failure)
        {
            unreached.Add(settings.Creditor, provider.Provider, clock.GetUtcNow());
            log.LogWarning("The payments of creditor {Creditor} could not be asked after: {Why}", settings.Creditor, failure.Message);
            return null;
        }
    }

    private IEnumerable<(string Provider, string Id)> Objects(CaseFile file, CaseLinks? known)
    {
        var made = known?.MayBePaid(clock.GetUtcNow()).Select(l => (l.Provider, l.Id)) ?? [];
        var told = file.Account.Payments.Select(p => p.Reference).Concat(file.Silences.Pending.Select(p => p.Reference))
            .Select(Told).OfType<(string, string)>();
        return made.Concat(told).Distinct();
    }

    // The object of a provider that a fact of the case was told of.
    private (string Provider, string Id)? Told(string? reference) => reference?.Split(':', 2) is [var provider, { Length: > 0 } id] && _providers.ContainsKey(provider) ? (provider, id) : null;

    // The last of the page; null when there are no more.
    private async Task<string?> Page(string list, string? after, Func<CaseLinks, CancellationToken, Task> visit, CancellationToken ct)
    {
        var page = await links.List(list, after, PageSize, ct);
        await Parallel.ForEachAsync(page, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (item, token) =>
        {
            try
            {
                await visit(item.Links, token);
            }
            // One case that cannot be looked at must not keep the others from being asked after.
            catch (Exception failure) when (failure is not (OperationCanceledException or StoreUnavailable))
            {
                log.LogError(failure, "Case {Case} could not be reconciled", item.Id);
            }
        });
        return page.Count == PageSize ? page[^1].Id : null;
    }
}
