using System.Text;
using Dunning.Domain;
using Dunning.Service.Console;
using Dunning.Service.Engine;
using Dunning.Service.Json;
using Dunning.Service.Receipts;
using Dunning.Service.Register;
using Dunning.Service.Replies;
using Dunning.Service.Webhooks;
using Dunning.Service.Webhooks.Folding;

namespace Dunning.Service.Audit;

/// <summary>What a run of <see cref="Retention"/> erased.</summary>
public sealed record RetentionReport(int Cases, int Documents);

/// <summary>How far the last runs came: by creditor the instant up to which its closed cases were looked at, by kind the last document.</summary>
public sealed record RetentionPlaces
{
    public IReadOnlyDictionary<string, DateTimeOffset> Contact { get; init; } = new Dictionary<string, DateTimeOffset>();

    public IReadOnlyDictionary<string, DateTimeOffset> Messages { get; init; } = new Dictionary<string, DateTimeOffset>();

    public IReadOnlyDictionary<string, string> Documents { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// Erases once a day what was kept long enough. Each run does a bounded part and goes on the next day where it ended, so that years that were missed are made good without
/// anybody waiting for it.
/// </summary>
public sealed class Retention(
    RetentionPeriods periods, ICaseLists lists, Registry registry, CaseErasure cases, DebtorErasure debtors, DebtorDocuments erasing, IAuditStore audit, AdminLog admin, TimeProvider clock)
{
    public const int MostCases = 1000;
    public const int MostDocuments = 20_000;

    private const string Kind = "retention";
    private const string Self = "retention";
    private const int Page = 100;
    private const int MostReceiptPortions = 100;

    // After a visit ended nothing asks for it; nobody applies an act, or asks for a notice, of another quarter.
    private const int DaysOfVisits = 1;
    private const int DaysOfActs = 90;

    public async Task<RetentionReport> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (places, version) = await Places(ct);
        var creditors = await Creditors(ct);
        var (contact, ofContact) = await Cases(creditors, places.Contact, PersonalKinds.Contact | PersonalKinds.Text, RetentionPeriods.Before(periods.Contact, now), ct);
        var (messages, ofMessages) = await Cases(creditors, places.Messages, PersonalKinds.Message, RetentionPeriods.Before(periods.Messages, now), ct);
        var (documents, erased) = (new Dictionary<string, string>(places.Documents), 0);
        foreach (var (kind, isOld) in Old(now))
            erased += await Documents(kind, isOld, documents, ct);
        if (RetentionPeriods.Before(periods.Receipts, now) is { } before)
            for (var portion = 0; portion < MostReceiptPortions && await audit.PruneReceipts(before, ct); portion++)
                continue;
        // Of two machines the one who comes second did the same; its places are as good.
        var after = new RetentionPlaces { Contact = contact, Messages = messages, Documents = documents };
        await registry.Documents.Put(new(Kind, Kind, null, Encoding.UTF8.GetString(DomainJson.Write(after)), version), null, ct);
        if (ofContact + ofMessages + erased > 0)
            await audit.Scrub(ct);
        return new(ofContact + ofMessages, erased);
    }

    // Closed cases by the last time they changed: what became too old since the last run lies behind the place that one came to.
    private async Task<(Dictionary<string, DateTimeOffset> Places, int Erased)> Cases(
        IReadOnlyList<string> creditors, IReadOnlyDictionary<string, DateTimeOffset> from, PersonalKinds kinds, DateTimeOffset? before, CancellationToken ct)
    {
        var (places, erased) = (new Dictionary<string, DateTimeOffset>(from), 0);
        foreach (var creditor in creditors.TakeWhile(_ => before is not null && erased < MostCases))
        {
            var filter = new CaseFilter { Creditors = [creditor], UpdatedSince = from.TryGetValue(creditor, out var place) ? place : null, Sort = "updatedAt", Limit = Page };
            Page<ListedCase> page;
            do
            {
                page = await lists.Cases(filter, ct);
                var old = page.Items.TakeWhile(c => c.Index.UpdatedAt < before).ToList();
                erased += await Erase(creditor, [.. old.Where(c => IsOver(c, before))], kinds, before, ct);
                if (old.Count > 0)
                    places[creditor] = old[^1].Index.UpdatedAt;
                filter = filter with { Cursor = old.Count == page.Items.Count ? page.NextCursor : null };
            }
            while (filter.Cursor is not null && erased < MostCases);
        }
        return (places, erased);
    }

    private async Task<int> Erase(string creditor, IReadOnlyList<ListedCase> old, PersonalKinds kinds, DateTimeOffset? before, CancellationToken ct)
    {
        var due = new List<ListedCase>();
        foreach (var item in old)
            if (kinds == PersonalKinds.Message ? !(await lists.Messages(item.Id, ct)).All(m => Erasing.IsDone(m, kinds)) : !Erasing.IsDone(item.State, kinds))
                due.Add(item);
        if (due.Count == 0)
            return 0;
        // On the record before it is gone.
        await admin.Append(new(0, default, Self, "retention") { Creditor = creditor, Why = kinds == PersonalKinds.Message ? "messages" : "contact", Cases = [.. due.Select(c => c.Id)] }, ct);
        foreach (var item in due)
            await cases.Erase(item, kinds, ct);
        // Whoever has no other case is known for nothing any more.
        if (kinds.HasFlag(PersonalKinds.Contact))
            foreach (var debtor in due.Select(c => c.Index.Debtor).Distinct(StringComparer.Ordinal))
                if (await lists.OfDebtor(creditor, debtor, ct).AllAsync(c => IsOver(c, before), ct))
                    await debtors.EraseProfile(creditor, debtor, ct);
        return due.Count;
    }

    private static bool IsOver(ListedCase item, DateTimeOffset? before) => item.State is DunningCase.Closed closed && closed.At < before;

    private IEnumerable<(string Kind, Func<Document, DebtorDocument?> IsOld)> Old(DateTimeOffset now)
    {
        if (RetentionPeriods.Before(periods.Webhooks, now) is { } webhooks)
            yield return ("webhook", d => DebtorDocuments.Read<WebhookEvent>(d) is { Outcome: not null, WaitsForPerson: false } w && w.ProcessedAt < webhooks ? DebtorDocuments.Without<WebhookEvent>(d) : null);
        // Visits are in real time, whatever a test clock says.
        var ended = TimeProvider.System.GetUtcNow().AddDays(-DaysOfVisits);
        yield return ("console-session", d => DebtorDocuments.Read<ConsoleSession>(d).EndsAt < ended ? new(d, null) : null);
        var done = now.AddDays(-DaysOfActs);
        yield return ("bulk-act", d => DebtorDocuments.Read<BulkAct>(d) is var act && (act.StartedAt ?? act.At) < done ? new(d, null) : null);
        yield return ("notice", d => DebtorDocuments.Read<NoticeOfDay>(d).At < done ? new(d, null) : null);
        if (RetentionPeriods.Before(periods.Statements, now) is not { } statements)
            yield break;
        var day = DateOnly.FromDateTime(statements.UtcDateTime);
        yield return ("unmatched", d => DebtorDocuments.Read<Unmatched>(d) is var m && m.Date < day && (m.AssignedTo is not null || m.IsDiscarded || m.IsWithdrawn) ? DebtorDocuments.Without<Unmatched>(d) : null);
        yield return ("unmatched-reply", d => DebtorDocuments.Read<UnmatchedReply>(d) is var r && r.ReceivedAt < statements && (r.AssignedTo is not null || r.IsDiscarded) ? DebtorDocuments.Without<UnmatchedReply>(d) : null);
        yield return ("provider-payment", d => DebtorDocuments.Read<ProviderPayment>(d) is { Facts: [.., var last] } && last.On < day ? DebtorDocuments.Without<ProviderPayment>(d) : null);
    }

    private async Task<int> Documents(string kind, Func<Document, DebtorDocument?> old, Dictionary<string, string> places, CancellationToken ct)
    {
        var erased = 0;
        for (var looked = 0; looked < MostDocuments; looked += Page)
        {
            var page = await registry.Documents.List(kind, null, places.GetValueOrDefault(kind), Page, ct);
            foreach (var document in page)
                if (old(document) is { } found && found.Erased != document.Json && await erasing.Erase(found, ct))
                    erased++;
            if (page.Count < Page)
            {
                // Round again the next day.
                places.Remove(kind);
                return erased;
            }
            places[kind] = page[^1].Id;
        }
        return erased;
    }

    private async Task<(RetentionPlaces Places, long Version)> Places(CancellationToken ct) =>
        await registry.Documents.Get(Kind, Kind, ct) is { } kept ? (DebtorDocuments.Read<RetentionPlaces>(kept), kept.Version) : (new(), 0);

    private async Task<IReadOnlyList<string>> Creditors(CancellationToken ct)
    {
        var all = new List<string>();
        IReadOnlyList<(string Id, Creditor)> page;
        do
        {
            page = await registry.Creditors.List(null, all.Count > 0 ? all[^1] : null, Page, ct);
            all.AddRange(page.Select(c => c.Id));
        }
        while (page.Count == Page);
        return all;
    }
}
