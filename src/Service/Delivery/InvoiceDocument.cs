using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Service.Engine;

namespace Dunning.Service.Delivery;

/// <summary>The invoice's PDF, kept beside its case.</summary>
public static class InvoiceDocument
{
    /// <summary>
    /// Bytes of the largest that is taken. In base64, with the text and the QR code, it stays below the ten megabytes the strictest carrier takes: what was
    /// accepted can always travel.
    /// </summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    private const string Kind = "document";

    public static Task<bool> Has(IDocuments documents, string caseId, CancellationToken ct) => documents.Has(Kind, caseId, ct);

    /// <summary>False when another arrived at the same time.</summary>
    public static async Task<bool> Put(IDocuments documents, string caseId, string creditor, ReadOnlyMemory<byte> pdf, CancellationToken ct)
    {
        var known = await documents.Get(Kind, caseId, ct);
        var json = new JsonObject { ["pdf"] = Convert.ToBase64String(pdf.Span) }.ToJsonString();
        return await documents.Put(new(Kind, caseId, creditor, json, known?.Version ?? 0), null, ct);
    }

    /// <summary>Ready to travel under the invoice's number; null when there is none, or one too large for a mailbox.</summary>
    public static async Task<Enclosed?> Find(IDocuments documents, string caseId, string number, CancellationToken ct)
    {
        if (await documents.Get(Kind, caseId, ct) is not { } document)
            return null;
        using var json = JsonDocument.Parse(document.Json);
        var pdf = json.RootElement.GetProperty("pdf").GetBytesFromBase64();
        return pdf.Length > MaxBytes ? null : new($"{number}.pdf", pdf.Length, Convert.ToHexStringLower(SHA256.HashData(pdf))) { Content = pdf };
    }
}
