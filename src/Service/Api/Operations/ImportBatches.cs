using System.Runtime.CompilerServices;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Import;
using Dunning.Service.Webhooks;

namespace Dunning.Service.Api.Operations;

/// <summary>A line of a ledger before it is stored. Registration and Prepared are null when the line is refused already.</summary>
internal sealed record JudgedLine(ImportResult Result, Registration? Registration = null, Prepared? Prepared = null);

/// <summary>Stores the good lines of a ledger, batch by batch, and says what became of each.</summary>
/// <param name="by">The key or part of the system that imports.</param>
internal sealed class ImportBatches(ICaseStore store, ICaseLists lists, Inheritance inheritance, ProviderPayments payments, INudge nudge, string by)
{
    private const int AtOnce = 3;

    private static readonly Fault Doubt = new("line", "storeUnavailable", "may not have been stored; send it again later: what was stored is then known.");

    private static readonly Fault Untold =
        new("line", "storeUnavailable", "was stored, but may not know what was told of it or of its debtor before; send it again later.");

    /// <summary>
    /// While some batches are being stored the next is judged. Of two lines with the same number the first must win: a batch that brings one again waits
    /// until the other is stored. Whoever breaks off leaves nothing running: what is being stored is stored, and its cases are told of.
    /// </summary>
    /// <param name="rehearsed">The registrations met so far in a rehearsal, by case; null to store for good.</param>
    public async IAsyncEnumerable<IReadOnlyList<ImportResult>> Keep(
        IAsyncEnumerable<IReadOnlyList<ImportLine>> chunks, Func<ImportLine, Task<JudgedLine>> judge, Dictionary<string, Registration>? rehearsed,
        [EnumeratorCancellation] CancellationToken ct)
    {
        var storing = new Queue<(HashSet<string> Cases, Task<IReadOnlyList<ImportResult>> Results)>();
        try
        {
            await foreach (var chunk in chunks)
            {
                var judged = new List<JudgedLine>(chunk.Count);
                foreach (var line in chunk)
                    judged.Add(await judge(line));
                var cases = judged.Select(j => j.Result.CaseId).OfType<string>().ToHashSet(StringComparer.Ordinal);
                while (storing.Count > 0 && (storing.Count == AtOnce || rehearsed is not null || storing.Any(s => s.Cases.Overlaps(cases))))
                    yield return await storing.Dequeue().Results;
                storing.Enqueue((cases, Task.Run(() => rehearsed is null ? Store(judged, ct) : Rehearse(judged, rehearsed, ct), ct)));
            }
            while (storing.TryDequeue(out var last))
                yield return await last.Results;
        }
        finally
        {
            // Empty unless something broke, and that failure is on its way to the caller.
            await ((Task)Task.WhenAll(storing.Select(s => s.Results))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyList<ImportResult>> Rehearse(List<JudgedLine> judged, Dictionary<string, Registration> rehearsed, CancellationToken ct)
    {
        var results = judged.Select(j => j.Result).ToArray();
        for (var i = 0; i < judged.Count; i++)
            if (judged[i].Registration is { } registration
                && (!rehearsed.TryAdd(registration.CaseId, registration) || await store.Load(registration.CaseId, ct) is not null))
                results[i] = await Compare(results[i], registration, rehearsed[registration.CaseId], ct);
        return results;
    }

    private async Task<IReadOnlyList<ImportResult>> Store(List<JudgedLine> judged, CancellationToken ct)
    {
        var results = judged.Select(j => j.Result).ToArray();
        // Not cancellable from the append on: whoever breaks off must not leave cases that missed what holds for their debtors.
        var good = Enumerable.Range(0, judged.Count).Where(i => judged[i].Prepared is not null).ToList();
        foreach (var (i, outcome) in good.Zip(await Append([.. good.Select(i => judged[i].Prepared!.Append!)], ct)))
            results[i] = outcome switch
            {
                AppendOutcome.Unavailable => Refused(results[i], Doubt),
                AppendOutcome.Exists => await CompareIfItCan(results[i], judged[i].Registration!),
                _ => results[i],
            };
        var accepted = good.Where(i => results[i].Result == "accepted").ToList();
        foreach (var debtor in good.Where(i => results[i].Result != "refused").GroupBy(i => (judged[i].Registration!.Creditor, judged[i].Registration!.Debtor.Id)))
            if (!await PassOn(debtor.Key, debtor.Select(i => judged[i].Registration!)))
                foreach (var i in debtor)
                    results[i] = Refused(results[i], Untold);
        foreach (var creditor in accepted.GroupBy(i => judged[i].Registration!.Creditor))
            if (!await Tell(creditor.Key, creditor.Select(i => judged[i].Registration!.CaseId)))
                foreach (var i in creditor)
                    results[i] = Refused(results[i], Untold);
        foreach (var i in accepted)
            nudge.Registered(judged[i].Prepared!.Folded!);
        return results;
    }

    // The status line of the answer is gone already: what cannot be stored is told line by line.
    private async Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct)
    {
        try
        {
            return await store.Append(appends, ct);
        }
        catch (StoreUnavailable failure)
        {
            return [.. appends.Select(_ => new AppendOutcome.Unavailable(failure))];
        }
    }

    private async Task<bool> PassOn((string Creditor, string Id) debtor, IEnumerable<Registration> registered)
    {
        try
        {
            await inheritance.PassOn(debtor.Creditor, debtor.Id, registered, by, CancellationToken.None);
            return true;
        }
        catch (StoreUnavailable)
        {
            return false;
        }
    }

    // What providers told of these invoices before they were here.
    private async Task<bool> Tell(string creditor, IEnumerable<string> cases)
    {
        try
        {
            await payments.Registered(creditor, cases, CancellationToken.None);
            return true;
        }
        catch (StoreUnavailable)
        {
            return false;
        }
    }

    private async Task<ImportResult> CompareIfItCan(ImportResult result, Registration registration)
    {
        try
        {
            return await Compare(result, registration, null, CancellationToken.None);
        }
        catch (StoreUnavailable)
        {
            return Refused(result, Doubt);
        }
    }

    // The same line twice is the same invoice; other content under its number is refused, and the field named. In a rehearsal the first line of a number is
    // only in the file.
    private async Task<ImportResult> Compare(ImportResult result, Registration registration, Registration? rehearsed, CancellationToken ct)
    {
        var stored = (await store.Load(registration.CaseId, ct))?.State.Known;
        var faults = stored is null ? Differences.Between(rehearsed!, registration) : await Between(stored, registration, ct);
        return faults.Count == 0 ? result with { Result = "known" } : Refused(result, [.. faults]);
    }

    private async Task<List<Fault>> Between(CaseFile stored, Registration registration, CancellationToken ct)
    {
        var faults = (await lists.Log(registration.CaseId, 0, 1, ct))[0].Logged.Event is CaseEvent.Registered first
            && Differences.Between(first, registration) is { Count: 0 } same ? same : Differences.Between(stored, registration);
        // Money in a ledger that the case does not know would be chased again: the line must not pass for known.
        if (registration.Payments.Any(p => !stored.Account.Payments.Any(k => k.Id == p.Id && k.Amount == p.Amount)))
            faults.Add(new("payments", "differs", "are others in the registered invoice; tell what came since as payments of its own."));
        return faults;
    }

    private static ImportResult Refused(ImportResult result, params Fault[] faults) => result with { Result = "refused", Faults = faults };
}
