using System.Net.Http;
using Dunning.StandIns;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Functions.Tests.Senders;

/// <summary>Logs tell operators what happened, never who owes what nor how to get in.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task Nothing_of_a_debtor_and_no_secret_reaches_the_log_whatever_breaks()
    {
        const string canary = "Canari-Zylberstein";
        await using var post = await Posted.Begin();
        var world = post.World;
        async Task<string> Register() => await world.Register(i =>
            (i["debtor"]!["name"], i["debtor"]!["email"], i["debtor"]!["phone"], i["debtor"]!["address"]!["line1"]) = (canary, "canary@example.org", "+33611223344", "3 rue du Canari"));
        var path = await Register();
        await world.Post("/api/invoices", $$"""{ "debtor": { "name": "{{canary}}", "email": "canary" }""");
        await world.Hub.Client.RaiseEventAsync(path.Split('/')[^1], "DisputeOpened", new { id = canary, kind = canary });
        await world.Hub.Run();
        // Every provider throttles, refuses, loses answers, and throws with the address in its words.
        var turn = 0;
        post.Mail.Wire.Before = _ => (turn++ % 4) switch
        {
            0 => throw Wire.Failure(429, $"canary@example.org", TimeSpan.FromSeconds(30)),
            1 => throw new InvalidOperationException($"canary@example.org {canary}"),
            2 => throw Wire.Failure(500, "canary@example.org"),
            _ => Task.CompletedTask,
        };
        post.Phone.Before = _ => throw new HttpRequestException("+33611223344");
        await world.MoveTo("2026-10-28T12:00:00+01:00");
        await world.Post($"{path}/messages/courtesy/email/1/outcome", new { outcome = "notSent", reason = canary });
        var other = await Register();
        await world.MoveTo("2026-12-15T12:00:00+01:00");
        await world.Hub.Trigger("EmailDelivery", $$"""{ "data": { "recipient": "canary@example.org", "messageId": 1 } }""");
        world.Account.Wire.Before = call => call.Operation.StartsWith("Query", StringComparison.Ordinal) ? Task.CompletedTask : throw Wire.Failure(503, "ServerBusy");
        await world.Post($"{other}/payments", new { id = canary, amount = 12, reference = canary });
        world.Account.Wire.Before = null;
        await world.Hub.Trigger("Sweep", new TimerInfo());
        await world.Hub.Run();
        Assert.NotEmpty(world.Log.Lines);
        foreach (var secret in new[] { canary, "canary", "canari", "11223344", AzureWorld.Key, "token-of-the-tests", "me@example.org" })
            Assert.DoesNotContain(world.Log.Lines, l => l.Text.Contains(secret, StringComparison.OrdinalIgnoreCase));
        Assert.All(world.Log.Told, l => Assert.Matches("^dunning\\.[a-z-]+( [A-Za-z]+=[^ ]+)+$", l));
    }
}
