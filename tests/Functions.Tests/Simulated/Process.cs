using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Dunning.Domain;
using Dunning.Functions.Store;
using Dunning.Service.Audit;
using Dunning.Service.Engine;
using Dunning.StandIns;
using Dunning.TaskHub;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>
/// One program on the storage account, and its lives. Once it has died nothing it still asks for has an effect, whatever its code does with the
/// exception; the next life knows only what is stored.
/// </summary>
internal sealed class Process(TableAccount tables, BlobAccount blobs, TimeProvider clock, Func<Guid> newId) : ICaseStore, ICaseLists, IDocuments, IPassedOver, IAuditStore
{
    private AzureStore _store = Open(tables, blobs, clock, newId);

    public bool IsDead { get; private set; }

    public static AzureStore Open(TableAccount tables, BlobAccount blobs, TimeProvider clock, Func<Guid> newId) =>
        new(new TableServiceClient(tables.Endpoint), new BlobServiceClient($"BlobEndpoint={blobs.Endpoint}"), clock, newId);

    public void Die(string where)
    {
        IsDead = true;
        throw new ProcessDied(where);
    }

    public void LiveAgain() => (IsDead, _store) = (false, Open(tables, blobs, clock, newId));

    public Task<StoredCase?> Load(string caseId, CancellationToken ct) => _store.Load(caseId, ct);

    public Task<IReadOnlyList<AppendOutcome>> Append(IReadOnlyList<CaseAppend> appends, CancellationToken ct) => _store.Append(appends, ct);

    public Task<bool> Commit(CaseCommit commit, CancellationToken ct) => _store.Commit(commit, ct);

    public Task<DueCases> Due(DateTimeOffset now, int limit, CancellationToken ct) => _store.Due(now, limit, ct);

    public Task<IReadOnlyList<string>> Orphans(CancellationToken ct) => _store.Orphans(ct);

    public Task<IReadOnlyList<string>> Stopped(string? creditor, CancellationToken ct) => _store.Stopped(creditor, ct);

    public Task<IReadOnlyList<string>> Beside(string caseId, string creditor, string debtor, DateTimeOffset now, CancellationToken ct) => _store.Beside(caseId, creditor, debtor, now, ct);

    public Task<AppendOutcome.Known?> FindFact(string creditor, string factId, CancellationToken ct) => _store.FindFact(creditor, factId, ct);

    public Task<OutgoingMessage?> FindMessage(MessageKey key, CancellationToken ct) => _store.FindMessage(key, ct);

    public Task<Page<ListedCase>> Cases(CaseFilter filter, CancellationToken ct) => _store.Cases(filter, ct);

    public Task<Page<ListedCase>> Foreseen(ForeseenFilter filter, CancellationToken ct) => _store.Foreseen(filter, ct);

    public Task<Page<ListedTask>> Tasks(TaskFilter filter, CancellationToken ct) => _store.Tasks(filter, ct);

    public Task<IReadOnlyList<AuditedEvent>> Log(string caseId, long after, int limit, CancellationToken ct) => _store.Log(caseId, after, limit, ct);

    public Task<ListedTask?> FindTask(string taskId, CancellationToken ct) => _store.FindTask(taskId, ct);

    public IAsyncEnumerable<OwedCase> Owed(string creditor, CancellationToken ct) => _store.Owed(creditor, ct);

    public IAsyncEnumerable<CaseState> States(string creditor, CancellationToken ct) => _store.States(creditor, ct);

    public Task<Page<ListedDebtor>> Debtors(DebtorFilter filter, CancellationToken ct) => _store.Debtors(filter, ct);

    public Task<IReadOnlyList<OutgoingMessage>> Messages(string caseId, CancellationToken ct) => ((ICaseLists)_store).Messages(caseId, ct);

    public Task<Document?> Get(string kind, string id, CancellationToken ct) => _store.Get(kind, id, ct);

    public Task<bool> Put(Document document, Receipt? receipt, CancellationToken ct) => _store.Put(document, receipt, ct);

    public Task<bool> Remove(Document document, CancellationToken ct) => _store.Remove(document, ct);

    public Task<ChainHead?> Head(string caseId, CancellationToken ct) => _store.Head(caseId, ct);

    public IAsyncEnumerable<ChainHead> Heads(DateTimeOffset? since, CancellationToken ct) => _store.Heads(since, ct);

    public Task<IReadOnlyList<ChainRow>> Chain(string caseId, CancellationToken ct) => _store.Chain(caseId, ct);

    public Task Forget(string caseId, PersonalKinds kinds, CancellationToken ct) => _store.Forget(caseId, kinds, ct);

    public Task ForgetAnswers(Func<string, bool> names, CancellationToken ct) => _store.ForgetAnswers(names, ct);

    public Task<bool> PruneReceipts(DateTimeOffset before, CancellationToken ct) => _store.PruneReceipts(before, ct);

    public Task<IReadOnlyList<Document>> List(string kind, string? owner, string? after, int limit, CancellationToken ct) => _store.List(kind, owner, after, limit, ct);

    public Task<Receipt?> FindReceipt(string scope, string key, CancellationToken ct) => _store.FindReceipt(scope, key, ct);

    public Task<bool> Keep(Receipt receipt, CancellationToken ct) => _store.Keep(receipt, ct);

    public Task<IReadOnlyList<PassedOver>> SetAside(string? caseId, CancellationToken ct) => _store.SetAside(caseId, ct);

    public Task Dismiss(PassedOver seen, CancellationToken ct) => _store.Dismiss(seen, ct);
}
