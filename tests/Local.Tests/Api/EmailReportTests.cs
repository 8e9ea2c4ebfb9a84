using System.Text.Json;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Api;

/// <summary>E-mail delivery reports by HTTP: Event Grid's own schema and CloudEvents, their handshakes, and the secret neither goes without.</summary>
public sealed class EmailReportTests
{
    private const string Secret = "email-door-of-the-tests";
    private const string Door = $"/api/webhooks/email/demo?secret={Secret}";
    private const string Operation = "7d3c7b3e-0000-4000-8000-000000000001";

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/cloudevents+json; charset=utf-8", false)]
    [InlineData("application/cloudevents-batch+json", true)]
    public async Task A_report_in_either_schema_counts(string type, bool many)
    {
        await using var host = await Host();
        var (path, _) = await Carried(host);
        var report = Report("Bounced");
        var heard = await host.Send("POST", Door, many ? new[] { report, Report("Bounced", "another") } : report, null, ("Content-Type", type));
        Assert.Equal((200, "1"), (heard.Status, heard["heard"]));
        Assert.Equal("bounced", (await host.Get($"{path}/messages/first/email/1"))["status"]);
        Assert.Equal(200, (await host.Send("POST", Door, report, null, ("Content-Type", type))).Status);
        await host.Task(path, "bouncedMessage");
    }

    [Fact]
    public async Task A_report_whose_envelope_is_in_headers_counts()
    {
        await using var host = await Host();
        var (path, _) = await Carried(host);
        var data = JsonSerializer.SerializeToNode(Report("Delivered"))!["data"]!.ToJsonString();
        Assert.Equal("1", (await host.Send("POST", Door, data, null, ("ce-type", "Microsoft.Communication.EmailDeliveryReportReceived"), ("ce-id", "1")))["heard"]);
        Assert.Equal("delivered", (await host.Get($"{path}/messages/first/email/1"))["status"]);
    }

    [Fact]
    public async Task A_report_of_another_address_or_an_unknown_message_is_taken_and_does_nothing()
    {
        await using var host = await Host();
        var (path, _) = await Carried(host);
        object[] reports = [Report("Bounced", recipient: "member@list.example"), Report("Bounced", "7d3c7b3e-0000-4000-8000-00000000000f"), new { data = 1 }, new { }];
        Assert.Equal("4", (await host.Send("POST", Door, reports, null))["ignored"]);
        Assert.Equal("accepted", (await host.Get($"{path}/messages/first/email/1"))["status"]);
    }

    [Fact]
    public async Task An_answer_to_the_id_the_service_made_up_finds_its_case()
    {
        await using var host = await Host();
        await host.Put("/api/creditors/demo/webhooks/mail", new { secrets = new[] { Mails.Secret } });
        var (path, _) = await Carried(host);
        await host.Send("POST", Door, Report("Delivered"), null);
        Assert.Equal(path.Split('/')[^1], (await host.Mail(Mails.Answer("made-up@azurecomm.net")))["caseId"]);
    }

    [Fact]
    public async Task Event_grid_is_answered_its_code()
    {
        await using var host = await Host();
        object[] question = [new { id = "1", eventType = "Microsoft.EventGrid.SubscriptionValidationEvent", data = new { validationCode = "512d38b6", validationUrl = "https://evil.example.org" } }];
        var answer = await host.Send("POST", Door, question, null, ("aeg-event-type", "SubscriptionValidation"));
        Assert.Equal((200, """{"validationResponse":"512d38b6"}"""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task A_handshake_lets_nothing_else_in()
    {
        await using var host = await Host();
        var (path, _) = await Carried(host);
        object[] both = [new { eventType = "Microsoft.EventGrid.SubscriptionValidationEvent", data = new { validationCode = "x" } }, Report("Bounced")];
        foreach (var url in new[] { "/api/webhooks/email/demo", "/api/webhooks/email/demo?secret=wrong", $"/api/webhooks/email/other?secret={Secret}" })
        {
            Assert.Equal(401, (await host.Send("POST", url, both, null, ("aeg-event-type", "SubscriptionValidation"))).Status);
            Assert.Equal(401, (await host.Send("POST", url, both[..1], null, ("aeg-event-type", "SubscriptionValidation"))).Status);
            Assert.Equal(401, (await host.Send("OPTIONS", url, null, null, ("WebHook-Request-Origin", "eventgrid.azure.net"))).Status);
        }
        Assert.Equal("accepted", (await host.Get($"{path}/messages/first/email/1"))["status"]);
    }

    [Fact]
    public async Task Cloud_events_are_given_leave()
    {
        await using var host = await Host();
        var leave = await host.Send("OPTIONS", Door, null, null, ("WebHook-Request-Origin", "eventgrid.azure.net"), ("WebHook-Request-Rate", "120"));
        Assert.Equal((200, "eventgrid.azure.net", "*"), (leave.Status, leave.Headers["WebHook-Allowed-Origin"], leave.Headers["WebHook-Allowed-Rate"]));
        Assert.Equal(400, (await host.Send("OPTIONS", Door, null, null)).Status);
    }

    [Fact]
    public async Task Only_the_subscription_that_is_expected_may_deliver()
    {
        await using var host = await Host();
        await host.Put("/api/creditors/demo/webhooks/email", new { secrets = new[] { Secret }, subscription = "dunning-reports" });
        Assert.Equal("dunning-reports", (await host.Get("/api/creditors/demo/webhooks/email"))["subscription"]);
        Assert.Equal(401, (await host.Send("POST", Door, Report("Bounced"), null)).Status);
        Assert.Equal(401, (await host.Send("POST", Door, Report("Bounced"), null, ("aeg-subscription-name", "OTHER"))).Status);
        Assert.Equal(200, (await host.Send("POST", Door, Report("Bounced"), null, ("aeg-subscription-name", "DUNNING-REPORTS"))).Status);
    }

    [Theory]
    [InlineData("not json", "application/json", 400)]
    [InlineData("[1]", "application/json", 400)]
    [InlineData("{\"data\":{\"messageId\":\"\\ud800\",\"status\":\"Delivered\"}}", "application/json", 200)]
    [InlineData("<x/>", "application/xml", 415)]
    [InlineData("{}", "application/cloudevents+avro", 415)]
    public async Task What_cannot_be_understood_says_so(string body, string type, int status)
    {
        await using var host = await Host();
        Assert.Equal(status, (await host.Send("POST", Door, body, null, ("Content-Type", type))).Status);
    }

    private static async Task<TestHost> Host()
    {
        var host = await TestHost.Run();
        Assert.Equal(201, (await host.Put("/api/creditors/demo/webhooks/email", new { secrets = new[] { Secret } })).Status);
        return host;
    }

    // As the sender on Azure leaves it before a message goes.
    private static async Task<(string Path, string Id)> Carried(TestHost host)
    {
        var (path, id) = await host.Reminded();
        var key = MessageKey.Parse($"{path.Split('/')[^1]}/first/email/1");
        await host.Services.GetRequiredService<Carried>().Remember(Operation, (await host.Services.GetRequiredService<ICaseStore>().FindMessage(key, default))!, default);
        return (path, id);
    }

    private static object Report(string status, string operation = Operation, string recipient = "compta@example.org") => new
    {
        id = "1",
        eventType = "Microsoft.Communication.EmailDeliveryReportReceived",
        data = new { recipient, messageId = operation.ToUpperInvariant(), internetMessageId = "<made-up@azurecomm.net>", status },
    };
}
