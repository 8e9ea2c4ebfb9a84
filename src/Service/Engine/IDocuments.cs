namespace Dunning.Service.Engine;

/// <summary>
/// Something kept beside the cases: a creditor, a debtor, a policy version, a key, a setting. Version is 0 for one that must not exist yet, and
/// else the version read; it rises with each write.
/// </summary>
public sealed record Document(string Kind, string Id, string? Owner, string Json, long Version);

public interface IDocuments
{
    Task<Document?> Get(string kind, string id, CancellationToken ct);

    /// <summary>Whether there is one, without reading it: an invoice's PDF is large.</summary>
    async Task<bool> Has(string kind, string id, CancellationToken ct) => await Get(kind, id, ct) is not null;

    /// <summary>Durable when it returns true; false if the version has moved. The receipt is stored in the same transaction.</summary>
    /// <exception cref="StoreUnavailable">Nothing was stored.</exception>
    Task<bool> Put(Document document, Receipt? receipt, CancellationToken ct);

    /// <summary>False if the version has moved. Gone for good: the next one under its id is a new one.</summary>
    Task<bool> Remove(Document document, CancellationToken ct);

    /// <summary>By id, from after (excluded) on; owner null lists every owner's.</summary>
    Task<IReadOnlyList<Document>> List(string kind, string? owner, string? after, int limit, CancellationToken ct);

    Task<Receipt?> FindReceipt(string scope, string key, CancellationToken ct);

    /// <summary>Keeps the answer of a request whose effects were appended one by one; false if the key was used meanwhile.</summary>
    Task<bool> Keep(Receipt receipt, CancellationToken ct);
}
