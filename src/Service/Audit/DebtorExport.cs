using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dunning.Service.Engine;
using Dunning.Service.Json;
using Dunning.Service.Register;

namespace Dunning.Service.Audit;

/// <summary>All that is kept of a debtor, as one JSON object (GDPR, art. 15): written as it is read, whatever its size.</summary>
public sealed class DebtorExport(ICaseLists lists, Registry registry, CaseErasure cases, DebtorDocuments documents)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<bool> Knows(string creditor, string debtor, CancellationToken ct) =>
        await registry.Debtors.Get(Registry.DebtorKey(creditor, debtor), ct) is not null
        || (await lists.Cases(new() { Creditors = [creditor], Debtor = debtor, Limit = 1 }, ct)).Items.Count > 0;

    public async Task Write(string creditor, string debtor, DateTimeOffset now, Stream output, CancellationToken ct)
    {
        var trace = new DebtorTrace(creditor, debtor);
        await using var json = new Utf8JsonWriter(output, Relaxed);
        json.WriteStartObject();
        json.WriteString("creditor", creditor);
        json.WriteString("debtor", debtor);
        json.WriteString("exportedAt", now);
        if (await registry.Debtors.Get(Registry.DebtorKey(creditor, debtor), ct) is { } profile)
        {
            trace.See(profile.Value.Debtor);
            Value(json, "profile", profile.Value);
        }
        json.WriteStartArray("cases");
        await foreach (var item in lists.OfDebtor(creditor, debtor, ct))
        {
            await Case(json, item, ct);
            await cases.Follow(trace, item.Id, ct);
            await json.FlushAsync(ct);
        }
        json.WriteEndArray();
        json.WriteStartArray("documents");
        await foreach (var (kept, _) in documents.Near(trace, ct).Concat(documents.Far(trace, ct)).Concat(documents.Said(trace, ct)).Concat(Papers(trace, ct)).WithCancellation(ct))
        {
            json.WriteStartObject();
            json.WriteString("kind", kept.Kind);
            json.WriteString("id", kept.Id);
            json.WritePropertyName("content");
            json.WriteRawValue(kept.Json);
            json.WriteEndObject();
            await json.FlushAsync(ct);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task Case(Utf8JsonWriter json, ListedCase item, CancellationToken ct)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        Value(json, "state", item.State);
        json.WriteStartArray("log");
        foreach (var (logged, hash) in await lists.Log(item.Id, 0, int.MaxValue, ct))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", logged.Seq);
            json.WriteString("at", logged.At);
            json.WriteString("by", logged.By);
            Value(json, "event", logged.Event);
            json.WriteString("hash", hash);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("messages");
        foreach (var message in await lists.Messages(item.Id, ct))
            json.WriteRawValue(DomainJson.Write(message));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Invoices, agreements and debit notes: kept by law, and handed out.
    private async IAsyncEnumerable<DebtorDocument> Papers(DebtorTrace trace, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var caseId in trace.Cases)
        {
            if (await registry.Documents.Get("document", caseId, ct) is { } invoice)
                yield return new(invoice, null);
            foreach (var paper in (await registry.Documents.List("paper", trace.Creditor, $"{caseId}/", 100, ct)).TakeWhile(p => p.Id.StartsWith($"{caseId}/", StringComparison.Ordinal)))
                yield return new(paper, null);
        }
    }

    private static void Value<T>(Utf8JsonWriter json, string name, T value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(DomainJson.Write(value));
    }
}
