using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Functions.Senders;

/// <summary>Which message a provider's operation id stands for: written before the message leaves, since its delivery report may come at once.</summary>
public sealed class Carried(IDocuments documents)
{
    private const string Kind = "carried";

    public Task Remember(string operation, OutgoingMessage message, CancellationToken ct) =>
        documents.Put(new(Kind, operation, message.Creditor, JsonSerializer.Serialize(message.Key.ToString()), 0), null, ct);

    public async Task<MessageKey?> Find(string operation, CancellationToken ct) =>
        await documents.Get(Kind, operation, ct) is { } known ? MessageKey.Parse(JsonSerializer.Deserialize<string>(known.Json)!) : null;
}
