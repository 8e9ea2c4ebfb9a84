using Dunning.Service.Engine;

namespace Dunning.Functions.Store;

public sealed partial class AzureStore
{
    public Task<Document?> Get(string kind, string id, CancellationToken ct) => new DocumentRows(_shelves).Find(kind, id, ct).OrUnavailable(ct);

    public Task<bool> Has(string kind, string id, CancellationToken ct) => new DocumentRows(_shelves).Has(kind, id, ct).OrUnavailable(ct);

    public Task<bool> Put(Document document, Receipt? receipt, CancellationToken ct) => new DocumentRows(_shelves).Put(document, receipt, ct).OrUnavailable(ct);

    public Task<bool> Remove(Document document, CancellationToken ct) => new DocumentRows(_shelves).Remove(document, ct).OrUnavailable(ct);

    public Task<IReadOnlyList<Document>> List(string kind, string? owner, string? after, int limit, CancellationToken ct) =>
        new DocumentRows(_shelves).List(kind, owner, after, limit, ct).OrUnavailable(ct);

    public Task<Receipt?> FindReceipt(string scope, string key, CancellationToken ct) => _shelves.Receipts.Find(scope, key, ct).OrUnavailable(ct);

    public Task<bool> Keep(Receipt receipt, CancellationToken ct) => _shelves.Receipts.Keep(receipt, ct).OrUnavailable(ct);
}
