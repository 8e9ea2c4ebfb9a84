using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Policies;
using Dunning.Service.Register;

namespace Dunning.Service.Upcoming;

/// <summary>
/// Which day it is: where the creditor is that is asked about, else where the only creditor of a key is, else in Paris. Lists, pages and figures count days late from it,
/// as the engine does; in UTC it would be yesterday still for an hour or two of every night.
/// </summary>
public sealed class LocalToday(Registry registry, PolicyBook policies)
{
    private static readonly Zone Usual = Zone.Of(TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));

    public Task<DateOnly> Of(ApiRequest r, string? creditor) => Of(creditor, r.Caller, r.Now, r.Ct);

    public async Task<DateOnly> Of(string? creditor, Caller caller, DateTimeOffset now, CancellationToken ct)
    {
        var one = creditor ?? caller.OnlyCreditor;
        var known = one is not null && caller.Sees(one) ? await registry.Creditors.Get(one, ct) : null;
        return known is null ? Usual.LocalDate(now) : (await CreditorDay.Of(known.Value, policies, ct)).Today(now);
    }
}
