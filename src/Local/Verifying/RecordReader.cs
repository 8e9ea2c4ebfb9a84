using Dunning.Local.Store;
using Dunning.Service.Audit;
using Dunning.Service.Engine;

namespace Dunning.Local.Verifying;

/// <summary>The record over a connection that only reads, beside a host that may be writing. Each read is a snapshot of its own, and short: the host must be able to put its write-ahead log away.</summary>
internal sealed class RecordReader(Connection database) : IAuditStore, IDocuments
{
    public Task<ChainHead?> Head(string caseId, CancellationToken ct) => Task.FromResult(HeadRows.Find(database, caseId));

    public IAsyncEnumerable<ChainHead> Heads(DateTimeOffset? since, CancellationToken ct) => HeadRows.All(since, place => Task.FromResult(HeadRows.Page(database, place)));

    public Task<IReadOnlyList<ChainRow>> Chain(string caseId, CancellationToken ct) => Task.FromResult<IReadOnlyList<ChainRow>>(EventLog.Chain(database, caseId));

    public Task<Document?> Get(string kind, string id, CancellationToken ct) => Task.FromResult(DocumentRows.Find(database, kind, id));

    public Task<IReadOnlyList<Document>> List(string kind, string? owner, string? after, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Document>>(DocumentRows.List(database, kind, owner, after ?? "", limit));

    public Task<Receipt?> FindReceipt(string scope, string key, CancellationToken ct) => Task.FromResult(Receipts.Find(database, scope, key));

    public Task<bool> Put(Document document, Receipt? receipt, CancellationToken ct) => throw OnlyReads();

    public Task<bool> Remove(Document document, CancellationToken ct) => throw OnlyReads();

    public Task<bool> Keep(Receipt receipt, CancellationToken ct) => throw OnlyReads();

    public Task Forget(string caseId, PersonalKinds kinds, CancellationToken ct) => throw OnlyReads();

    public Task ForgetAnswers(Func<string, bool> names, CancellationToken ct) => throw OnlyReads();

    public Task<bool> PruneReceipts(DateTimeOffset before, CancellationToken ct) => throw OnlyReads();

    private static NotSupportedException OnlyReads() => new("Whoever checks the record does not write to it.");
}
