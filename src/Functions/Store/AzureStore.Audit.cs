using System.Runtime.CompilerServices;
using Dunning.Service.Audit;

namespace Dunning.Functions.Store;

public sealed partial class AzureStore : IAuditStore
{
    public async Task<ChainHead?> Head(string caseId, CancellationToken ct) =>
        await _shelves.Heads.ReadLight(caseId, ct).OrUnavailable(ct) is { } head ? Of(head) : null;

    public async IAsyncEnumerable<ChainHead> Heads(DateTimeOffset? since, [EnumeratorCancellation] CancellationToken ct)
    {
        var updated = _shelves.Index.Merge(Listing.Of(new() { Sort = "updatedAt", UpdatedSince = since }).Ranges(null), int.MaxValue, ct);
        await using var heads = _shelves.Index.True(updated, int.MaxValue, ct).GetAsyncEnumerator(ct);
        while (await heads.MoveNextAsync().AsTask().OrUnavailable(ct))
            if (since is null || heads.Current.Head.Index.UpdatedAt >= since)
                yield return Of(heads.Current.Head);
    }

    public async Task<IReadOnlyList<ChainRow>> Chain(string caseId, CancellationToken ct) => await _shelves.Events.Chain(caseId, ct).OrUnavailable(ct);

    public async Task Forget(string caseId, PersonalKinds kinds, CancellationToken ct)
    {
        await Done(_shelves.Events.Forget(caseId, kinds, ct)).OrUnavailable(ct);
        if (kinds.HasFlag(PersonalKinds.Message))
            await Done(MessageRows.Forget(_shelves.Cases, _shelves.Texts, caseId, ct)).OrUnavailable(ct);
        if (kinds.HasFlag(PersonalKinds.Text))
            await Done(new AnswerRows(_shelves).Forget(caseId, ct)).OrUnavailable(ct);
    }

    public async Task ForgetAnswers(Func<string, bool> names, CancellationToken ct) => await Done(new AnswerRows(_shelves).Forget(names, ct)).OrUnavailable(ct);

    public Task<bool> PruneReceipts(DateTimeOffset before, CancellationToken ct) => new AnswerRows(_shelves).Prune(before, ct).OrUnavailable(ct);

    private static ChainHead Of(CaseHead head) => new(head.CaseId, head.Index.Creditor, head.LastSeq, head.Hash);
}
