using Dunning.Service.Engine;
using Dunning.Service.Postage;

namespace Dunning.Service.Api.Operations;

/// <summary>Letters for whoever posts them: what is to be posted, the files, and the tracking numbers back.</summary>
public sealed class LetterOperations(LettersOfDay letters, LetterExport export, ICaseStore store, Postings postings)
{
    private static readonly Dictionary<string, bool?> YesOrNo = new() { ["true"] = true, ["false"] = false };

    public async Task<Answer> List(ApiRequest request)
    {
        var query = request.QueryAsBody();
        var (date, creditors, bothSides) = Asked(request, query);
        var (posted, limit, cursor) = (query.OneOf("posted", YesOrNo), Paging.Limit(query), query.Text("cursor", max: 500));
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        try
        {
            var items = new List<PostedLetter>();
            do
            {
                (var found, cursor) = await letters.Page(date!.Value, creditors, posted, cursor, limit, request.Ct);
                foreach (var letter in found)
                    if (await store.FindMessage(letter.Key, request.Ct) is { } message)
                        items.Add(PostedLetter.Of(letter, message, bothSides));
            }
            while (cursor is not null && items.Count < limit);
            return Answer.Ok(new PageView<PostedLetter>(items, cursor));
        }
        catch (FormatException)
        {
            return Answer.Invalid([new("cursor", "invalidCursor", "is not a cursor this list gave.")]);
        }
    }

    /// <summary>A ZIP, written as it is read. Which letters are in it is known before the first byte leaves.</summary>
    public async Task<Answer> Export(ApiRequest request)
    {
        var query = request.QueryAsBody();
        var (date, creditors, bothSides) = Asked(request, query);
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        var found = await letters.All(date!.Value, creditors, request.Ct);
        return new Answer(200, (Func<Stream, CancellationToken, Task>)((output, ct) => export.Write(found, bothSides, output, ct))) { ContentType = "application/zip" };
    }

    public Task<Answer> Post(ApiRequest request) => postings.Read(request);

    private static (DateOnly? Date, IReadOnlyList<string>? Creditors, bool BothSides) Asked(ApiRequest request, BodyReader query)
    {
        var creditor = query.Text("creditor", max: 64);
        var creditors = creditor is null ? request.Caller.Creditors : request.Caller.Sees(creditor) ? [creditor] : [];
        return (query.Date("date", required: true), creditors, query.OneOf("bothSides", YesOrNo) ?? false);
    }
}
