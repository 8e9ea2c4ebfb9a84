using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Claims;
using Dunning.Service.Engine;

namespace Dunning.Service.Upcoming;

/// <summary>
/// A step foreseen for a day, as things stand. Asks: a person is asked first, or does it. Interest and Indemnity are what it would claim beside the balance on that day.
/// </summary>
public sealed record UpcomingStep(
    string CaseId, string Creditor, string Number, string DebtorId, string DebtorName, string Step, IReadOnlyList<string> Channels, DateTimeOffset At, string Because, string? WaitingFor, bool Asks,
    decimal Balance, decimal Interest, decimal Indemnity, string Currency, DateOnly DueDate);

/// <summary>What will leave on a day: the decision's own foresight, of every case that may be meant.</summary>
public sealed class UpcomingPost(ICaseLists lists, IPolicyBook policies, RateBook rates)
{
    // A day lasts from its first midnight on earth to its last: the policy's zone then says which day an instant is of.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(14);

    /// <summary>A page of it, the earliest first. A page may hold fewer than the limit, and yet another follow.</summary>
    /// <exception cref="FormatException">The cursor is not of this list.</exception>
    public async Task<Page<UpcomingStep>> Of(IReadOnlyList<string>? creditors, DateOnly day, string? cursor, int limit, CancellationToken ct)
    {
        var (midnight, current, found) = (new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), await rates.Current(ct), new List<UpcomingStep>());
        do
        {
            var page = await lists.Foreseen(new(midnight - Margin, midnight.AddDays(1) + Margin) { Creditors = creditors, Cursor = cursor, Limit = limit - found.Count }, ct);
            foreach (var item in page.Items)
                if (Foreseen(item, await policies.Get(item.State.Known!.Policy, ct), day, current) is { } step)
                    found.Add(step);
            cursor = page.NextCursor;
        }
        while (cursor is not null && found.Count < limit);
        return new(found, cursor);
    }

    private static UpcomingStep? Foreseen(ListedCase item, Policy policy, DateOnly day, Rates rates)
    {
        var next = Standing.Next(item.State, policy);
        if (next is not { Step: { } step, At: { } at } || policy.Zone.LocalDate(at) != day || policy.FindRung(step) is not { } rung)
            return null;
        var file = item.State.Known!;
        var claim = policy.ClaimsAccessoriesAt(step) && Waiting.DisputedAmount(file).IsZero ? CaseClaim.Of(file, policy, rates, day) : null;
        return new(item.Id, file.Creditor, file.Invoice.Number, file.Debtor.Id, file.Debtor.Name, step, [.. rung.Step.Channels.Select(MessageKey.Name)], TimeZoneInfo.ConvertTime(at, policy.Zone),
            ApiJson.Name(next.Because ?? DueBecause.Nominal), next.WaitingFor == WaitReason.Nothing ? null : ApiJson.Name(next.WaitingFor),
            Approval.IsAwaited(file, rung) || rung.Step.Channels.All(c => !MessageKey.Carries(c)), file.Balance.Amount(), claim?.Interest.Amount() ?? 0m, claim?.Indemnity.Amount() ?? 0m,
            file.Balance.Currency.Code, file.Invoice.DueDate);
    }
}
