using System.Text;
using Dunning.Service.Engine;

namespace Dunning.Local.Store;

public sealed partial class SqliteStore
{
    public Task<Document?> Get(string kind, string id, CancellationToken ct) => _readers.Read(c => DocumentRows.Find(c, kind, id), ct);

    public Task<bool> Put(Document document, Receipt? receipt, CancellationToken ct) =>
        _writer.Do(c => DocumentRows.Put(c, document, receipt), Encoding.UTF8.GetByteCount(document.Json), ct);

    public Task<bool> Remove(Document document, CancellationToken ct) => _writer.Do(c => DocumentRows.Remove(c, document), 0, ct);

    public async Task<IReadOnlyList<Document>> List(string kind, string? owner, string? after, int limit, CancellationToken ct) =>
        await _readers.Read(c => DocumentRows.List(c, kind, owner, after ?? "", limit), ct);

    public Task<Receipt?> FindReceipt(string scope, string key, CancellationToken ct) => _readers.Read(c => Receipts.Find(c, scope, key), ct);

    public Task<bool> Keep(Receipt receipt, CancellationToken ct) =>
        _writer.Do(c => Receipts.Keep(c, receipt), Encoding.UTF8.GetByteCount(receipt.Body), ct);
}
