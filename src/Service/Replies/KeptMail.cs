using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Service.Engine;

namespace Dunning.Service.Replies;

/// <summary>Mails that were answers, byte for byte as they came: what a case shows of them is cut short.</summary>
public sealed class KeptMail(IDocuments documents)
{
    private const string Kind = "mail";

    /// <summary>Kept again, a mail stays as it was first delivered.</summary>
    public async Task Keep(string creditor, string factId, ReadOnlyMemory<byte> mail, CancellationToken ct)
    {
        if (!await documents.Has(Kind, Key(creditor, factId), ct))
            await documents.Put(new(Kind, Key(creditor, factId), creditor, new JsonObject { ["eml"] = Convert.ToBase64String(mail.Span) }.ToJsonString(), 0), null, ct);
    }

    public async Task<byte[]?> Find(string creditor, string factId, CancellationToken ct)
    {
        if (await documents.Get(Kind, Key(creditor, factId), ct) is not { } document)
            return null;
        using var json = JsonDocument.Parse(document.Json);
        return json.RootElement.GetProperty("eml").GetBytesFromBase64();
    }

    private static string Key(string creditor, string factId) => $"{creditor}/{factId}";
}
