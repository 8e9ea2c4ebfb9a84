using System.Text.Json.Nodes;
using Dunning.Service.Api;

namespace Dunning.Service.Console.Today;

/// <summary>What needs a person now, and doing there what is one button.</summary>
public sealed class TodayPages(WorkOfToday work) : IConsolePages
{
    public IEnumerable<Page> Pages =>
    [
        new("GET", "", r => Shown(r, null)), new("POST", "today/done", Done), new("POST", "today/step", Step), new("POST", "today/money", Money), new("POST", "today/reply", Reply),
        new("POST", "today/delivery", Delivery),
    ];

    private async Task<PageAnswer> Shown(PageRequest r, Problem? refusal) =>
        PageAnswer.Of<TodayPage>(r.Ui.Say("Aujourd’hui", "Today"), ("Work", await work.Of(r)), ("Refusal", refusal)) with { Status = refusal is null ? 200 : refusal.Status };

    private Task<PageAnswer> Done(PageRequest r)
    {
        var body = new JsonObject();
        foreach (var name in (string[])["note", "date"])
            if (r.Field(name) is { } value)
                body[name] = value;
        return Do(r, "finishTask", new() { ["task"] = r.Field("task") ?? "" }, body, r.Ui.Say("C’est noté.", "It is noted."));
    }

    private Task<PageAnswer> Step(PageRequest r)
    {
        var approves = r.Field("decision") == "approve";
        var body = new JsonObject();
        if (!approves && r.Field("reason") is { } reason)
            body["reason"] = reason;
        return Do(r, approves ? "approveStep" : "rejectStep", new() { ["id"] = r.Field("case") ?? "", ["step"] = r.Field("step") ?? "" }, body,
            approves ? r.Ui.Say("Étape approuvée.", "Step approved.") : r.Ui.Say("Étape rejetée\u00A0: elle n’aura pas lieu.", "Step rejected: it will not take place."));
    }

    private Task<PageAnswer> Money(PageRequest r) => Settle(r, "assignUnmatched", r.Ui.Say("Paiement attribué.", "Payment assigned."));

    private Task<PageAnswer> Reply(PageRequest r) => Settle(r, "assignUnmatchedReply", r.Ui.Say("Réponse rattachée.", "Reply assigned."));

    private Task<PageAnswer> Delivery(PageRequest r)
    {
        var again = r.Field("decision") == "again";
        return Do(r, again ? "processInboundDelivery" : "seeToInboundDelivery", new() { ["id"] = r.Field("id") ?? "" }, [],
            again ? r.Ui.Say("L’avis est traité de nouveau.", "It is being processed again.") : r.Ui.Say("C’est noté.", "It is noted."));
    }

    private Task<PageAnswer> Settle(PageRequest r, string operation, string said)
    {
        var discards = r.Field("decision") == "discard";
        var body = discards ? new JsonObject { ["discard"] = true } : new JsonObject { ["invoice"] = r.Field("invoice") };
        return Do(r, operation, new() { ["id"] = r.Field("id") ?? "" }, body, discards ? r.Ui.Say("Écarté.", "Dismissed.") : said);
    }

    private async Task<PageAnswer> Do(PageRequest r, string operation, Dictionary<string, string> route, JsonObject body, string said) =>
        (await r.Api.Call(operation, route, body)).Body is Problem problem ? await Shown(r, problem) : new PageAnswer.SeeOther("/console", said);
}
