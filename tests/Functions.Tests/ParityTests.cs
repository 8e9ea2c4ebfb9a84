using System.Globalization;
using System.Text.Json.Nodes;
using Dunning.Scenarios;

namespace Dunning.Functions.Tests;

/// <summary>Both hosts live the same stories alike: what, when, which amounts, which status, to the last word of each message.</summary>
public sealed class ParityTests
{
    private const string End = "2027-01-31T23:59:59+01:00";

    [Fact]
    public async Task Both_hosts_live_the_same_stories_alike()
    {
        await using var azure = await AzureWorld.Begin();
        await using var embedded = await EmbeddedWorld.Begin();
        var cases = new List<(Story Story, string Path)>();
        foreach (var story in Story.All)
        {
            var invoice = Story.Invoice(cases.Count + 1, story.Change);
            invoice["policy"] = story.Policy;
            var there = await azure.Send("POST", "/api/invoices", invoice.ToJsonString());
            Same(story, there, await embedded.Send("POST", "/api/invoices", invoice.ToJsonString()));
            cases.Add((story, there.Location!));
        }
        foreach (var act in cases.SelectMany(c => c.Story.Events.Select((e, n) => (c.Story, c.Path, Event: e, Number: n))).OrderBy(a => DateTimeOffset.Parse(a.Event.At, CultureInfo.InvariantCulture)))
        {
            await azure.MoveTo(act.Event.At);
            await embedded.MoveTo(act.Event.At);
            var (path, body) = ($"{act.Path}/{Story.Routes[act.Event.Type]}", Own(act.Event.Body, act.Path, act.Number));
            var there = await azure.Send("POST", path, body);
            Assert.Equal(202, there.Status);
            Same(act.Story, there, await embedded.Send("POST", path, body));
        }
        await azure.MoveTo(End);
        await embedded.MoveTo(End);
        Console.WriteLine("| story | messages | status | both hosts |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (story, path) in cases)
        {
            var (here, there) = (await embedded.Send("GET", path, null), await azure.Send("GET", path, null));
            Same(story, there, here);
            var messages = here.Body!["timeline"]!.AsArray().Where(e => (string?)e!["kind"] == "message").Select(e => e!["key"]!.ToString()).Distinct().ToList();
            foreach (var key in messages)
            {
                var message = $"{path}/messages/{key.Split('/', 2)[1]}";
                Same(story, await azure.Send("GET", message, null), await embedded.Send("GET", message, null));
            }
            Console.WriteLine($"| {story} | {messages.Count} | {here["status"]} | alike |");
        }
    }

    [Fact]
    public async Task Both_hosts_speak_to_a_debtor_of_several_invoices_with_one_voice()
    {
        await using var azure = await AzureWorld.Begin();
        await using var embedded = await EmbeddedWorld.Begin();
        var story = new Story("two invoices", "fr-b2b", _ => { });
        var paths = new List<string>();
        foreach (var amount in (decimal[])[1200m, 300.50m])
        {
            var invoice = Story.Invoice(paths.Count + 1, i => i["amount"] = amount).ToJsonString();
            var there = await azure.Send("POST", "/api/invoices", invoice);
            Same(story, there, await embedded.Send("POST", "/api/invoices", invoice));
            paths.Add(there.Location!);
        }
        await azure.MoveTo("2026-11-16T12:00:00+01:00");
        await embedded.MoveTo("2026-11-16T12:00:00+01:00");
        foreach (var path in paths)
            foreach (var message in (string[])["", "/messages/courtesy/email/1", "/messages/first/email/1", "/messages/second/email/1", "/messages/second/sms/1"])
            {
                var here = await embedded.Send("GET", path + message, null);
                Same(story, await azure.Send("GET", path + message, null), here);
                Assert.Equal(message.Length == 0 ? null : 2, here.Body!["joined"]?.AsArray().Count);
            }
        Assert.Equal(["2026-10-28 courtesy email", "2026-11-09 first email", "2026-11-16 second email", "2026-11-16 second sms"], azure.Sent.Keys);
    }

    private static void Same(Story story, Answered azure, Answered embedded)
    {
        Assert.True(azure.Status == embedded.Status, $"{story}: {azure.Status} on Azure, {embedded.Status} embedded\n{azure.Body}\n{embedded.Body}");
        Assert.True(JsonNode.DeepEquals(azure.Body, embedded.Body), $"{story}\nAzure:    {azure.Body?.ToJsonString()}\nembedded: {embedded.Body?.ToJsonString()}");
    }

    // Ids are unique to a creditor: each story's facts get the case's name, but for the dispute that a later event names.
    private static string Own(string body, string path, int number)
    {
        var (json, name) = ((JsonObject)JsonNode.Parse(body)!, path.Split('/')[^1]);
        if (json["kind"] is null)
            json["id"] = $"{name}:{json["id"] ?? number}";
        if (json["paymentId"] is { } payment)
            json["paymentId"] = $"{name}:{payment}";
        return json.ToJsonString();
    }
}
