using Dunning.Domain;
using Dunning.Service.Policies;
using Dunning.Service.Register;

namespace Dunning.Service.Upcoming;

/// <summary>Where and by which calendar a creditor works: as its own policy says, or that of its country.</summary>
public sealed record CreditorDay(Zone Zone, BusinessCalendar Calendar)
{
    private static readonly TimeOnly Afternoon = new(16, 0);

    public static async Task<CreditorDay> Of(Creditor creditor, PolicyBook policies, CancellationToken ct)
    {
        var usual = creditor.Country == "BE" ? "be-b2b" : "fr-b2b";
        var found = await policies.Find(creditor.Id, creditor.Policy ?? usual, null, ct) ?? await policies.Find(creditor.Id, usual, null, ct) ?? throw new KeyNotFoundException($"There is no policy {usual}.");
        var policy = await policies.Get(found, ct);
        return new(policy.Zone, BusinessCalendar.For(policy.Calendar));
    }

    public DateOnly Today(DateTimeOffset now) => Zone.LocalDate(now);

    public DateOnly NextBusinessDay(DateOnly day) => Calendar.AddBusinessDays(day, 1);

    /// <summary>When tomorrow's post is told on a day; null on one that is no business day.</summary>
    public DateTimeOffset? ToldAt(DateOnly day) => Calendar.IsBusinessDay(day) ? Zone.At(day, Afternoon) : null;

    /// <summary>The first such instant after now.</summary>
    public DateTimeOffset Next(DateTimeOffset now)
    {
        for (var day = Today(now); ; day = day.AddDays(1))
            if (ToldAt(day) is { } at && at > now)
                return at;
    }
}
