using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

public sealed partial class AzureStore
{
    private const int AppendsAtOnce = 32;

    public Task<StoredCase?> Load(string caseId, CancellationToken ct) => new Loading(_shelves).Load(caseId, ct).OrUnavailable(ct);

    public Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct) => AppendAll(appends, ct);

    public Task<bool> Commit(CaseCommit commit, CancellationToken ct) => _committing.Commit(commit, ct).OrUnavailable(ct);

    public Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct) => new DueRows(_shelves.Index).Read(now, limit, ct).OrUnavailable(ct);

    public Task<IReadOnlyList<string>> Orphans(CancellationToken ct) => Ids(IndexRow.Prefix("claim"), ct).OrUnavailable(ct);

    public Task<IReadOnlyList<string>> Stopped(string? creditor, CancellationToken ct) =>
        Ids(IndexRow.Prefix("stopped", IndexRow.Scope(creditor)), ct).OrUnavailable(ct);

    public Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct) =>
        _shelves.Debtors.Beside(caseId, creditor, debtor, now, ct).OrUnavailable(ct);

    public Task<AppendOutcome.Known?> FindFact(string creditor, string factId, CancellationToken ct) =>
        _shelves.Facts.Find(creditor, factId, ct).OrUnavailable(ct);

    public Task<OutgoingMessage?> FindMessage(MessageKey key, CancellationToken ct) =>
        MessageRows.Find(_shelves.Cases, _shelves.Texts, key, ct).OrUnavailable(ct);

    /// <summary>The sequence number of the first event of a case that was changed or taken away since; null when its log is whole.</summary>
    public Task<long?> FirstBroken(string caseId, CancellationToken ct) => new Loading(_shelves).FirstBroken(caseId, ct).OrUnavailable(ct);

    public Task<IReadOnlyList<PassedOver>> SetAside(string? caseId, CancellationToken ct) => new SettingAside(_shelves.Index).Read(caseId, ct).OrUnavailable(ct);

    public Task Dismiss(PassedOver seen, CancellationToken ct) => Done(new SettingAside(_shelves.Index).Remove(seen, ct)).OrUnavailable(ct);

    private async Task<IReadOnlyList<AppendOutcome>> AppendAll(IReadOnlyList<CaseAppend> appends, CancellationToken ct)
    {
        using var turn = new SemaphoreSlim(AppendsAtOnce);
        var last = new Dictionary<string, Task<AppendOutcome>>(StringComparer.Ordinal);
        var outcomes = new List<Task<AppendOutcome>>(appends.Count);
        foreach (var append in appends)
        {
            // What shares a case, a fact or a key comes in order; the rest at once.
            var shared = Shared(append).ToList();
            var outcome = After([.. shared.Where(last.ContainsKey).Select(s => last[s])], append);
            outcomes.Add(outcome);
            shared.ForEach(s => last[s] = outcome);
        }
        var told = await Task.WhenAll(outcomes);
        return told.Length > 0 && Array.TrueForAll(told, o => o is AppendOutcome.Unavailable) ? throw ((AppendOutcome.Unavailable)told[0]).Failure : told;

        async Task<AppendOutcome> After(Task<AppendOutcome>[] before, CaseAppend append)
        {
            // Whoever comes first wins: while nobody knows whether it is there, the next must wait.
            if (Array.Find(await Task.WhenAll(before), o => o is AppendOutcome.Unavailable) is { } doubtful)
                return doubtful;
            await turn.WaitAsync(ct);
            try
            {
                return await _appending.Append(append, ct).OrUnavailable(ct);
            }
            catch (StoreUnavailable failure)
            {
                return new AppendOutcome.Unavailable(failure);
            }
            finally
            {
                turn.Release();
            }
        }
    }

    private static IEnumerable<string> Shared(CaseAppend append)
    {
        yield return $"case {append.CaseId}";
        if (append.Event.Id.Length > 0)
            yield return $"fact {append.Creditor}\n{append.Event.Id}";
        if (append.Receipt is { } receipt)
            yield return $"key {receipt.Scope}\n{receipt.Key}";
    }

    private async Task<IReadOnlyList<string>> Ids(string prefix, CancellationToken ct)
    {
        var ids = new List<string>();
        await foreach (var (_, head) in _shelves.Index.True(_shelves.Index.Merge([new(prefix)], int.MaxValue, ct), int.MaxValue, ct))
            ids.Add(head.CaseId);
        return ids;
    }
}
