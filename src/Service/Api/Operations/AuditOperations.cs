using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

/// <summary>Who (By a key, "engine" or a provider, ByName the key's name), what, when and why. Hash is that of its row in the chain of its log.</summary>
public sealed record AuditView(DateTimeOffset At, string By, string? ByName, string What, string? Creditor, string? CaseId, string? Debtor, long Seq, string? Subject, string? Why, string Hash)
{
    /// <summary>Of the invoice.</summary>
    public string? Number { get; init; }
}

public sealed record DigestView(DateOnly Date, DateTimeOffset At, int Count, string Root, string Previous, string? Key, string? Signature, string Hash)
{
    public static DigestView Of(Digest d) => new(d.Date, d.At, d.Count, d.Root, d.Previous, d.Key, d.Signature, d.Hash);
}

public sealed record ErasedView(string DebtorId, int Cases, int Documents);

/// <summary>The record, and the rights of whom it is about.</summary>
public sealed class AuditOperations(AuditTrail trail, Digests digests, DebtorExport export, DebtorErasure erasure, AdminLog admin, Registry registry, ICaseStore store, ICaseLists lists)
{
    private const int MostDays = 31;

    public async Task<Answer> List(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var (creditor, caseId, debtor) = (query.Text("creditor", max: 100), query.Text("case", max: 200), query.Text("debtor", max: 100));
        var filter = new AuditFilter { Case = caseId, Debtor = debtor, Actor = query.Text("actor", max: 100), Kind = query.Text("kind", max: 100), Subject = query.Text("subject", max: 400), From = query.Instant("from"), To = query.Instant("to") };
        var (limit, cursor) = (Paging.Limit(query), Paging.After(query));
        var place = cursor is null ? null : AuditCursor.Parse(cursor);
        if (cursor is not null && place is null)
            query.Add("cursor", "invalidCursor", "is not a cursor this list gave.");
        if (caseId is null && debtor is null && !filter.IsBesideCases)
        {
            // Everything is in the logs of the cases that changed since: it must be some days only.
            var earliest = (filter.To ?? r.Now).AddDays(-MostDays);
            if (filter.From < earliest)
                query.Add("from", "tooEarly", $"must lie within {MostDays} days before to, unless a case, a debtor, a kind of act or a subject is named.");
            filter = filter with { From = filter.From ?? earliest };
        }
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        if (creditor is not null && (!r.Caller.Sees(creditor) || await registry.Creditors.Get(creditor, r.Ct) is null))
            return Answer.NotFound("creditor");
        if (caseId is not null && (await store.Load(caseId, r.Ct))?.State.Known?.Creditor is var owner && (owner is null || !r.Caller.Sees(owner)))
            return Answer.NotFound("invoice");
        filter = filter with { Creditors = creditor is not null ? [creditor] : r.Caller.Creditors };
        try
        {
            var (records, next) = await trail.Read(filter, place, limit, r.Ct);
            return Answer.Ok(new PageView<AuditView>(await Named(records, r.Ct), next is { } rest ? Paging.Cursor(rest.ToString()) : null));
        }
        catch (FormatException)
        {
            return Answer.Invalid([new("cursor", "invalidCursor", "is not a cursor this list gave.")]);
        }
    }

    private async Task<IReadOnlyList<AuditView>> Named(IReadOnlyList<AuditRecord> records, CancellationToken ct)
    {
        var names = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var by in records.Select(e => e.By).Distinct(StringComparer.Ordinal))
            names[by] = (await registry.Keys.Get(by, ct))?.Value.Name;
        return [.. records.Select(e => View(e, names[e.By]))];
    }

    /// <summary>They count the cases of every creditor.</summary>
    public async Task<Answer> ListDigests(ApiRequest r)
    {
        if (r.Caller.Creditors is not null)
            return Answer.Refuse(403, "notAllowed", "Digests are of every creditor; this needs a key that is not scoped to creditors.");
        var query = r.QueryAsBody();
        var (limit, after) = (Paging.Limit(query), Paging.After(query));
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        var found = await digests.List(after, limit + 1, r.Ct);
        return Answer.Ok(new PageView<DigestView>([.. found.Take(limit).Select(DigestView.Of)], found.Count > limit ? Paging.Cursor(Digests.IdOf(found[limit - 1].Date)) : null));
    }

    public async Task<Answer> Export(ApiRequest r)
    {
        var (id, now) = (r.Route("id"), r.Now);
        var (creditor, refusal) = await Owner(r, id);
        if (creditor is null || !await export.Knows(creditor, id, r.Ct))
            return refusal ?? Answer.NotFound("debtor");
        // On the record before anything is handed out.
        await admin.Append(DebtorErasure.Entry("exportDebtor", creditor, id, r.Caller.KeyId), r.Ct);
        return new(200, (Func<Stream, CancellationToken, Task>)((output, ct) => export.Write(creditor, id, now, output, ct))) { ContentType = "application/json; charset=utf-8", FileName = "debtor.json" };
    }

    public async Task<Answer> Erase(ApiRequest r)
    {
        var id = r.Route("id");
        var (creditor, refusal) = await Owner(r, id);
        if (creditor is null)
            return refusal!;
        return await erasure.Erase(creditor, id, r.Caller.KeyId, r.Ct) switch
        {
            ErasureOutcome.Erased erased => Answer.Ok(new ErasedView(id, erased.Cases, erased.Documents)),
            ErasureOutcome.StillClaimed open => Answer.Conflict(
                "stillClaimed", "Invoices of this debtor are still being claimed; what names it is needed until they are closed.", [.. open.Numbers.Select(n => new Fault("invoice", "open", $"{n} is open."))]),
            _ => Answer.NotFound("debtor"),
        };
    }

    private static AuditView View(AuditRecord e, string? name) => new(
        e.Place.At, e.By, name, e.What, e.Creditor, e.Place.Log == AdminLog.Chain ? null : e.Place.Log, e.Debtor, e.Place.Seq, e.Subject, e.Why, e.Hash)
    { Number = e.Number };

    // Debtor ids are a creditor's own, and what is done cannot be taken back: with a key of several creditors it says whose.
    private async Task<(string? Creditor, Answer? Refusal)> Owner(ApiRequest r, string debtor)
    {
        var named = r.Query("creditor") ?? r.Caller.OnlyCreditor;
        if (named is not null)
            return r.Caller.Sees(named) && await registry.Creditors.Get(named, r.Ct) is not null ? (named, null) : (null, Answer.NotFound("creditor"));
        var owners = (await lists.Cases(new() { Creditors = r.Caller.Creditors, Debtor = debtor, Limit = Paging.Max }, r.Ct)).Items.Select(i => i.Index.Creditor).Distinct().ToList();
        return owners switch
        {
            [] => (null, Answer.NotFound("debtor")),
            [var only] => (only, null),
            _ => (null, Answer.Invalid([new("creditor", "required", "is required (?creditor=): several creditors have a debtor of that id.")])),
        };
    }
}
