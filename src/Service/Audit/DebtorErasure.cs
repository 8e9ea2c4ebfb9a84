using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Audit;

/// <summary>What became of a request to erase a debtor.</summary>
public abstract record ErasureOutcome
{
    private ErasureOutcome()
    {
    }

    public sealed record Erased(int Cases, int Documents) : ErasureOutcome;

    /// <summary>Refused: these invoices are still being claimed (GDPR, art. 17(3)(e)).</summary>
    public sealed record StillClaimed(IReadOnlyList<string> Numbers) : ErasureOutcome;

    public sealed record Unknown : ErasureOutcome;
}

/// <summary>
/// Erases who a debtor is, wherever it stands (GDPR, art. 17). What the law has the creditor keep stays: the invoice and its PDF, debit notes and agreements, what was paid
/// and when (art. 17(3)(b) and (e)). On the record before it begins, so that nothing is ever found erased without one.
/// </summary>
public sealed class DebtorErasure(ICaseLists lists, Registry registry, CaseErasure cases, DebtorDocuments documents, IAuditStore audit, AdminLog admin)
{
    private const int Tries = 5;

    public async Task<ErasureOutcome> Erase(string creditor, string debtor, string by, CancellationToken ct)
    {
        var trace = new DebtorTrace(creditor, debtor);
        var profile = await registry.Debtors.Get(Registry.DebtorKey(creditor, debtor), ct);
        var owed = await lists.OfDebtor(creditor, debtor, ct).ToListAsync(ct);
        if (profile is null && owed.Count == 0)
            return new ErasureOutcome.Unknown();
        // A reversal that waits unread opens a case again: all are folded before anything of one is erased.
        foreach (var item in owed)
            await cases.Folded(item.Id, ct);
        owed = await lists.OfDebtor(creditor, debtor, ct).ToListAsync(ct);
        if (owed.Where(c => c.State is not DunningCase.Closed).Select(c => c.Index.Number).ToList() is { Count: > 0 } open)
            return new ErasureOutcome.StillClaimed(open);
        await admin.Append(Entry("eraseDebtor", creditor, debtor, by) with { Cases = [.. owed.Select(c => c.Id)] }, ct);
        try
        {
            return await Erase(trace, profile, owed, by, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What was begun may be begun again; until then the record does not say that it was done.
            await admin.Append(Entry("eraseDebtorFailed", creditor, debtor, by) with { Why = failure.GetType().Name }, ct);
            throw;
        }
    }

    private async Task<ErasureOutcome> Erase(DebtorTrace trace, Shelved<DebtorProfile>? profile, List<ListedCase> owed, string by, CancellationToken ct)
    {
        var (creditor, debtor) = (trace.Creditor, trace.Debtor);
        if (profile is not null)
            trace.See(profile.Value.Debtor);
        foreach (var item in owed)
            await cases.Follow(trace, item.Id, ct);
        // The cases last: while they stand, whoever begins anew still knows what to look for.
        var erased = await EraseDocuments(trace, ct);
        await audit.ForgetAnswers(trace.IsAnswered, ct);
        foreach (var item in owed)
            if (!await cases.Erase(item, PersonalKinds.All, ct))
            {
                // Opened again in between: the record does not say that it was done.
                await admin.Append(Entry("eraseDebtorRefused", creditor, debtor, by) with { Why = "reopened" }, ct);
                return new ErasureOutcome.StillClaimed([item.Index.Number]);
            }
        await EraseProfile(creditor, debtor, ct);
        await audit.Scrub(ct);
        return new ErasureOutcome.Erased(owed.Count, erased);
    }

    public static AdminEntry Entry(string what, string creditor, string debtor, string by) => new(0, default, by, what) { Creditor = creditor, Subject = $"/api/debtors/{debtor}" };

    /// <summary>Erases who a debtor is beside its cases.</summary>
    public async Task EraseProfile(string creditor, string debtor, CancellationToken ct)
    {
        var key = Registry.DebtorKey(creditor, debtor);
        for (var races = new Races(key); await registry.Debtors.Get(key, ct) is { } profile; races.Lose())
            if (await registry.Debtors.Put(key, profile.Value.Creditor, Erasing.Of(profile.Value, PersonalKinds.All), profile.Version, null, ct))
                return;
    }

    private async Task<int> EraseDocuments(DebtorTrace trace, CancellationToken ct)
    {
        // One that changes while it is erased is found again.
        for (var (erased, tries) = (0, 1); ; tries++)
        {
            var changed = 0;
            await foreach (var document in documents.Near(trace, ct).Concat(documents.Far(trace, ct)).Concat(documents.Said(trace, ct)).WithCancellation(ct))
                if (document.Erased == document.Kept.Json)
                    continue;
                else if (await documents.Erase(document, ct))
                    erased++;
                else
                    changed++;
            if (changed == 0)
                return erased;
            if (tries == Tries)
                throw new StoreUnavailable("What is kept of the debtor changes all the time; erase it again.");
        }
    }
}

/// <summary>All the cases of one debtor.</summary>
public static class DebtorCases
{
    private const int Page = 100;

    public static async IAsyncEnumerable<ListedCase> OfDebtor(
        this ICaseLists lists, string creditor, string debtor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        for (string? cursor = null, first = ""; first is not null || cursor is not null; first = null)
        {
            var page = await lists.Cases(new() { Creditors = [creditor], Debtor = debtor, Cursor = cursor, Limit = Page }, ct);
            foreach (var item in page.Items)
                yield return item;
            cursor = page.NextCursor;
        }
    }
}
