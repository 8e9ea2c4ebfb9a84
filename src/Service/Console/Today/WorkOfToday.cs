using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Webhooks;

namespace Dunning.Service.Console.Today;

/// <summary>One group of what needs a person: tasks of a kind, cases, money, replies or deliveries. Count is null where nobody counted; More is the cursor of what follows.</summary>
public sealed record WorkGroup(string Id, int? Count, bool IsMore, string? More)
{
    public IReadOnlyList<TodayTask> Tasks { get; init; } = [];

    public IReadOnlyList<CaseSummary> Cases { get; init; } = [];

    public IReadOnlyList<UnmatchedView> Money { get; init; } = [];

    public IReadOnlyList<UnmatchedReplyView> Replies { get; init; } = [];

    public IReadOnlyList<InboundDeliveryView> Deliveries { get; init; } = [];

    public bool IsEmpty => this is { Tasks.Count: 0, Cases.Count: 0, Money.Count: 0, Replies.Count: 0, Deliveries.Count: 0 };
}

/// <summary>A task with what it takes to do it at once: for a call its number and its script, for an approval what would leave.</summary>
public sealed record TodayTask(ListedTaskView Listed, PreviewsView? Preview);

/// <param name="Only">The one group that is paged through; null shows the beginning of each.</param>
public sealed record Work(IReadOnlyList<WorkGroup> Groups, Notices Notices, string? Only, DateOnly Today);

/// <summary>What stands above everything: who cannot send, and why.</summary>
public sealed record Notices(string Mode, bool IsStopped, string? Reason, SeenCreditors Creditors);

/// <summary>Gathers what needs a person now, through the API's own operations.</summary>
public sealed class WorkOfToday(ICaseLists lists)
{
    private const int First = 5;
    private const int PerPage = 50;

    /// <summary>Tasks in the order people take them up: what holds money or messages back comes first.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        "call", "approval", "uncertainMessage", "refusedMessage", "bouncedMessage", "undeliverableMessage", "missingAddress", "reply", "unpostedLetter", "possibleDuplicate", "disputeReview", "planProposal",
        "planBroken", "handOver", "whatNow", "holdReview", "invoiceNotSent", "accessoriesOwed", "limitation", "procedureTerm", "declareClaim", "insurerDeclaration", "eventSetAside",
    ];

    public const string Promises = "promises";
    public const string Disputes = "disputes";
    public const string Money = "money";
    public const string Replies = "replies";
    public const string Payouts = "payouts";
    public const string Deliveries = "deliveries";

    public async Task<Work> Of(PageRequest r)
    {
        var (only, cursor, today) = (r.Query("group"), r.Query("cursor"), await r.Api.Today());
        var counts = await r.Api.Get<TaskCountsView>("countTasks");
        var groups = new List<WorkGroup>();
        foreach (var (kind, count) in (counts?.Kinds ?? []).OrderBy(k => Rank(k.Kind)).Select(k => (k.Kind, k.Count)))
            if (only is null || only == kind)
                groups.Add(await Tasks(r, kind, count, counts!.Bound, only is null ? First : PerPage, cursor));
        if (only is null or Promises && lists.CanSearch)
            groups.Add(await Cases(r, Promises, only, cursor, ("waitingFor", "promise"), ("promisedBy", Iso(today)), ("sort", "-risk")));
        if (only is null or Disputes)
            groups.Add(await Cases(r, Disputes, only, cursor, ("status", "disputed"), ("sort", lists.CanSearch ? "-risk" : "-balance")));
        foreach (var (id, outcome) in new[] { (Payouts, DeliveryOutcome.PayoutFailed), (Deliveries, DeliveryOutcome.Failed) })
            if (only is null || only == id)
                groups.Add(await Delivered(r, id, outcome, only, cursor));
        if (only is null or Money)
            groups.Add(await Waiting<UnmatchedView>(r, Money, "listUnmatched", only, cursor, (g, items) => g with { Money = items }));
        if (only is null or Replies)
            groups.Add(await Waiting<UnmatchedReplyView>(r, Replies, "listUnmatchedReplies", only, cursor, (g, items) => g with { Replies = items }));
        return new([.. groups.Where(g => !g.IsEmpty).OrderBy(g => Rank(g.Id))], await Notices(r), only, today);
    }

    private static int Rank(string id) => id switch
    {
        Payouts or Deliveries or Money => 2,
        Promises => 3,
        _ => Kinds.TakeWhile(k => k != (id == Replies ? "reply" : id == Disputes ? "disputeReview" : id)).Count() is var place && place < 2 ? place : place + 4,
    };

    private async Task<WorkGroup> Tasks(PageRequest r, string kind, int count, int bound, int limit, string? cursor)
    {
        var page = await r.Api.Get<PageView<ListedTaskView>>("listTasks", null, ("kind", kind), ("sort", lists.CanSearch ? "-risk" : null), ("limit", $"{limit}"), ("cursor", cursor));
        var tasks = new List<TodayTask>();
        foreach (var task in page?.Items ?? [])
            tasks.Add(new(task, kind is "call" or "approval" && task.Task.Step is { } step
                ? await r.Api.Get<PreviewsView>("previewStep", new Dictionary<string, string> { ["id"] = task.CaseId, ["step"] = step }) : null));
        return new(kind, count, count >= bound, page?.NextCursor) { Tasks = tasks };
    }

    private static async Task<WorkGroup> Cases(PageRequest r, string id, string? only, string? cursor, params (string, string?)[] asked)
    {
        var page = await r.Api.Get<PageView<CaseSummary>>("listInvoices", null, [.. asked, ("limit", $"{(only is null ? First : PerPage)}"), ("cursor", cursor)]);
        var count = page is null || page.NextCursor is null ? null : await r.Api.Get<CountView>("countInvoices", null, asked);
        return new(id, count?.Count ?? page?.Items.Count, count?.IsMore ?? false, page?.NextCursor) { Cases = page?.Items ?? [] };
    }

    // A key of several creditors asks for each of them: what waits is kept by creditor.
    private static async Task<WorkGroup> Waiting<T>(PageRequest r, string id, string operation, string? only, string? cursor, Func<WorkGroup, IReadOnlyList<T>, WorkGroup> with)
    {
        var limit = only is null ? First : PerPage;
        if (r.Ui.Caller.Creditors is not { Count: > 1 } several)
        {
            var page = await r.Api.Get<PageView<T>>(operation, null, ("limit", $"{limit}"), ("cursor", cursor));
            return with(new(id, page?.NextCursor is null && cursor is null ? page?.Items.Count : null, page?.NextCursor is not null, page?.NextCursor), page?.Items ?? []);
        }
        var items = new List<T>();
        foreach (var creditor in several)
            items.AddRange((await r.Api.Get<PageView<T>>(operation, null, ("creditor", creditor), ("limit", $"{PerPage}")))?.Items ?? []);
        return with(new(id, items.Count, false, null), [.. items.Take(only is null ? First : int.MaxValue)]);
    }

    // So are deliveries; what a provider could not pay out, or we could not read, is rare.
    private static async Task<WorkGroup> Delivered(PageRequest r, string id, DeliveryOutcome outcome, string? only, string? cursor)
    {
        var several = r.Ui.Caller.Creditors is { Count: > 1 } named ? named : null;
        var (limit, items, count, more) = (only is null ? First : PerPage, new List<InboundDeliveryView>(), 0, (string?)null);
        foreach (var creditor in several ?? [""])
            if (await r.Api.Get<InboundDeliveryPageView>("listInboundDeliveries", null, ("creditor", several is null ? null : creditor), ("outcome", WebhookInbox.Name(outcome)), ("limit", $"{limit}"), ("cursor", cursor)) is { } page)
            {
                items.AddRange(page.Items);
                count += outcome == DeliveryOutcome.Failed ? page.Failed : page.PayoutsFailed;
                more = page.NextCursor;
            }
        return new(id, count, count >= InboundDeliveryOperations.MostCounted, several is null ? more : null) { Deliveries = [.. items.Take(limit)] };
    }

    private static async Task<Notices> Notices(PageRequest r)
    {
        var mode = (await r.Api.Get<SendingMode>("getSendingMode"))?.Mode ?? "live";
        var stop = await r.Api.Get<Dunning.Service.Register.SendingSwitch>("getSending");
        var creditors = await SeenCreditors.Of(r);
        return new(mode, stop?.Stopped ?? false, stop?.Reason, new([.. creditors.Where(c => c.SendingStopped || c.Mode == "test")], creditors.IsMore));
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
