using System.Security.Cryptography;
using System.Text;
using Dunning.Domain;
using Dunning.Functions.Senders;
using Dunning.Service.Reports;
using Dunning.StandIns;
using Microsoft.AspNetCore.WebUtilities;

namespace Dunning.Functions.Tests.Senders;

/// <summary>What providers report: twice, late, early, wrongly signed, or in no language we know.</summary>
public sealed class ReportTests
{
    private const string Token = "token-of-the-tests";

    [Theory]
    [InlineData("Delivered", "delivered")]
    [InlineData("delivered", "delivered")]
    [InlineData("Bounced", "bounced")]
    [InlineData("Failed", "bounced")]
    [InlineData("FilteredSpam", "bounced")]
    [InlineData("Suppressed", "bounced")]
    [InlineData("Quarantined", "bounced")]
    [InlineData("Expanded", "accepted")]
    [InlineData("SomethingNew", "accepted")]
    public async Task Each_status_of_an_email_means_one_thing(string status, string becomes)
    {
        await using var post = await Posted.Begin();
        var path = await Reminded(post);
        await Report(post, EventGrid(Operation(path), status));
        Assert.Equal(becomes, await Status(post, path));
    }

    [Fact]
    public async Task A_bounce_is_a_task_and_the_address_is_not_trusted_any_more()
    {
        await using var post = await Posted.Begin();
        var path = await Reminded(post);
        await Report(post, EventGrid(Operation(path), "Bounced"));
        var task = Assert.Single((await post.World.Get("/api/tasks")).Body!["items"]!.AsArray())!["task"]!;
        Assert.Equal("bouncedMessage", (string?)task["kind"]);
        await post.World.MoveTo("2026-11-10T10:00:00+01:00");
        Assert.Single(post.Mail.Sent);
        await post.World.Post($"{path}/contact", new { email = "new@example.org" });
        await post.World.MoveTo("2026-11-20T10:00:00+01:00");
        Assert.Contains("new@example.org", post.Mail.Sent.Select(s => s.Message.Recipients.To[0].Address));
    }

    [Fact]
    public async Task Both_schemas_of_event_grid_and_any_spelling_of_names_are_understood()
    {
        await using var post = await Posted.Begin();
        var path = await Reminded(post);
        await Report(post, $$"""{ "specversion": "1.0", "type": "Microsoft.Communication.EmailDeliveryReportReceived", "data": { "MessageId": "{{Operation(path).ToUpperInvariant()}}", "Status": "Delivered" } }""");
        Assert.Equal("delivered", await Status(post, path));
    }

    [Fact]
    public async Task A_report_told_twice_or_in_the_wrong_order_counts_once()
    {
        await using var post = await Posted.Begin();
        var path = await Reminded(post);
        await Report(post, EventGrid(Operation(path), "Bounced"));
        await Report(post, EventGrid(Operation(path), "Bounced"));
        await Report(post, EventGrid(Operation(path), "Delivered"));
        Assert.Equal("bounced", await Status(post, path));
        Assert.Single((await post.World.Get("/api/tasks")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_report_that_comes_before_our_own_record_is_that_record()
    {
        await using var post = await Posted.Begin();
        var path = await post.World.Register();
        post.Mail.Wire.After = async call =>
        {
            if (call.Operation == "Send")
                await post.World.Hub.Trigger("EmailDelivery", EventGrid(call.Key, "Delivered"));
        };
        await post.World.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Equal("delivered", await Status(post, path));
        Assert.Single(post.Mail.Sent);
    }

    [Fact]
    public async Task A_report_settles_a_message_in_doubt()
    {
        await using var post = await Posted.Begin();
        var path = await post.World.Register();
        post.Mail.Wire.Before = call => call.Operation == "GetSendResult" ? throw Wire.Failure(404, "OperationNotFound") : Task.CompletedTask;
        post.Mail.Wire.After = _ => throw Wire.Failure(503, "ServerBusy");
        await post.World.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Equal("uncertain", await Status(post, path));
        await Report(post, EventGrid(Operation(path), "Delivered"));
        Assert.Equal("delivered", await Status(post, path));
        Assert.Empty((await post.World.Get("/api/tasks")).Body!["items"]!.AsArray());
    }

    [Fact]
    public async Task A_bounce_of_the_mailbox_mail_is_redirected_to_says_nothing_of_the_debtor()
    {
        await using var post = await Posted.Begin(s => s["DUNNING_SENDING"] = "redirect:me@example.org");
        var path = await Reminded(post);
        await Report(post, EventGrid(Operation(path), "Bounced", "me@example.org"));
        Assert.Equal("accepted", await Status(post, path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "data": "text" }""")]
    [InlineData("""{ "data": { "messageId": 5, "status": "Delivered" } }""")]
    [InlineData("""{ "data": { "messageId": "5" } }""")]
    [InlineData("""{ "data": { "messageId": "7d3c7b3e-0000-4000-8000-000000000000", "status": "Delivered" } }""")]
    [InlineData("""{ "data": { "messageId": "\ud800", "status": "Delivered" } }""")]
    public async Task A_report_that_cannot_be_understood_is_logged_and_not_asked_for_again(string report)
    {
        await using var post = await Posted.Begin();
        await post.World.Hub.Trigger("EmailDelivery", report);
        Assert.StartsWith("DeliveryReportUn", Assert.Single(post.World.Log.Lines, l => l.Category.EndsWith("DeliveryReports", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_could_not_be_stored_is_asked_for_again()
    {
        await using var post = await Posted.Begin();
        var path = await Reminded(post);
        post.World.Account.Wire.Before = _ => throw Wire.Failure(503, "ServerBusy");
        await Assert.ThrowsAnyAsync<Exception>(() => post.World.Hub.Trigger("EmailDelivery", EventGrid(Operation(path), "Delivered")));
        Assert.Equal(503, await Callback(post, $"{path.Split('/')[^1]}/second/sms/1", "delivered"));
        post.World.Account.Wire.Before = null;
        await Report(post, EventGrid(Operation(path), "Delivered"));
        Assert.Equal("delivered", await Status(post, path));
    }

    [Fact]
    public async Task A_signed_callback_is_believed_even_out_of_order()
    {
        await using var post = await Posted.Begin();
        var (path, key) = await Texted(post);
        foreach (var status in new[] { "queued", "sent" })
            Assert.Equal(200, await Callback(post, key, status));
        Assert.Equal("accepted", await Status(post, path, "second/sms/1"));
        foreach (var status in new[] { "delivered", "delivered", "sent" })
            Assert.Equal(200, await Callback(post, key, status));
        Assert.Equal("delivered", await Status(post, path, "second/sms/1"));
    }

    [Fact]
    public async Task An_sms_that_did_not_arrive_says_why()
    {
        await using var post = await Posted.Begin();
        var (path, key) = await Texted(post);
        Assert.Equal(200, await Callback(post, key, "undelivered", code: "30005"));
        Assert.Equal("bounced", await Status(post, path, "second/sms/1"));
        Assert.Equal("undelivered, code 30005", (await post.World.Get($"{path}/messages/second/sms/1"))["why"]);
    }

    [Fact]
    public async Task A_callback_behind_a_proxy_is_checked_against_the_address_it_was_given()
    {
        await using var post = await Posted.Begin(s => s["DUNNING_PUBLIC_URL"] = "https://gateway.example.org/dunning");
        var (path, key) = await Texted(post);
        Assert.Equal(200, await Callback(post, key, "delivered"));
        Assert.Equal("delivered", await Status(post, path, "second/sms/1"));
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("token")]
    [InlineData("key")]
    [InlineData("field")]
    [InlineData("creditor")]
    [InlineData("header")]
    [InlineData("form")]
    [InlineData("no key")]
    public async Task A_callback_that_is_not_from_the_provider_changes_nothing(string wrong)
    {
        await using var post = await Posted.Begin();
        var (path, key) = await Texted(post);
        Assert.Equal(401, await Callback(post, key, "undelivered", wrong: wrong));
        Assert.Equal("accepted", await Status(post, path, "second/sms/1"));
        Assert.Equal("accepted", await Status(post, path, "second/email/1"));
    }

    [Fact]
    public async Task Without_sms_no_callback_is_believed()
    {
        await using var world = await AzureWorld.Begin();
        var http = Answered.Request(world.Services, "POST", "/api/webhooks/twilio/demo", "MessageSid=SM1");
        http.Request.Headers["X-Twilio-Signature"] = "x";
        await world.Hub.Trigger("receiveTwilio", http.Request);
        Assert.Equal(401, http.Response.StatusCode);
    }

    private static async Task<string> Reminded(Posted post)
    {
        var path = await post.World.Register();
        await post.World.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Equal("accepted", await Status(post, path));
        return path;
    }

    private static async Task<(string Path, string Key)> Texted(Posted post)
    {
        var path = await post.World.Register();
        await post.World.MoveTo("2026-11-16T10:00:00+01:00");
        Assert.Single(post.Phone.Taken);
        return (path, $"{path.Split('/')[^1]}/second/sms/1");
    }

    private static async Task Report(Posted post, string report)
    {
        await post.World.Hub.Trigger("EmailDelivery", report);
        await post.World.Hub.Run();
    }

    private static async Task<string?> Status(Posted post, string path, string message = "courtesy/email/1") => (await post.World.Get($"{path}/messages/{message}"))["status"];

    private static string Operation(string path) => OperationIds.Of(MessageKey.Parse($"{path.Split('/')[^1]}/courtesy/email/1")).ToString();

    private static string EventGrid(string operation, string status, string recipient = "compta@example.org") => $$"""
        { "id": "1", "topic": "/subscriptions/x", "subject": "sender/s/message/m", "eventType": "Microsoft.Communication.EmailDeliveryReportReceived", "dataVersion": "1.0",
          "data": { "sender": "relances@example.org", "recipient": "{{recipient}}", "messageId": "{{operation}}", "internetMessageId": "<m@x>", "status": "{{status}}",
            "deliveryStatusDetails": { "statusMessage": "no such user" }, "deliveryAttemptTimeStamp": "2026-10-28T09:00:00.0000000+00:00" } }
        """;

    // Signed as Twilio does: over the address it was given with the message, and every field by name.
    private static async Task<int> Callback(Posted post, string key, string status, string? code = null, string? wrong = null)
    {
        var address = TwilioAddress.Callback(post.Options.PublicUrl!, "demo", key);
        var fields = new Dictionary<string, string> { ["MessageSid"] = "SM0", ["MessageStatus"] = status, ["To"] = "+33600000000", ["RawDlrDoneDate"] = "2611161000" };
        if (code is not null)
            fields["ErrorCode"] = code;
        var signed = address.AbsoluteUri + string.Concat(fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + f.Value));
        var secret = wrong == "token" ? "another" : Token;
#pragma warning disable CA5350 // The provider's own scheme.
        var signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
        if (wrong == "field")
            fields["MessageStatus"] = "delivered";
        var http = Answered.Request(post.World.Services, "POST", "/api/webhooks/twilio/demo", QueryHelpers.AddQueryString("", fields!)[1..]);
        // The app sees neither the host nor the path that the proxy has outside.
        (http.Request.Method, http.Request.Scheme, http.Request.Host, http.Request.Path) = ("POST", "http", new("10.0.0.4"), "/api/webhooks/twilio/demo");
        http.Request.RouteValues["creditor"] = wrong == "creditor" ? "other" : "demo";
        var told = wrong == "key" ? key.Replace("/sms/", "/email/", StringComparison.Ordinal) : key;
        http.Request.QueryString = wrong == "no key" ? default : new($"?key={Uri.EscapeDataString(told)}");
        if (wrong != "header")
            http.Request.Headers["X-Twilio-Signature"] = wrong == "signature" ? "bm8=" : signature;
        http.Request.ContentType = wrong == "form" ? "application/json" : "application/x-www-form-urlencoded";
        await post.World.Hub.Trigger("receiveTwilio", http.Request);
        await post.World.Hub.Run();
        return http.Response.StatusCode;
    }
}
