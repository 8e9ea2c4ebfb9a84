using System.Globalization;
using System.Text.Json.Nodes;
using Dunning.Scenarios;

namespace Dunning.Local.Tests.Api;

/// <summary>What a simulation shows is what the live host does.</summary>
public sealed class SimulationTests
{
    [Fact]
    public async Task What_is_simulated_is_what_happens()
    {
        await using var host = await TestHost.Run();
        var cases = new List<(Story Story, string Path, Reply Simulated)>();
        foreach (var story in Story.All)
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
        var moments = cases.SelectMany(c => Instants(c.Simulated)).Concat(Story.All.SelectMany(s => s.Events).Select(e => At(e.At))).Append(At("2027-01-31T23:59:59+01:00"));
        foreach (var moment in moments.Distinct().Order())
        {
            await host.MoveTo($"{moment:O}");
            foreach (var (story, path, simulated) in cases)
            {
                foreach (var act in story.Events.Where(e => At(e.At) == moment))
                    Assert.Equal(202, (await host.Post($"{path}/{Story.Routes[act.Type]}", Own(act.Body, path))).Status);
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
        var reply = await host.Post("/api/simulations", Simulation(host.Invoice(), Story.All[0]));
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
        // Each message with what is owed on its day: 12.15 % a year on 1,200 since 31 October, and the forty euros.
        Assert.Equal(
            ["courtesy 1200.00 0.00 0.00", "first 1200.00 3.60 40.00", "second 1200.00 9.19 40.00", "second 1200.00 9.19 40.00", "formal-notice 1200.00 14.78 40.00", "formal-notice 1200.00 14.78 40.00"],
            reply.Timeline("message").Select(m => $"{m["step"]} {m["balance"]} {m["interest"]} {m["indemnity"]}"));
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
        var body = Simulation(host.Invoice(i => i["amount"] = 0), Story.All[0]);
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
