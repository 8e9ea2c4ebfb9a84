using Dunning.Domain;

namespace Dunning.Service.Links;

/// <summary>What a case asked for when a link was made: once it asks for something else, the link is unfit.</summary>
/// <param name="Asked">The balance without what is disputed.</param>
/// <param name="Excess">Money beyond the balance, which pays what was claimed beside it.</param>
public sealed record LinkBasis(Money Asked, Money Excess)
{
    /// <summary>Null when nothing is to be paid online: the case is closed, disputed as a whole, or its debtor's payments belong to a judge.</summary>
    public static LinkBasis? Of(DunningCase state, Policy policy) =>
        state is DunningCase.Open { File: var file } && file.Silences.Insolvency is null && !Waiting.HasWholeDispute(file, policy)
            ? new(Rendering.MessageWriter.AskedFor(file), file.Account.Excess)
            : null;
}

/// <summary>A link that a provider made for exactly this amount. Ordinal counts the links of its case.</summary>
public sealed record PaymentLink(int Ordinal, string Provider, string Id, string Url, Money Amount, LinkBasis Basis, DateTimeOffset MadeAt)
{
    /// <summary>When the address stops working; null when it works until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Since when nobody may be sent it, and the provider is to revoke it.</summary>
    public DateTimeOffset? UnfitSince { get; init; }

    /// <summary>When the provider had revoked it.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    public bool IsLive => UnfitSince is null;

    public bool ToRevoke => UnfitSince is not null && RevokedAt is null;
}

/// <summary>The links of one case, in the order they were made. They are never taken away: money that comes late is still known by them.</summary>
public sealed record CaseLinks(string Creditor, string CaseId)
{
    /// <summary>A debit begun on a link that was revoked meanwhile takes up to fourteen days.</summary>
    public static readonly TimeSpan AskedAfter = TimeSpan.FromDays(15);

    /// <summary>Money that came may go back: a SEPA debit for eight weeks, one without a mandate for thirteen months.</summary>
    public const int MonthsWatched = 13;

    // A look comes a little after the week is over.
    private static readonly TimeSpan Week = TimeSpan.FromDays(6.5);

    /// <summary>
    /// The lists a case's links stand in: what is to be revoked is tried often, what may be paid is asked after daily, what is paid weekly, the rest costs nothing.
    /// </summary>
    public const string Revoking = "revoking", Watched = "watched", Still = "still";

    public IReadOnlyList<PaymentLink> Links { get; init; } = [];

    /// <summary>The value date of the last money that came by a provider, as far as it was seen.</summary>
    public DateOnly? PaidOn { get; init; }

    /// <summary>When its providers were last asked after money that came.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    public string ListAt(DateTimeOffset now) => Links.Any(l => l.ToRevoke) ? Revoking : MayBePaid(now).Any() || MayGoBack(now) ? Watched : Still;

    /// <summary>Whether it is time to ask after it: daily what may still be paid, weekly what was.</summary>
    public bool IsDue(DateTimeOffset now) => Links.Any(l => l.ToRevoke) || MayBePaid(now).Any() || !(AskedAt > now - Week);

    private bool MayGoBack(DateTimeOffset now) => PaidOn?.AddMonths(MonthsWatched) >= DateOnly.FromDateTime(now.UtcDateTime);

    /// <summary>Those money may still come by.</summary>
    public IEnumerable<PaymentLink> MayBePaid(DateTimeOffset now) => Links.Where(l => l.RevokedAt is null || l.RevokedAt > now - AskedAfter);

    /// <summary>Takes out of use those made for something else than the case asks now, and those of which which says so.</summary>
    public CaseLinks Unfit(LinkBasis? basis, DateTimeOffset now, Func<PaymentLink, bool>? which = null) =>
        Change(l => l.IsLive && (l.Basis != basis || which?.Invoke(l) == true), l => l with { UnfitSince = now });

    public CaseLinks Change(Func<PaymentLink, bool> which, Func<PaymentLink, PaymentLink> change) =>
        Links.Any(which) ? this with { Links = [.. Links.Select(l => which(l) ? change(l) : l)] } : this;
}
