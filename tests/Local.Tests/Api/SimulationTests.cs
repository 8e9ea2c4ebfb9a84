using System.Globalization;
using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>What a simulation shows is what the live host does.</summary>
public sealed class SimulationTests
{
    /// <summary>A case and what happens to it.</summary>
    private sealed record Story(string Name, string Policy, Action<JsonObject> Change, params (string At, string Type, string Body)[] Events);

    private static readonly Dictionary<string, string> Routes = new()
    {
        ["payment"] = "payments",
        ["reversal"] = "reversals",
        ["pendingPayment"] = "pending-payments",
        ["creditNote"] = "credit-notes",
        ["promise"] = "promises",
        ["dispute"] = "disputes",
        ["disputeResolved"] = "disputes/d/resolve",
        ["hold"] = "hold",
        ["release"] = "release",
        ["plan"] = "plans",
        ["cancel"] = "cancel",
        ["writeOff"] = "write-off",
        ["dueDate"] = "due-date",
        ["reply"] = "replies",
        ["bounce"] = "messages/first/email/1/outcome",
    };

    private static readonly Story[] Stories =
    [
        new("design", "fr-b2b", _ => { }, ("2026-11-10T10:00:00+01:00", "promise", """{ "date": "2026-11-20" }""")),
        new("silent debtor", "fr-b2b", _ => { }),
        new("fast", "fr-b2b-fast", _ => { }),
        new("public", "fr-public", i => i["debtor"]!["kind"] = "public"),
        new("consumer", "fr-b2c", i => i["debtor"]!["kind"] = "consumer"),
        new("belgian", "be-b2b", i => (i["debtor"]!["country"], i["debtor"]!["language"]) = ("BE", "fr")),
        new("belgian consumer", "be-b2c", i => (i["debtor"]!["country"], i["debtor"]!["kind"]) = ("BE", "consumer")),
        new("no address", "fr-b2b", i => i["debtor"]!.AsObject().Remove("address")),
        new("overdue already", "fr-b2b", i => (i["issueDate"], i["dueDate"]) = ("2026-06-01", "2026-07-01")),
        new("sent before", "fr-b2b", i => (i["issueDate"], i["dueDate"], i["alreadySent"]) = ("2026-06-01", "2026-07-01", 2)),
        new("paid in two", "fr-b2b", _ => { },
            ("2026-11-12T15:00:00+01:00", "payment", """{ "id": "s1", "amount": 700, "date": "2026-11-12" }"""), ("2026-12-01T09:00:00+01:00", "payment", """{ "id": "s2", "amount": 500 }""")),
        new("bounced cheque", "fr-b2b", _ => { },
            ("2026-11-12T15:00:00+01:00", "payment", """{ "id": "c1", "amount": 1200, "date": "2026-11-12" }"""), ("2026-11-20T09:30:00+01:00", "reversal", """{ "paymentId": "c1" }""")),
        new("dispute lost", "fr-b2b", _ => { },
            ("2026-11-10T15:00:00+01:00", "dispute", """{ "id": "d", "kind": "commercial" }"""), ("2026-12-03T15:00:00+01:00", "disputeResolved", """{ "outcome": "rejected" }""")),
        new("plan broken", "fr-b2b", _ => { },
            ("2026-11-10T15:00:00+01:00", "plan", """{ "instalments": [{ "date": "2026-11-25", "amount": 600 }, { "date": "2026-12-25", "amount": 600 }] }"""),
            ("2026-11-25T15:00:00+01:00", "payment", """{ "id": "pl", "amount": 600 }""")),
        new("held for a week", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "hold", """{ "reason": "talks", "until": "2026-11-24" }""")),
        new("held and released", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "hold", "{}"), ("2026-11-27T20:00:00+01:00", "release", "{}")),
        new("later due date", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "dueDate", """{ "dueDate": "2026-12-15" }""")),
        new("debit on its way", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "pendingPayment", """{ "expectedOn": "2026-11-18" }""")),
        new("credit note", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "creditNote", """{ "id": "cn", "amount": 250 }""")),
        new("bounce", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "bounce", """{ "step": "first", "channel": "email", "outcome": "bounced" }""")),
        new("cancelled", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "cancel", """{ "reason": "error" }""")),
        new("written off", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "writeOff", """{ "reason": "old" }""")),
    ];

    [Fact]
    public async Task What_is_simulated_is_what_happens()
    {
        await using var host = await TestHost.Run();
        var cases = new List<(Story Story, string Path, Reply Simulated)>();
        foreach (var story in Stories)
        {
            var invoice = host.Invoice(story.Change);
            var simulated = await host.Post("/api/simulations", Simulation(invoice, story));
            Assert.True(simulated.Status == 200, $"{story.Name}: {simulated}");
            invoice["policy"] = story.Policy;
            var registered = await host.Post("/api/invoices", invoice);
            Assert.True(registered.Status == 202, $"{story.Name}: {registered}");
            cases.Add((story, registered.Location!, simulated));
        }
        Assert.All(cases, c => Assert.Equal(Instants(c.Simulated).Order(), Instants(c.Simulated)));
        var moments = cases.SelectMany(c => Instants(c.Simulated)).Concat(Stories.SelectMany(s => s.Events).Select(e => At(e.At))).Append(At("2027-01-31T23:59:59+01:00"));
        foreach (var moment in moments.Distinct().Order())
        {
            await host.MoveTo($"{moment:O}");
            foreach (var (story, path, simulated) in cases)
            {
                foreach (var act in story.Events.Where(e => At(e.At) == moment))
                    Assert.Equal(202, (await host.Post($"{path}/{Routes[act.Type]}", Own(act.Body, path))).Status);
                if (Instants(simulated).Contains(moment))
                    await Operate(host, path);
            }
        }
        foreach (var (story, path, simulated) in cases)
        {
            var live = await host.Get(path);
            Assert.Equal($"{story.Name}\n{Transcript(simulated)}", $"{story.Name}\n{Transcript(live)}");
            Assert.Equal((live["status"], live["balance"], live["next.step"], live["next.at"], live["next.waitingFor"]),
                (simulated["outcome.status"], simulated["outcome.balance"], simulated["outcome.nextStep"], simulated["outcome.nextAt"], simulated["outcome.waitingFor"]));
        }
    }

    [Fact]
    public async Task The_example_of_the_design_gives_these_dates()
    {
        await using var host = await TestHost.Run();
        var reply = await host.Post("/api/simulations", Simulation(host.Invoice(), Stories[0]));
        Assert.Equal(
            """
            2026-10-28T09:00:00+01:00 courtesy email
            2026-11-09T09:00:00+01:00 first email
            2026-11-23T09:00:00+01:00 second email
            2026-11-23T09:00:00+01:00 second sms
            2026-11-30T09:00:00+01:00 task call
            2026-12-07T09:00:00+01:00 formal-notice letter
            2026-12-07T09:00:00+01:00 formal-notice email
            2026-12-16T09:00:00+01:00 task hand-over
            """, string.Join('\n', reply.Json["timeline"]!.AsArray().Where(e => (string?)e!["kind"] is "message" or "task")
                .Select(e => (string?)e!["kind"] == "task" ? $"{e["at"]} task {e["step"]}" : $"{e["at"]} {e["step"]} {e["channel"]}")));
        Assert.All(reply.Timeline("message"), m => Assert.Equal(("1200.00", true, true), (m["balance"]!.ToString(), m.ContainsKey("interest") && m["interest"] is null, m["indemnity"] is null)));
        Assert.All(reply.Timeline("message"), m => Assert.True((string?)m["channel"] != "email" || m["subject"] is not null));
    }

    [Fact]
    public async Task A_reply_is_classified_when_its_silence_ends_and_an_insolvency_stops_it_all()
    {
        await using var host = await TestHost.Run();
        var reply = await host.Post("/api/simulations", Simulation(host.Invoice(), new("r", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "reply", """{ "text": "Bonjour" }"""))));
        Assert.Equal("handedOver", reply["outcome.status"]);
        var stopped = await host.Post("/api/simulations", Simulation(host.Invoice(), new("i", "fr-b2b", _ => { }, ("2026-11-10T15:00:00+01:00", "insolvency", """{ "judgmentDate": "2026-11-09" }"""))));
        Assert.Equal(("insolvent", 2), (stopped["outcome.status"], stopped.Timeline("message").Count()));
    }

    [Fact]
    public async Task Every_fault_of_a_simulation_names_its_event()
    {
        await using var host = await TestHost.Run();
        async Task<Reply> Run(params (string At, string Type, string Body)[] events) => await host.Post("/api/simulations", Simulation(host.Invoice(), new("x", "fr-b2b", _ => { }, events)));
        var wrong = await Run(("2026-11-10T15:00:00+01:00", "promise", "{}"), ("2026-11-11T15:00:00+01:00", "party", "{}"), ("2020-11-11T15:00:00+01:00", "hold", "{}"), ("soon", "hold", "{}"));
        Assert.Equal((400, "events[1].type events[2].at events[3].at"), (wrong.Status, string.Join(' ', wrong.Fields)));
        var unread = await Run(("2026-11-10T15:00:00+01:00", "promise", """{ "date": 5 }"""), ("2026-11-11T15:00:00+01:00", "payment", """{ "amount": 0 }"""), ("2026-11-12T15:00:00+01:00", "bounce", """{ "step": "second" }"""));
        Assert.Equal((400, "events[0].date events[1].amount events[2].step"), (unread.Status, string.Join(' ', unread.Fields)));
        var forbidden = await Run(("2026-11-10T15:00:00+01:00", "payment", """{ "amount": 1200 }"""), ("2026-11-11T15:00:00+01:00", "promise", """{ "date": "2026-11-20" }"""));
        Assert.Equal((409, "events[1]"), (forbidden.Status, forbidden.Fields.Single()));
        var plan = await Run(("2026-11-10T15:00:00+01:00", "plan", """{ "instalments": [{ "date": "2026-12-10", "amount": 1 }] }"""));
        Assert.Equal((422, "events[0].instalments"), (plan.Status, plan.Fields.Single()));
        var body = Simulation(host.Invoice(i => i["amount"] = 0), Stories[0]);
        (body["until"], body["policy"], body["registeredAt"]) = ("abc", "nobody", 5);
        Assert.Equal(["invoice.amount", "policy", "registeredAt", "until"], (await host.Post("/api/simulations", body)).Fields.Order(StringComparer.Ordinal));
        (body["until"], body["invoice"], body["policy"]) = ("2036-01-01", host.Invoice(), JsonNode.Parse("""{ "name": "x" }"""));
        body.Remove("registeredAt");
        Assert.Contains("policy.steps", (await host.Post("/api/simulations", body)).Fields);
    }

    private static JsonObject Simulation(JsonObject invoice, Story story) => new()
    {
        ["invoice"] = invoice.DeepClone(),
        ["policy"] = story.Policy,
        ["registeredAt"] = "2026-10-01T10:00:00+02:00",
        ["events"] = new JsonArray([.. story.Events.Select(e =>
        {
            var body = (JsonObject)JsonNode.Parse(e.Body)!;
            (body["at"], body["type"]) = (e.At, e.Type);
            body.Remove("outcome", out var outcome);
            if (e.Type == "disputeResolved")
                body["outcome"] = outcome;
            return (JsonNode)body;
        })]),
        ["until"] = "2027-01-31",
    };

    // Fact ids are a creditor's own: those of one story must not meet those of another.
    private static string Own(string body, string path)
    {
        var json = (JsonObject)JsonNode.Parse(body)!;
        foreach (var name in new[] { "id", "paymentId" })
            if (json[name] is { } id && (string?)id != "d")
                json[name] = $"{id}-{path}";
        return json.ToJsonString();
    }

    // A diligent operator: letters are posted and approvals given as soon as they are asked for.
    private static async Task Operate(TestHost host, string path)
    {
        var now = (await host.Get("/api/clock"))["now"];
        while (await Act(host, path, await host.Get(path)))
            await host.MoveTo(now);
    }

    private static async Task<bool> Act(TestHost host, string path, Reply view)
    {
        var acted = false;
        foreach (var step in view.Json["steps"]!.AsArray())
            foreach (var leg in step!["messages"]!.AsArray())
                acted |= (string?)leg!["channel"] == "letter" && (string?)leg["status"] == "accepted" && leg["postedOn"] is null
                    && (await host.Post($"{path}/messages/{step["step"]}/letter/1/outcome", new { outcome = "posted" })).Status == 202;
        foreach (var task in view.Json["tasks"]!.AsArray().Where(t => (string?)t!["kind"] == "approval"))
            acted |= (await host.Post($"{path}/steps/{task!["step"]}/approve")).Status == 202;
        return acted;
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    private static IEnumerable<DateTimeOffset> Instants(Reply reply) => reply.Json["timeline"]!.AsArray().Select(e => At((string)e!["at"]!));

    private static string Transcript(Reply reply) => string.Join('\n', reply.Json["timeline"]!.AsArray()
        .Where(e => ((string?)e!["kind"], (string?)e["type"]) is ("message", _) or ("status", _) or (_, "promiseBroken" or "promiseKept" or "stepLapsed" or "planBroken" or "call" or "handOver" or "missingAddress"))
        .Select(e => $"{At((string)e!["at"]!).UtcDateTime:s} {e["kind"]} {e["type"]} {e["step"]} {e["channel"]} {((string?)e["channel"] == "sms" ? "" : e["balance"])} {e["status"]}"));
}
