using System.Globalization;
using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Api;

namespace Dunning.Service.Policies;

/// <summary>Reads and writes the one JSON shape of policies, the same in files, in the API and in simulations.</summary>
public static class PolicyJson
{
    /// <summary>The policy, or null with every fault added to the body's, each with its path. A version left out counts as the given one.</summary>
    public static Policy? Read(BodyReader body, int defaultVersion = 1)
    {
        body.RefuseUnknown("name", "version", "regime", "timeZone", "calendar", "sendAt", "sendWindow", "minimumGapDays", "tolerance", "promise",
            "plan", "accessories", "quietPeriods", "maxLedgerAgeDays", "confirmations", "steps");
        var window = body.Strings("sendWindow");
        var before = body.Faults.Count;
        var draft = new PolicyDraft
        {
            Name = body.Text("name"),
            Version = body.Has("version") ? body.Whole("version") : defaultVersion,
            Regime = body.Text("regime"),
            TimeZone = body.Text("timeZone"),
            Calendar = body.Text("calendar"),
            SendAt = Time(body.Text("sendAt")),
            WindowFrom = window is { Count: 2 } ? Time(window[0]) : null,
            WindowTo = window is { Count: 2 } ? Time(window[1]) : null,
            MinimumGapDays = body.Whole("minimumGapDays") ?? 5,
            Tolerance = body.Number("tolerance") ?? 1.00m,
            Promise = Promise(body.Member("promise")),
            Plan = Plan(body.Member("plan")),
            Accessories = Accessories(body.Member("accessories")),
            QuietPeriods = [.. body.Members("quietPeriods").Select(Quiet)],
            MaxLedgerAgeDays = body.Whole("maxLedgerAgeDays"),
            Confirmations = body.Strings("confirmations") ?? [],
            Steps = [.. body.Members("steps").Select(Step)],
        };
        var policy = PolicyRules.Validate(draft, out var faults);
        foreach (var fault in faults)
            if (body.Faults.All(f => f.Field != body.Path(fault.Path)))
                body.Add(fault.Path, "invalidPolicy", fault.Why);
        return body.Faults.Count == before ? policy : null;
    }

    public static JsonObject Write(Policy policy)
    {
        var json = new JsonObject
        {
            ["name"] = policy.Name,
            ["version"] = policy.Version,
            ["regime"] = policy.Regime,
            ["timeZone"] = policy.Zone.Id,
            ["calendar"] = policy.Calendar,
            ["sendAt"] = Text(policy.SendAt),
            ["sendWindow"] = new JsonArray(Text(policy.WindowFrom), Text(policy.WindowTo)),
            ["minimumGapDays"] = policy.MinimumGapDays,
            ["tolerance"] = policy.Tolerance,
            ["promise"] = new JsonObject { ["graceDays"] = policy.Promise.GraceDays, ["maxBroken"] = policy.Promise.MaxBroken, ["maxDays"] = policy.Promise.MaxDays },
            ["plan"] = new JsonObject
            {
                ["maxInstalments"] = policy.Plan.MaxInstalments,
                ["maxDays"] = policy.Plan.MaxDays,
                ["minInstalment"] = policy.Plan.MinInstalment,
                ["graceDays"] = policy.Plan.GraceDays,
            },
            ["accessories"] = Write(policy.Accessories),
        };
        if (policy.QuietPeriods.Count > 0)
            json["quietPeriods"] = new JsonArray([.. policy.QuietPeriods.Select(q => new JsonObject { ["from"] = Iso(q.From), ["to"] = Iso(q.To) })]);
        if (policy.MaxLedgerAgeDays is { } age)
            json["maxLedgerAgeDays"] = age;
        if (policy.Confirmations.Count > 0)
            json["confirmations"] = new JsonArray([.. policy.Confirmations.Select(c => (JsonNode)c)]);
        json["steps"] = new JsonArray([.. policy.Steps.Select(Write)]);
        return json;
    }

    private static JsonObject Write(AccessoryTerms terms)
    {
        var json = new JsonObject { ["claimFrom"] = terms.ClaimFrom, ["whenPrincipalPaid"] = terms.WhenPrincipalPaid };
        if (terms.ContractualRate is { } rate)
            json["contractualRate"] = rate;
        if (terms.Allocation == Allocation.InterestFirst)
            json["allocation"] = "interest-first";
        if (terms.Clause)
            json["clause"] = true;
        return json;
    }

    private static JsonObject Write(PolicyStep step)
    {
        var json = new JsonObject
        {
            ["id"] = step.Id,
            ["offset"] = step.Offset,
            ["channels"] = new JsonArray([.. step.Channels.Select(c => (JsonNode)MessageKey.Name(c))]),
        };
        if (step.Template is { } template)
            json["template"] = template;
        if (step.DeadlineDays is { } days)
            json["deadlineDays"] = days;
        if (step.Registered is { } registered)
            json["letter"] = registered ? "registered" : "plain";
        if (step.Approval is { } approval)
            json["approval"] = approval;
        if (step.MinBalance is { } minimum)
            json["minBalance"] = minimum;
        if (step.Repeat is { } repeat)
            json["repeat"] = new JsonObject { ["everyDays"] = repeat.EveryDays, ["times"] = repeat.Times };
        return json;
    }

    private static PromiseTerms Promise(BodyReader? body)
    {
        var usual = new PromiseTerms();
        body?.RefuseUnknown("graceDays", "maxBroken", "maxDays");
        return body is null ? usual : new(body.Whole("graceDays") ?? usual.GraceDays, body.Whole("maxBroken") ?? usual.MaxBroken, body.Whole("maxDays") ?? usual.MaxDays);
    }

    private static PlanTerms Plan(BodyReader? body)
    {
        var usual = new PlanTerms();
        body?.RefuseUnknown("maxInstalments", "maxDays", "minInstalment", "graceDays");
        return body is null ? usual : new(body.Whole("maxInstalments") ?? usual.MaxInstalments, body.Whole("maxDays") ?? usual.MaxDays,
            body.Number("minInstalment") ?? usual.MinInstalment, body.Whole("graceDays") ?? usual.GraceDays);
    }

    private static AccessoryTerms Accessories(BodyReader? body)
    {
        var usual = new AccessoryTerms();
        body?.RefuseUnknown("claimFrom", "whenPrincipalPaid", "contractualRate", "allocation", "clause");
        return body is null ? usual : new(body.Text("claimFrom") ?? usual.ClaimFrom, body.Text("whenPrincipalPaid") ?? usual.WhenPrincipalPaid)
        {
            ContractualRate = body.Number("contractualRate"),
            Allocation = body.OneOf("allocation", ClaimBody.Allocations) ?? Allocation.PrincipalFirst,
            Clause = body.Flag("clause") ?? false,
        };
    }

    private static QuietPeriod Quiet(BodyReader body) => new(body.Date("from", required: true) ?? default, body.Date("to", required: true) ?? default);

    private static PolicyStep Step(BodyReader body)
    {
        body.RefuseUnknown("id", "offset", "channels", "template", "deadlineDays", "letter", "approval", "minBalance", "repeat");
        var channels = new List<Channel>();
        foreach (var name in body.Strings("channels") ?? [])
            if (MessageKey.ChannelNamed(name) is { } channel)
                channels.Add(channel);
            else
                body.Add("channels", "unknownChannel", $"'{name}' is not one of email, sms, letter, call, handover, declaration.");
        var repeat = body.Member("repeat");
        return new(body.Text("id", required: true) ?? "", body.Whole("offset", required: true) ?? 0, [.. channels])
        {
            Template = body.Text("template"),
            DeadlineDays = body.Whole("deadlineDays"),
            Registered = body.OneOf("letter", new Dictionary<string, bool?> { ["registered"] = true, ["plain"] = false }),
            Approval = body.Flag("approval"),
            MinBalance = body.Number("minBalance"),
            Repeat = repeat is null ? null : new(repeat.Whole("everyDays", required: true) ?? 0, repeat.Whole("times", required: true) ?? 0),
        };
    }

    private static TimeOnly? Time(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    private static string Text(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
