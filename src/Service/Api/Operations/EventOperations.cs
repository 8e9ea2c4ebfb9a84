using System.Text.Json;
using Dunning.Service.Events;

namespace Dunning.Service.Api.Operations;

/// <summary>One announcement: what a webhook says, with its id.</summary>
public sealed record EventView(string Id, string Type, DateTimeOffset Timestamp, string Creditor, string CaseId, JsonElement Data)
{
    public static EventView Of(Announcement a) => new(a.Id, a.Type, a.At, a.Creditor, a.CaseId, JsonElement.Parse(a.Data));
}

/// <summary>NextCursor is always there: at the end of the feed it is where to ask again later.</summary>
public sealed record FeedView(IReadOnlyList<EventView> Items, string NextCursor);

/// <summary>The feed a platform catches up by.</summary>
public sealed class EventOperations(IEventFeed feed)
{
    public async Task<Answer> List(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var (creditor, limit, types, after) = (query.Text("creditor", max: 100) ?? r.Caller.OnlyCreditor, Paging.Limit(query), Types(query), Place(query));
        if (creditor is null)
            query.Add("creditor", "required", "is required, unless the key is of one creditor.");
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        if (!r.Caller.Sees(creditor!))
            return Answer.NotFound("creditor");
        if (await feed.Read(creditor!, after, types, limit, r.Ct) is not { } page)
            return Answer.Refuse(410, "cursorExpired", $"Events are kept for {IEventFeed.Kept.Days} days, and some that followed this cursor are gone; begin without one, and read the invoices to see how they stand.");
        return Answer.Ok(new FeedView([.. page.Items.Select(i => EventView.Of(i.News))], Paging.Cursor(page.Next)));
    }

    private static string[]? Types(BodyReader query)
    {
        if (query.Text("type", max: 2000)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is not { Length: > 0 } types)
            return null;
        foreach (var type in types.Where(t => !EventTypes.OfCases.Contains(t)))
            query.Add("type", "unknownType", $"'{type}' is no type of event; there are {string.Join(", ", EventTypes.OfCases)}.");
        return types;
    }

    private string? Place(BodyReader query)
    {
        var given = query.Has("after") ? "after" : "cursor";
        if (Paging.After(query, given) is not { } place)
            return null;
        if (!feed.IsPlace(place))
            query.Add(given, "invalidCursor", "is not a cursor this list gave.");
        return place;
    }
}
