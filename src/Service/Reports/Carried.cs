using System.Text.Json;
using Dunning.Service.Engine;

namespace Dunning.Service.Reports;

/// <summary>
/// Which message a provider's own id stands for: its operation id, written before the message leaves, since its delivery report may come at once; and the
/// Message-ID the provider made up, which an answer refers to. Kept is what carriers know the message by: its key, or what it is joined in.
/// </summary>
public sealed class Carried(IDocuments documents)
{
    private const string Kind = "carried";
    private const string ThreadKind = "carried-thread";

    public Task Remember(string operation, OutgoingMessage message, CancellationToken ct) => Put(Kind, operation, message, ct);

    public Task<string?> Find(string operation, CancellationToken ct) => Get(Kind, operation, ct);

    public async Task RememberThread(string messageId, OutgoingMessage message, CancellationToken ct)
    {
        if (await Get(ThreadKind, messageId, ct) is null)
            await Put(ThreadKind, messageId, message, ct);
    }

    public Task<string?> FindThread(string messageId, CancellationToken ct) => Get(ThreadKind, messageId, ct);

    private Task<bool> Put(string kind, string id, OutgoingMessage message, CancellationToken ct) =>
        documents.Put(new(kind, id, message.Creditor, JsonSerializer.Serialize(message.Identity), 0), null, ct);

    private async Task<string?> Get(string kind, string id, CancellationToken ct) =>
        await documents.Get(kind, id, ct) is { } known ? JsonSerializer.Deserialize<string>(known.Json) : null;
}
