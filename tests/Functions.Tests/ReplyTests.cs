using System.Security.Cryptography;
using System.Text;
using Dunning.Functions.Tests.Senders;

namespace Dunning.Functions.Tests;

/// <summary>Answers and platform statuses reach the Azure host by the same doors as the embedded one.</summary>
public sealed class ReplyTests
{
    private const string Secret = "mail-door-of-the-tests";

    [Fact]
    public async Task A_mail_that_answers_silences_its_case_and_is_kept()
    {
        await using var world = await AzureWorld.Begin();
        await world.Send("PUT", "/api/creditors/demo/webhooks/mail", $$"""{"secrets":["{{Secret}}"]}""");
        var path = await world.Register();
        await world.MoveTo("2026-11-09T12:00:00+01:00");
        var number = (await world.Get(path))["number"];
        var mail = $"From: compta@example.org\r\nSubject: Re: facture {number}\r\nMessage-ID: <1@x>\r\n\r\nVendredi.\r\n";
        Assert.Equal("reply", (await world.Send("POST", $"/api/webhooks/mail/demo?secret={Secret}", mail))["outcome"]);
        Assert.Equal("known", (await world.Send("POST", $"/api/webhooks/mail/demo?secret={Secret}", mail))["outcome"]);
        Assert.Equal(401, (await world.Send("POST", "/api/webhooks/mail/demo?secret=wrong", mail)).Status);
        Assert.Equal("reply", (await world.Get(path))["next.waitingFor"]);
        var task = Assert.Single((await world.Get("/api/tasks?kind=reply")).Body!["items"]!.AsArray())!["task"]!;
        Assert.EndsWith("Vendredi.", (string?)task["note"], StringComparison.Ordinal);
        Assert.Equal("unmatched", (await world.Send("POST", $"/api/webhooks/mail/demo?secret={Secret}", "From: x@example.org\r\n\r\nQui ?"))["outcome"]);
        var waiting = Assert.Single((await world.Get("/api/unmatched-replies?creditor=demo")).Body!["items"]!.AsArray())!;
        Assert.Equal(202, (await world.Post($"/api/unmatched-replies/{waiting["id"]}/assign", new { invoice = path.Split('/')[^1] })).Status);
        Assert.Empty((await world.Get("/api/unmatched-replies?creditor=demo")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_text_message_answers_what_its_number_received_last()
    {
        await using var post = await Posted.Begin();
        var path = await post.World.Register();
        await post.World.MoveTo("2026-11-16T10:00:00+01:00");
        var signed = "https://dunning.example.org/api/webhooks/twilio/demoBodyOuiFrom+33600000000MessageSidSM7";
        var http = Answered.Request(post.World.Services, "POST", "/api/webhooks/twilio/demo", "MessageSid=SM7&From=%2B33600000000&Body=Oui");
        http.Request.RouteValues["creditor"] = "demo";
        http.Request.ContentType = "application/x-www-form-urlencoded";
#pragma warning disable CA5350 // The provider's own scheme.
        http.Request.Headers["X-Twilio-Signature"] = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes("token-of-the-tests"), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
        await post.World.Hub.Trigger("receiveTwilio", http.Request);
        await post.World.Hub.Run();
        Assert.Equal(200, http.Response.StatusCode);
        Assert.Equal("reply", (await post.World.Get(path))["next.waitingFor"]);
    }

    [Fact]
    public async Task Platform_statuses_mean_the_same_here()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await world.Post($"{path}/lifecycle", new { id = "b", status = "205", at = "2026-10-01T09:02:00+02:00" });
        Assert.Equal("superseded", (await world.Post($"{path}/lifecycle", new { id = "a", status = "refusée", at = "2026-10-01T09:01:00+02:00" }))["effect"]);
        Assert.Equal("scheduled", (await world.Get(path))["status"]);
        await world.Post($"{path}/lifecycle", new { id = "c", status = 210, at = "2026-10-01T09:03:00+02:00" });
        Assert.Equal("disputed", (await world.Get(path))["status"]);
    }
}
