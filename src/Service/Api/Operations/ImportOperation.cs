using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Import;

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
public sealed class ImportOperation(Func<Registrar> registrar, ICaseStore store, ICaseLists lists, INudge nudge)
{
    private const int Batch = 500;
    private const int AtOnce = 3;

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
        await foreach (var kept in Kept(Chunks(LedgerReader.Read(ledger, ct).GetAsyncEnumerator(ct), null), l => Judge(desk, l, creditor, held, by, null, ct), null, ct))
            results.AddRange(kept);
        return results;
    }

    private async Task Run(
        Registrar desk, IAsyncEnumerator<ImportLine> lines, bool any, string? creditor, bool held, bool dryRun, ApiRequest request, Stream output, CancellationToken ct)
    {
        var (count, accepted, known, refused) = (0, 0, 0, 0);
        var rehearsed = dryRun ? new Dictionary<string, Registration>(StringComparer.Ordinal) : null;
        await foreach (var results in Kept(Chunks(lines, any), l => Judge(desk, l, creditor, held, request.Caller.KeyId, request.Caller, ct), rehearsed, ct))
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

    // While some batches are being stored the next is judged. Of two lines with the same number the first must win: a batch that brings one again waits
    // until the other is stored.
    private async IAsyncEnumerable<IReadOnlyList<ImportResult>> Kept(
        IAsyncEnumerable<IReadOnlyList<ImportLine>> chunks, Func<ImportLine, Task<(ImportResult, Registration?, Prepared?)>> judge,
        Dictionary<string, Registration>? rehearsed, [EnumeratorCancellation] CancellationToken ct)
    {
        var storing = new Queue<(HashSet<string> Cases, Task<IReadOnlyList<ImportResult>> Results)>();
        await foreach (var chunk in chunks)
        {
            var judged = new List<(ImportResult Result, Registration?, Prepared?)>(chunk.Count);
            foreach (var line in chunk)
                judged.Add(await judge(line));
            var cases = judged.Select(j => j.Result.CaseId).OfType<string>().ToHashSet(StringComparer.Ordinal);
            while (storing.Count > 0 && (storing.Count == AtOnce || rehearsed is not null || storing.Any(s => s.Cases.Overlaps(cases))))
                yield return await storing.Dequeue().Results;
            storing.Enqueue((cases, Task.Run(() => Keep(judged, rehearsed, ct), ct)));
        }
        while (storing.TryDequeue(out var last))
            yield return await last.Results;
    }

    private async Task<IReadOnlyList<ImportResult>> Keep(
        List<(ImportResult Result, Registration? Registration, Prepared? Prepared)> judged, Dictionary<string, Registration>? rehearsed, CancellationToken ct)
    {
        var results = judged.Select(j => j.Result).ToArray();
        var appends = judged.Select((j, i) => (Index: i, Registration: j.Registration!, Append: j.Prepared?.Append!, j.Prepared?.Folded)).Where(a => a.Append is not null).ToList();
        if (rehearsed is not null)
        {
            foreach (var (index, registration, append, _) in appends)
                if (!rehearsed.TryAdd(append.CaseId, registration) || await store.Load(append.CaseId, ct) is not null)
                    results[index] = await Compare(results[index], registration, rehearsed[append.CaseId], ct);
            return results;
        }
        IReadOnlyList<AppendOutcome> outcomes;
        try
        {
            outcomes = await store.Append([.. appends.Select(a => a.Append)], ct);
        }
        catch (StoreUnavailable)
        {
            // The status line is gone already: every good line of the batch says that it was not kept, and may be sent again.
            foreach (var (index, _, _, _) in appends)
                results[index] = results[index] with { Result = "refused", Faults = [new("line", "storeUnavailable", "may not have been stored; send it again later: what was stored is then known.")] };
            return results;
        }
        for (var i = 0; i < appends.Count; i++)
            if (outcomes[i] is AppendOutcome.Exists)
                results[appends[i].Index] = await Compare(results[appends[i].Index], appends[i].Registration, null, ct);
            else
                nudge.Registered(appends[i].Folded!);
        return results;
    }

    private static async Task<(ImportResult, Registration?, Prepared?)> Judge(
        Registrar desk, ImportLine line, string? creditor, bool held, string by, Caller? caller, CancellationToken ct)
    {
        if (line is ImportLine.Broken broken)
            return (new(line.Line, "refused") { Faults = broken.Faults }, null, null);
        var body = new BodyReader(((ImportLine.Read)line).Body);
        var registration = RegistrationBody.Read(body, creditor, imported: true);
        if (registration is null)
            return (new(line.Line, "refused") { Number = body.Given("number"), Faults = body.Faults }, null, null);
        if (caller?.Sees(registration.Creditor) == false)
            return (new(line.Line, "refused") { Number = registration.Invoice.Number, Faults = [new("creditor", "unknownCreditor", "is not registered.")] }, null, null);
        var prepared = await desk.Prepare(registration, held, by, ct);
        return prepared.Append is { } append
            ? (new(line.Line, "accepted") { Number = registration.Invoice.Number, CaseId = append.CaseId }, registration, prepared)
            : (new(line.Line, "refused") { Number = registration.Invoice.Number, Faults = prepared.Faults }, null, null);
    }

    // The same line twice is the same invoice; other content under its number is refused, and the field named. In a rehearsal the first line of a number is
    // only in the file.
    private async Task<ImportResult> Compare(ImportResult result, Registration registration, Registration? rehearsed, CancellationToken ct)
    {
        var stored = (await store.Load(registration.CaseId, ct))?.State.Known;
        var faults = stored is null ? Differences.Between(rehearsed!, registration) : await Between(stored, registration, ct);
        return faults.Count == 0 ? result with { Result = "known" } : result with { Result = "refused", Faults = faults };
    }

    private async Task<List<Fault>> Between(CaseFile stored, Registration registration, CancellationToken ct)
    {
        var first = (CaseEvent.Registered)(await lists.Log(registration.CaseId, 0, 1, ct))[0].Logged.Event;
        var faults = Differences.Between(first, registration) is { Count: 0 } same ? same : Differences.Between(stored, registration);
        // Money in a ledger that the case does not know would be chased again: the line must not pass for known.
        if (registration.Payments.Any(p => !stored.Account.Payments.Any(k => k.Id == p.Id && k.Amount == p.Amount)))
            faults.Add(new("payments", "differs", "are others in the registered invoice; tell what came since as payments of its own."));
        return faults;
    }
}
