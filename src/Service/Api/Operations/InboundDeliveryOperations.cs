using Dunning.Service.Webhooks;

namespace Dunning.Service.Api.Operations;

/// <summary>A delivery without what is in it: what a provider writes of a payer is shown to nobody here.</summary>
public sealed record InboundDeliveryView(
    string Id, string Creditor, string Provider, string EventId, DateTimeOffset ReceivedAt, string Sha256, string Outcome, string? Why, DateTimeOffset? ProcessedAt)
{
    public static InboundDeliveryView Of(WebhookEvent e) => new(
        PublicId(e.Id), e.Creditor, e.Provider, e.EventId, e.ReceivedAt, e.Sha256, e.Outcome is { } outcome ? WebhookInbox.Name(outcome) : WebhookInbox.Waiting, e.Why, e.ProcessedAt);

    // No part of an id holds either.
    public static string PublicId(string id) => id.Replace('/', '~');

    public static string StoredId(string id) => id.Replace('~', '/');
}

/// <summary>A page, and how many of these creditors' deliveries wait for a person, counted up to a limit.</summary>
public sealed record InboundDeliveryPageView(IReadOnlyList<InboundDeliveryView> Items, string? NextCursor, int Failed, int PayoutsFailed);

/// <summary>What providers delivered and what became of it, so that what failed reaches a person.</summary>
public sealed class InboundDeliveryOperations(WebhookInbox inbox, IArrivals arrivals)
{
    /// <summary>What waits is counted up to here.</summary>
    public const int MostCounted = 100;

    private static readonly Dictionary<string, string?> Outcomes =
        Enum.GetValues<DeliveryOutcome>().Select(WebhookInbox.Name).Append(WebhookInbox.Waiting).ToDictionary(o => o, o => (string?)o, StringComparer.Ordinal);

    public async Task<Answer> List(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var (creditor, provider, outcome) = (query.Text("creditor") ?? r.Caller.OnlyCreditor, query.Text("provider"), query.OneOf("outcome", Outcomes));
        var (limit, after) = (Paging.Limit(query), Paging.After(query));
        if (creditor is null && (r.Caller.Creditors is not null || provider is not null))
            query.Add("creditor", "required", "is required with a provider, and with a key of several creditors.");
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        if (creditor is not null && !r.Caller.Sees(creditor))
            return Answer.NotFound("creditor");
        var ofCreditor = creditor is null ? "" : $"{creditor}/";
        var items = await inbox.List(outcome, provider is null ? ofCreditor : $"{ofCreditor}{provider}/", after, limit + 1, r.Ct);
        var shown = items.Take(limit).ToList();
        return Answer.Ok(new InboundDeliveryPageView(
            [.. shown.Select(InboundDeliveryView.Of)], items.Count > limit ? Paging.Cursor(shown[^1].Id) : null,
            await Count(DeliveryOutcome.Failed, ofCreditor, r.Ct), await Count(DeliveryOutcome.PayoutFailed, ofCreditor, r.Ct)));
    }

    /// <summary>Once more, after what made it fail is mended. What was told before is told again, and counts once.</summary>
    public async Task<Answer> Process(ApiRequest r)
    {
        if (await inbox.Find(InboundDeliveryView.StoredId(r.Route("id")), r.Ct) is not { } kept || !r.Caller.Sees(kept.Value.Creditor))
            return Answer.NotFound("delivery");
        if (kept.Value.Outcome is not null && !await inbox.Reopen(kept, r.Ct))
            return Answer.Conflict("changedMeanwhile", "It changed at the same time; read it and try again.");
        arrivals.Arrived(r.Http, [kept.Value.Id]);
        return Answer.Accepted(InboundDeliveryView.Of(kept.Value with { Outcome = null, Why = null, ProcessedAt = null }));
    }

    /// <summary>What failed was seen to elsewhere, and waits for nobody any more.</summary>
    public async Task<Answer> SeenTo(ApiRequest r)
    {
        if (await inbox.Find(InboundDeliveryView.StoredId(r.Route("id")), r.Ct) is not { } kept || !r.Caller.Sees(kept.Value.Creditor))
            return Answer.NotFound("delivery");
        if (kept.Value.Outcome != DeliveryOutcome.SeenTo)
        {
            if (!kept.Value.WaitsForPerson)
                return Answer.Conflict("notWaiting", "It waits for nobody.");
            if (!await inbox.SeeTo(kept, r.Ct))
                return Answer.Conflict("changedMeanwhile", "It changed at the same time; read it and try again.");
        }
        return Answer.Ok(InboundDeliveryView.Of(kept.Value with { Outcome = DeliveryOutcome.SeenTo }));
    }

    private async Task<int> Count(DeliveryOutcome outcome, string prefix, CancellationToken ct) => (await inbox.List(WebhookInbox.Name(outcome), prefix, null, MostCounted, ct)).Count;
}
