using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using Dunning.Service.Import;

namespace Dunning.Service.Postage;

/// <summary>What became of one line: posted; known, when it said nothing new; notPosted, when it tells neither a date nor a number; refused.</summary>
public sealed record PostingResult(int Line, string Result)
{
    public string? Key { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Fault>? Faults { get; init; }
}

public sealed record PostingSummary(int Lines, int Posted, int Known, int NotPosted, int Refused);

/// <summary>
/// Takes the manifest of an export back, with the day each letter was posted and its tracking number: good lines are kept, each line is told what became of
/// it. Sent again it changes nothing.
/// </summary>
public sealed partial class Postings(Acknowledger acknowledger, TimeProvider clock)
{
    public async Task<Answer> Read(ApiRequest request)
    {
        var query = request.QueryAsBody();
        var date = query.Date("date");
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        var lines = PostingLines.Read(request.Http.Request.Body, request.Ct).GetAsyncEnumerator(request.Ct);
        try
        {
            // Until the first line is read the answer can still be a problem.
            var any = await lines.MoveNextAsync();
            return new Answer(200, (Func<Stream, CancellationToken, Task>)((output, ct) => Run(lines, any, date, request.Caller, output, ct)));
        }
        catch (LedgerRefused refused)
        {
            await lines.DisposeAsync();
            return Answer.Invalid(refused.Faults);
        }
    }

    private async Task Run(IAsyncEnumerator<ImportLine> lines, bool any, DateOnly? date, Caller caller, Stream output, CancellationToken ct)
    {
        var (counts, numbers) = (new Dictionary<string, int>(), new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase));
        await using (lines)
            for (; any; any = await lines.MoveNextAsync())
            {
                var result = await Record(lines.Current, date, caller, numbers, ct);
                counts[result.Result] = counts.GetValueOrDefault(result.Result) + 1;
                await Write(output, result, ct);
                await output.FlushAsync(ct);
            }
        var summary = new PostingSummary(counts.Values.Sum(), Of("posted"), Of("known"), Of("notPosted"), Of("refused"));
        await Write(output, new { Summary = summary }, ct);

        int Of(string result) => counts.GetValueOrDefault(result);
    }

    private static async Task Write(Stream output, object line, CancellationToken ct)
    {
        await JsonSerializer.SerializeAsync(output, line, ApiJson.Options, ct);
        await output.WriteAsync("\n"u8.ToArray(), ct);
    }

    private async Task<PostingResult> Record(ImportLine line, DateOnly? date, Caller caller, Dictionary<string, int> numbers, CancellationToken ct)
    {
        if (line is not ImportLine.Read read)
            return new(line.Line, "refused") { Faults = ((ImportLine.Broken)line).Faults };
        var body = new BodyReader(read.Body);
        var (text, on, tracking) = (body.Text("key", required: true), body.Date("postedOn"), Tracking(body));
        if (body.Faults.Count > 0)
            return new(line.Line, "refused") { Key = body.Given("key"), Faults = body.Faults };
        var result = new PostingResult(line.Line, "refused") { Key = text };
        if (on is null && tracking is null)
            return result with { Result = "notPosted" };
        if ((on ?? date) is not { } day)
            return Refused(result, "postedOn", "required", "is required for a letter with a tracking number; or give ?date= for all of them.");
        if (tracking is not null && !numbers.TryAdd(tracking, line.Line))
            return Refused(result, "trackingNumber", "usedTwice", $"stands on line {numbers[tracking]} too: each letter has its own.");
        try
        {
            return await Record(result, new(default, day, tracking), caller, ct);
        }
        catch (StoreUnavailable)
        {
            return Refused(result, "line", "storeUnavailable", "may not have been stored; send it again later: what was stored is then known.");
        }
    }

    private async Task<PostingResult> Record(PostingResult result, CaseEvent.LetterPosted told, Caller caller, CancellationToken ct)
    {
        if (!MessageKey.TryParse(result.Key!, out var key) || key.Channel != Channel.Letter || await acknowledger.Find(caller, key.Case, ct) is not { } folded
            || MessageFates.Find(folded.File, key) is not (_, { } leg))
            return Refused(result, "key", "unknownLetter", "names no letter.");
        if (leg.PostedOn == told.On && (told.Tracking is null || leg.Tracking == told.Tracking))
            return result with { Result = "known" };
        var posted = told with { Key = key, Id = IdOf(key, told) };
        if (FactRules.Check(folded, posted, clock.GetUtcNow()) is { Body: Problem problem })
            return result with { Faults = problem.Faults.Count > 0 ? problem.Faults : [new("key", problem.Code, problem.Detail)] };
        return await acknowledger.Tell(key.Case, posted, caller.KeyId, ct)
            ? result with { Result = "posted" }
            : Refused(result, "key", "changedMeanwhile", "was told of otherwise at the same time.");
    }

    // The same news about the same letter is the same fact.
    private static string IdOf(MessageKey key, CaseEvent.LetterPosted told) =>
        "posting-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{key} {told.On:yyyy-MM-dd} {told.Tracking}"))))[..32];

    private static string? Tracking(BodyReader body)
    {
        if (body.Text("trackingNumber", max: 60) is not { } written)
            return null;
        if (Rounded().IsMatch(written))
            body.Add("trackingNumber", "rounded", "was rounded by a spreadsheet; format the column as text and enter it again.");
        var number = string.Concat(written.Where(c => !char.IsWhiteSpace(c)));
        if (number.Length > 40)
            body.Add("trackingNumber", "tooLong", "must not be longer than 40 characters.");
        return number;
    }

    private static PostingResult Refused(PostingResult result, string field, string code, string message) => result with { Faults = [new(field, code, message)] };

    [GeneratedRegex(@"^\d[.,]\d+E\+\d+$", RegexOptions.IgnoreCase)]
    private static partial Regex Rounded();
}
