using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Upcoming;

namespace Dunning.Service.Api;

/// <summary>What a list of cases is asked for, be it a query or a body with the same names.</summary>
public static class CaseQuery
{
    private static readonly Dictionary<string, bool?> Words = new() { ["true"] = true, ["false"] = false };

    /// <summary>What narrows a list, and its order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["creditor", "status", "open", "debtor", "number", "q", "dueBefore", "dueAfter", "minBalance", "maxBalance", "step", "waitingFor", "policy", "promisedBy", "updatedSince", "sort"];

    /// <summary>The filter; what is wrong with it is among the faults of the query.</summary>
    public static async Task<CaseFilter> Read(ApiRequest r, BodyReader query, LocalToday days, bool canSearch)
    {
        var creditor = query.Text("creditor");
        var sort = query.Text("sort") ?? "dueDate";
        if ((sort.StartsWith('-') ? sort[1..] : sort) is not ("dueDate" or "balance" or "updatedAt" or "number" or "risk"))
            query.Add("sort", "unknownValue", "must be dueDate, balance, updatedAt, number or risk, with '-' before it for descending.");
        var filter = new CaseFilter
        {
            Creditors = creditor is null ? r.Caller.Creditors : r.Caller.Sees(creditor) ? [creditor] : [],
            Status = query.OneOf("status", Enum.GetValues<CaseStatus>().ToDictionary(ApiJson.Name, s => (CaseStatus?)s)),
            IsOpen = query.OneOf("open", Words),
            Debtor = query.Text("debtor"),
            Number = query.Text("number"),
            Text = query.Text("q"),
            DueBefore = query.Date("dueBefore"),
            DueAfter = query.Date("dueAfter"),
            MinBalance = Amount(query, "minBalance"),
            MaxBalance = Amount(query, "maxBalance"),
            Step = query.Text("step", max: 64),
            WaitingFor = query.OneOf("waitingFor", Enum.GetValues<WaitReason>().ToDictionary(ApiJson.Name, r => (WaitReason?)r)),
            Policy = query.Text("policy", max: 60),
            PromisedBy = query.Date("promisedBy"),
            UpdatedSince = query.Instant("updatedSince"),
            Today = await days.Of(r, creditor),
            Sort = sort,
        };
        if (filter.Searches && !canSearch)
            foreach (var name in ((string[])["q", "step", "waitingFor", "policy", "promisedBy"]).Where(n => query.Text(n) is not null).DefaultIfEmpty("sort"))
                query.Add(name, "notOffered", "needs an index that this host does not keep; number, debtor, status, due dates and balances are looked for.");
        if (filter.Searches && sort.TrimStart('-') == "updatedAt")
            query.Add("sort", "doesNotCombine", "by updatedAt does not go with q, step, waitingFor, policy or promisedBy.");
        return filter;
    }

    private static decimal? Amount(BodyReader query, string name)
    {
        if (query.Text(name, max: 30) is not { } text)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            return amount;
        query.Add(name, "wrongType", "must be a number.");
        return null;
    }
}
