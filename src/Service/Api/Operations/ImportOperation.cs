using System.Text.Json;
using System.Text.Json.Serialization;
using Dunning.Service.Engine;
using Dunning.Service.Import;
using Dunning.Service.Webhooks;

namespace Dunning.Service.Api.Operations;

/// <summary>What became of one line of a ledger.</summary>
public sealed record ImportResult(int Line, string Result)
{
    public string? Number { get; init; }

    public string? CaseId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Fault>? Faults { get; init; }
}

public sealed record ImportSummary(int Lines, int Accepted, int Known, int Refused, bool DryRun);

/// <summary>Imports a ledger, line by line: good lines are kept, and each line is told what became of it, as it happens.</summary>
public sealed class ImportOperation(Func<Registrar> registrar, ICaseStore store, ICaseLists lists, Inheritance inheritance, ProviderPayments payments, INudge nudge)
{
    private const int Batch = 500;

    public async Task<Answer> Import(ApiRequest request)
    {
        var query = request.QueryAsBody();
        var held = query.OneOf("start", new Dictionary<string, bool?> { ["held"] = true, ["active"] = false }) ?? true;
        var dryRun = query.OneOf("dryRun", new Dictionary<string, bool?> { ["true"] = true, ["false"] = false }) ?? false;
        var creditor = PartyBody.Id(query, "creditor") ?? request.Caller.OnlyCreditor;
        if (creditor is null && request.Caller.Creditors is not null)
            query.Add("creditor", "required", "is required with a key of several creditors.");
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        var desk = registrar();
        if (creditor is not null && (!request.Caller.Sees(creditor) || await desk.Creditor(creditor, request.Ct) is null))
            return Answer.NotFound("creditor");
        var lines = LedgerReader.Read(request.Http.Request.Body, request.Ct).GetAsyncEnumerator(request.Ct);
        try
        {
            // The first line decides whether the file can be read at all: until then the answer can still be a problem.
            var any = await lines.MoveNextAsync();
            return new Answer(200, (Func<Stream, CancellationToken, Task>)((output, ct) => Run(desk, lines, any, creditor, held, dryRun, request, output, ct)));
        }
        catch (LedgerRefused refused)
        {
            await lines.DisposeAsync();
            return Answer.Invalid(refused.Faults);
        }
    }

    /// <summary>Imports from a stream without HTTP, for the demo and the tests.</summary>
    public async Task<IReadOnlyList<ImportResult>> Import(Stream ledger, string creditor, bool held, string by, CancellationToken ct)
    {
        var results = new List<ImportResult>();
        var desk = registrar();
        await foreach (var kept in Batches(by).Keep(Chunks(LedgerReader.Read(ledger, ct).GetAsyncEnumerator(ct), null), l => Judge(desk, l, creditor, held, by, null, ct), null, ct))
            results.AddRange(kept);
        return results;
    }

    private async Task Run(
        Registrar desk, IAsyncEnumerator<ImportLine> lines, bool any, string? creditor, bool held, bool dryRun, ApiRequest request, Stream output, CancellationToken ct)
    {
        var (count, accepted, known, refused) = (0, 0, 0, 0);
        var rehearsed = dryRun ? new Dictionary<string, Registration>(StringComparer.Ordinal) : null;
        var by = request.Caller.KeyId;
        await foreach (var results in Batches(by).Keep(Chunks(lines, any), l => Judge(desk, l, creditor, held, by, request.Caller, ct), rehearsed, ct))
        {
            foreach (var result in results)
            {
                count++;
                accepted += result.Result == "accepted" ? 1 : 0;
                known += result.Result == "known" ? 1 : 0;
                refused += result.Result == "refused" ? 1 : 0;
                await JsonSerializer.SerializeAsync(output, result, ApiJson.Options, ct);
                await output.WriteAsync("\n"u8.ToArray(), ct);
            }
            await output.FlushAsync(ct);
        }
        await JsonSerializer.SerializeAsync(output, new { Summary = new ImportSummary(count, accepted, known, refused, dryRun) }, ApiJson.Options, ct);
        await output.WriteAsync("\n"u8.ToArray(), ct);
    }

    private ImportBatches Batches(string by) => new(store, lists, inheritance, payments, nudge, by);

    private static async IAsyncEnumerable<IReadOnlyList<ImportLine>> Chunks(IAsyncEnumerator<ImportLine> lines, bool? started)
    {
        await using (lines)
        {
            var chunk = new List<ImportLine>(Batch);
            for (var more = started ?? await lines.MoveNextAsync(); more; more = await lines.MoveNextAsync())
            {
                chunk.Add(lines.Current);
                if (chunk.Count < Batch)
                    continue;
                yield return chunk;
                chunk = new(Batch);
            }
            if (chunk.Count > 0)
                yield return chunk;
        }
    }

    private static async Task<JudgedLine> Judge(
        Registrar desk, ImportLine line, string? creditor, bool held, string by, Caller? caller, CancellationToken ct)
    {
        if (line is ImportLine.Broken broken)
            return new(new(line.Line, "refused") { Faults = broken.Faults });
        var body = new BodyReader(((ImportLine.Read)line).Body);
        var registration = RegistrationBody.Read(body, creditor, imported: true);
        if (registration is null)
            return new(new(line.Line, "refused") { Number = body.Given("number"), Faults = body.Faults });
        if (caller?.Sees(registration.Creditor) == false)
            return new(new(line.Line, "refused") { Number = registration.Invoice.Number, Faults = [new("creditor", "unknownCreditor", "is not registered.")] });
        var prepared = await desk.Prepare(registration, held, by, ct);
        return prepared.Append is { } append
            ? new(new(line.Line, "accepted") { Number = registration.Invoice.Number, CaseId = append.CaseId }, registration, prepared)
            : new(new(line.Line, "refused") { Number = registration.Invoice.Number, Faults = prepared.Faults });
    }
}
