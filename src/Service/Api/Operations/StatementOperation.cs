using System.Text.Json;
using Dunning.Service.Bank;
using Dunning.Service.Engine;
using Dunning.Service.Receipts;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

/// <summary>Takes in a bank statement as it streams, and tells line by line what became of it: JSON lines, or one JSON object to whoever accepts only that.</summary>
public sealed class StatementOperation(
    DunningEngine engine, ICaseStore store, ICaseLists lists, Registry registry, UnmatchedMoney queue, INudge nudge, LedgerDates ledgers, CsvProfiles profiles, TimeProvider clock)
{
    public async Task<Answer> Take(ApiRequest request)
    {
        var query = request.QueryAsBody();
        var format = query.OneOf("format", new Dictionary<string, string?> { ["camt"] = "camt", ["csv"] = "csv" });
        var profile = query.OneOf("profile", profiles.All.ToDictionary(p => p.Name, p => (CsvProfile?)p));
        var dryRun = query.OneOf("dryRun", new Dictionary<string, bool?> { ["true"] = true, ["false"] = false }) ?? false;
        var any = query.OneOf("account", new Dictionary<string, bool?> { ["any"] = true, ["own"] = false }) ?? false;
        var creditor = PartyBody.Id(query, "creditor") ?? request.Caller.OnlyCreditor;
        if (creditor is null && !query.Faults.Exists(f => f.Field == "creditor"))
            query.Add("creditor", "required", "is required with a key that is not scoped to one creditor.");
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        if (!request.Caller.Sees(creditor!) || await registry.Creditors.Get(creditor!, request.Ct) is not { } found)
            return Answer.NotFound("creditor");
        var intake = new StatementIntake(engine, store, lists, registry, queue, nudge, clock, found.Value, request.Caller.KeyId) { IsDryRun = dryRun, AnyAccount = any };
        var parts = StatementReader.Read(request.Http.Request.Body, profile is null ? format : "csv", profile, profiles, request.Ct).GetAsyncEnumerator(request.Ct);
        try
        {
            // The first part decides whether the file can be read at all: until then the answer can still be a problem.
            var first = await parts.MoveNextAsync();
            var one = request.Http.Request.Headers.Accept.ToString() is "application/json";
            return new Answer(200, (Func<Stream, CancellationToken, Task>)((output, ct) => Tell(intake, Rest(parts, first), found.Value.Id, request.Caller.KeyId, one, output, ct)))
            {
                ContentType = one ? "application/json; charset=utf-8" : null,
            };
        }
        catch (StatementRefused refused)
        {
            await parts.DisposeAsync();
            return refused.Code == "tooLarge" ? Answer.Refuse(413, "tooLarge", refused.Message) : Answer.Invalid([refused.Fault]);
        }
    }

    private static async IAsyncEnumerable<StatementPart> Rest(IAsyncEnumerator<StatementPart> parts, bool more)
    {
        await using (parts)
            for (; more; more = await parts.MoveNextAsync())
                yield return parts.Current;
    }

    private async Task Tell(StatementIntake intake, IAsyncEnumerable<StatementPart> parts, string creditor, string by, bool one, Stream output, CancellationToken ct)
    {
        var (tally, asOf, fault, written) = (new StatementTally(), (DateOnly?)null, (Fault?)null, false);
        if (one)
            await output.WriteAsync("{\"lines\":["u8.ToArray(), ct);
        try
        {
            await foreach (var (results, ended) in intake.Take(parts, ct))
            {
                foreach (var (result, movement) in results)
                {
                    tally.Add(result, movement);
                    if (one && written)
                        await output.WriteAsync(","u8.ToArray(), ct);
                    await JsonSerializer.SerializeAsync(output, result, ApiJson.Options, ct);
                    if (!one)
                        await output.WriteAsync("\n"u8.ToArray(), ct);
                    written = true;
                }
                // Books of which a line could not be read or kept are not known.
                if (ended?.AsOf is { } day && !tally.HasRefused && !(asOf >= day))
                    asOf = intake.IsDryRun ? day : await ledgers.Advance(creditor, day, by, ct);
                await output.FlushAsync(ct);
            }
        }
        catch (StatementRefused refused)
        {
            fault = refused.Fault;
        }
        // The status line is gone: what is not told above may not have been stored.
        catch (StoreUnavailable)
        {
            fault = new("file", "storeUnavailable", "The store is unavailable; send the statement again: what was stored is then known.");
        }
        if (one)
            await output.WriteAsync("],\"summary\":"u8.ToArray(), ct);
        var summary = tally.Sum(asOf, intake.IsDryRun, fault);
        await (one ? JsonSerializer.SerializeAsync(output, summary, ApiJson.Options, ct) : JsonSerializer.SerializeAsync(output, new { Summary = summary }, ApiJson.Options, ct));
        await output.WriteAsync(one ? "}"u8.ToArray() : "\n"u8.ToArray(), ct);
    }
}
