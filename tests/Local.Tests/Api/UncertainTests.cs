namespace Dunning.Local.Tests.Api;

/// <summary>A mail server that takes a message and never says so: nobody knows, so a person decides (P2).</summary>
public sealed class UncertainTests
{
    [Fact]
    public async Task A_message_of_unknown_fate_stops_the_ladder_until_a_person_says_what_became_of_it()
    {
        using var server = new SilentServer();
        await using var host = await TestHost.Run(o => o with { Sending = "redirect:tests@example.org", Smtp = $"smtp://127.0.0.1:{server.Port}" });
        var (taken, lost) = (await host.Register(), await host.Register(i => i["debtor"]!["email"] = "other@example.org"));
        await host.MoveTo("2026-10-28T09:00:00+01:00");
        foreach (var path in new[] { taken, lost })
        {
            Assert.Equal("uncertainMessage", (await host.Get(path))["next.waitingFor"]);
            var task = await host.Task(path, "uncertainMessage");
            Assert.Equal("needsAnAnswer", (await host.Post($"/api/tasks/{task["id"]}/done")).Code);
            Assert.Equal("notSettled", (await host.Post($"{path}/messages/courtesy/email/1/resend")).Code);
        }
        await host.MoveTo("2026-10-28T17:00:00+01:00");
        Assert.Equal(2, server.Taken);

        Assert.Equal(["outcome"], (await host.Post($"{taken}/messages/courtesy/email/1/outcome", new { outcome = "maybe" })).Fields);
        Assert.Equal(409, (await host.Post($"{taken}/messages/courtesy/email/1/outcome", new { outcome = "posted" })).Status);
        Assert.Equal(202, (await host.Post($"{taken}/messages/courtesy/email/1/outcome", new { id = "w1", outcome = "accepted" })).Status);
        Assert.Equal(202, (await host.Post($"{taken}/messages/courtesy/email/1/outcome", new { id = "w1", outcome = "accepted" })).Status);
        Assert.Equal(409, (await host.Post($"{taken}/messages/courtesy/email/1/outcome", new { outcome = "notSent" })).Status);
        server.Answers = true;
        Assert.Equal(202, (await host.Post($"{lost}/messages/courtesy/email/1/outcome", new { outcome = "notSent" })).Status);
        await host.MoveTo("2026-10-28T17:00:01+01:00");
        foreach (var path in new[] { taken, lost })
            Assert.Equal(["2026-10-28 courtesy email"], await host.Sent(path));
        Assert.Equal(3, server.Taken);
        Assert.All(server.Recipients, r => Assert.Equal("RCPT TO:<tests@example.org>", r));
    }
}
