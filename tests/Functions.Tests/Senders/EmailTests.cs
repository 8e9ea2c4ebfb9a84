using System.Net.Http;
using Azure;
using Azure.Communication.Email;
using Dunning.Domain;
using Dunning.Functions.Senders;
using Dunning.Service.Delivery;
using Dunning.Service.Payments;
using Dunning.StandIns;

namespace Dunning.Functions.Tests.Senders;

/// <summary>E-mail: what each answer of the service means, and that none makes a message leave twice.</summary>
public sealed class EmailTests
{
    [Fact]
    public async Task A_message_comes_from_the_verified_address_and_is_answered_to_the_creditor()
    {
        await using var post = await Posted.Begin();
        var accepted = Assert.IsType<SendOutcome.Accepted>(await post.Send(post.Message(Channel.Email)));
        var (operation, mail) = Assert.Single(post.Mail.Sent);
        Assert.Equal(accepted.Reference, operation);
        Assert.Equal("relances@example.org", mail.SenderAddress);
        Assert.Equal(("claire@moulins.example.com", "Moulins du Rhône"), (Assert.Single(mail.ReplyTo).Address, mail.ReplyTo[0].DisplayName));
        Assert.Equal(("compta@example.org", "Boulangerie Martin"), (Assert.Single(mail.Recipients.To).Address, mail.Recipients.To[0].DisplayName));
        Assert.True(mail.UserEngagementTrackingDisabled);
    }

    [Fact]
    public async Task A_message_carries_its_page_its_payment_code_and_the_invoice()
    {
        await using var post = await Posted.Begin();
        var pdf = "%PDF-1.7"u8.ToArray();
        var message = post.Message(Channel.Email) with { Html = "<p>Bonjour</p>", PaymentCode = "BCD\n002", Enclosed = new("F/1.pdf", pdf.Length, "") { Content = pdf } };
        Assert.IsType<SendOutcome.Accepted>(await post.Send(message));
        var mail = Assert.Single(post.Mail.Sent).Message;
        Assert.Equal(("<p>Bonjour</p>", message.Body), (mail.Content.Html, mail.Content.PlainText));
        Assert.Equal([("payment-code.png", "image/png", "payment-code@dunning"), ("F_1.pdf", "application/pdf", null)], mail.Attachments.Select(a => (a.Name, a.ContentType, (string?)a.ContentId)));
        Assert.Equal(PaymentCode.Png("BCD\n002"), mail.Attachments[0].Content.ToArray());
        Assert.Equal(pdf, mail.Attachments[1].Content.ToArray());
    }

    [Fact]
    public async Task A_creditor_without_a_person_who_signs_is_answered_at_its_own_address()
    {
        await using var post = await Posted.Begin();
        Assert.Equal(200, (await post.World.Send("PUT", "/api/creditors/demo", """{ "name": "Moulins", "email": "facturation@moulins.example.com", "iban": "FR7630006000011234567890189" }""")).Status);
        await post.World.Register();
        await post.World.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Equal("facturation@moulins.example.com", Assert.Single(Assert.Single(post.Mail.Sent).Message.ReplyTo).Address);
        Assert.Equal("relances@example.org", post.Mail.Sent[0].Message.SenderAddress);
    }

    [Fact]
    public void The_same_message_always_has_the_same_operation_id_and_every_other_another()
    {
        var key = new MessageKey("case-1", "first", Channel.Email, 1);
        Assert.Equal(OperationIds.Of(key), OperationIds.Of(MessageKey.Parse(key.ToString())));
        MessageKey[] others = [key, key with { Case = "case-2" }, key with { Step = "second" }, key with { Channel = Channel.Sms }, key with { Sending = 2 }];
        Assert.Equal(others.Length, others.Select(OperationIds.Of).Distinct().Count());
    }

    [Fact]
    public async Task A_message_sent_again_by_an_operator_is_another_operation()
    {
        await using var post = await Posted.Begin();
        var path = await post.World.Register();
        await post.World.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Equal(202, (await post.World.Post($"{path}/messages/courtesy/email/1/resend", new { })).Status);
        await post.World.MoveTo("2026-10-29T10:00:00+01:00");
        Assert.Equal(2, post.Mail.Sent.Count);
        Assert.Equal(2, post.Mail.Sent.Select(s => s.OperationId).Distinct().Count());
    }

    [Theory]
    [InlineData(90, 90)]
    [InlineData(null, 60)]
    public async Task A_provider_that_asks_for_patience_is_not_asked_again_before_by_any_message(int? asked, int seconds)
    {
        await using var post = await Posted.Begin();
        post.Mail.Wire.Before = _ => throw Wire.Failure(429, "TooManyRequests", asked is { } after ? TimeSpan.FromSeconds(after) : null);
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.IsType<SendOutcome.TryAgain>(await post.Send(post.Message(Channel.Email))).After);
        post.Mail.Wire.Before = null;
        var other = Assert.IsType<SendOutcome.TryAgain>(await post.Send(post.Message(Channel.Email, "second")));
        Assert.True(other.After > TimeSpan.FromSeconds(seconds), "Those who wait come back one after the other.");
        Assert.Single(post.Mail.Wire.Calls);
        Assert.Contains($"dunning.throttled sender=email seconds={seconds}", post.World.Log.Told);
        post.World.Clock.MoveTo(post.World.Clock.GetUtcNow().AddSeconds(seconds));
        Assert.IsType<SendOutcome.Accepted>(await post.Send(post.Message(Channel.Email)));
    }

    [Theory]
    [InlineData("Fri, 02 Oct 2026 08:00:00 GMT", 3600)]
    [InlineData("999999999999", 3600)]
    [InlineData("-5", 60)]
    [InlineData("soon", 60)]
    public async Task However_the_patience_is_spelled_it_is_at_most_an_hour(string retryAfter, int seconds)
    {
        await using var world = await AzureWorld.Begin();
        var throttle = new Throttle("email", world.Clock, new(new Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory()));
        Assert.Equal(TimeSpan.FromSeconds(seconds), throttle.Hold(throttle.Read(retryAfter)).After);
    }

    [Fact]
    public async Task Throttled_reminders_leave_later_inside_the_window_and_once()
    {
        await using var post = await Posted.Begin();
        foreach (var debtor in Enumerable.Range(1, 5))
            await post.World.Register(i => i["debtor"]!["email"] = $"compta{debtor}@example.org");
        var left = 2;
        post.Mail.Wire.Before = _ => left-- > 0 ? Task.CompletedTask : throw Wire.Failure(429, "TooManyRequests", TimeSpan.FromSeconds(120));
        await post.World.MoveTo("2026-10-28T09:01:00+01:00");
        Assert.Equal(2, post.Mail.Sent.Count);
        Assert.Equal(3, post.Mail.Wire.Calls.Count);
        post.Mail.Wire.Before = null;
        await post.World.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Equal(5, post.Subjects.Distinct().Count());
        Assert.Equal(5, post.Mail.Sent.Count);
    }

    [Fact]
    public async Task A_reminder_throttled_at_the_end_of_the_day_leaves_in_the_next_window()
    {
        await using var post = await Posted.Begin();
        // Overdue and registered late: its first step leaves at once, a little before the window closes.
        await post.World.MoveTo("2026-10-01T17:50:00+02:00");
        post.Mail.Wire.Before = _ => throw Wire.Failure(429, "TooManyRequests", TimeSpan.FromMinutes(30));
        await post.World.Register(i => (i["issueDate"], i["dueDate"]) = ("2026-08-01", "2026-09-01"));
        Assert.Single(post.Mail.Wire.Calls);
        post.Mail.Wire.Before = null;
        await post.World.MoveTo("2026-10-02T08:00:00+02:00");
        Assert.Empty(post.Mail.Sent);
        await post.World.MoveTo("2026-10-02T12:00:00+02:00");
        Assert.Single(post.Mail.Sent);
    }

    [Theory]
    [InlineData(400, typeof(SendOutcome.Refused))]
    [InlineData(413, typeof(SendOutcome.Refused))]
    [InlineData(401, typeof(SendOutcome.TryAgain))]
    [InlineData(403, typeof(SendOutcome.TryAgain))]
    [InlineData(404, typeof(SendOutcome.TryAgain))]
    [InlineData(408, typeof(SendOutcome.Uncertain))]
    [InlineData(409, typeof(SendOutcome.Uncertain))]
    [InlineData(500, typeof(SendOutcome.Uncertain))]
    [InlineData(503, typeof(SendOutcome.Uncertain))]
    public async Task Each_answer_means_one_thing_and_the_client_repeats_none(int status, Type outcome)
    {
        await using var post = await Posted.Begin();
        post.Mail.Wire.Before = _ => throw Wire.Failure(status, "Code");
        Assert.IsType(outcome, await post.Send(post.Message(Channel.Email)));
        Assert.Single(post.Mail.Wire.Calls);
    }

    public static TheoryData<Exception, Type> Broken => new()
    {
        { new RequestFailedException(0, "x", null, new HttpRequestException(HttpRequestError.ConnectionError)), typeof(SendOutcome.TryAgain) },
        { new RequestFailedException(0, "x", null, new HttpRequestException(HttpRequestError.NameResolutionError)), typeof(SendOutcome.TryAgain) },
        { new RequestFailedException(0, "x", null, new HttpRequestException(HttpRequestError.ResponseEnded)), typeof(SendOutcome.Uncertain) },
        { new Azure.Identity.AuthenticationFailedException("no token"), typeof(SendOutcome.TryAgain) },
        { new TaskCanceledException("timeout"), typeof(SendOutcome.Uncertain) },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public async Task What_never_arrived_is_tried_again_and_what_may_have_is_in_doubt(Exception failure, Type outcome)
    {
        await using var post = await Posted.Begin();
        post.Mail.Wire.Before = _ => throw failure;
        Assert.IsType(outcome, await post.Send(post.Message(Channel.Email)));
    }

    [Theory]
    [InlineData(400, "refusedMessage")]
    [InlineData(403, "undeliverableMessage")]
    public async Task A_refused_message_is_a_task_and_one_that_cannot_be_sent_for_days_too(int status, string kind)
    {
        await using var post = await Posted.Begin();
        await post.World.Register();
        await post.World.MoveTo("2026-11-05T10:00:00+01:00");
        post.Mail.Wire.Before = _ => throw Wire.Failure(status, "Code");
        await post.World.MoveTo("2026-11-14T10:00:00+01:00");
        var task = Assert.Single(await Tasks(post))!;
        Assert.Equal(kind, (string?)task["kind"]);
        Assert.EndsWith("/first/email/1", (string?)task["subject"], StringComparison.Ordinal);
        Assert.Single(post.Mail.Sent);
    }

    [Fact]
    public async Task An_answer_lost_after_the_mail_left_is_asked_for_and_the_mail_is_not_sent_again()
    {
        await using var post = await Posted.Begin();
        var path = await post.World.Register();
        post.Mail.Wire.After = call => call.Operation == "Send" ? throw Wire.Failure(503, "ServerBusy") : Task.CompletedTask;
        await post.World.MoveTo("2026-11-08T10:00:00+01:00");
        Assert.Single(post.Mail.Sent);
        Assert.Equal("accepted", (await post.World.Get($"{path}/messages/courtesy/email/1"))["status"]);
        Assert.Empty(await Tasks(post));
    }

    [Fact]
    public async Task A_mail_the_service_knows_nothing_of_waits_for_a_person()
    {
        await using var post = await Posted.Begin();
        var path = await post.World.Register();
        post.Mail.Wire.Before = call => call.Operation == "Send" ? throw Wire.Failure(503, "ServerBusy") : Task.CompletedTask;
        await post.World.MoveTo("2026-10-28T10:00:00+01:00");
        post.Mail.Wire.Before = null;
        await post.World.MoveTo("2026-11-20T10:00:00+01:00");
        Assert.Empty(post.Mail.Sent);
        Assert.Equal("uncertainMessage", (await post.World.Get(path))["next.waitingFor"]);
        var key = $"{path.Split('/')[^1]}/courtesy/email/1";
        Assert.Equal([$"dunning.message-uncertain key={key}"], post.World.Log.Told);
        Assert.Equal(202, (await post.World.Post($"{path}/messages/courtesy/email/1/outcome", new { outcome = "accepted" })).Status);
        await post.World.MoveTo("2026-11-30T10:00:00+01:00");
        Assert.DoesNotContain(post.Mail.Sent, s => s.OperationId == OperationIds.Of(MessageKey.Parse(key)).ToString());
        Assert.NotEmpty(post.Mail.Sent);
    }

    [Fact]
    public async Task A_service_that_cannot_be_asked_either_is_asked_again_later_before_a_person_is()
    {
        await using var post = await Posted.Begin();
        var path = await post.World.Register();
        post.Mail.Wire.Before = call => call.Operation == "GetSendResult" ? throw Wire.Failure(503, "ServerBusy") : Task.CompletedTask;
        post.Mail.Wire.After = _ => throw Wire.Failure(503, "ServerBusy");
        await post.World.MoveTo("2026-10-28T09:05:00+01:00");
        Assert.Equal("claimed", (await post.World.Get($"{path}/messages/courtesy/email/1"))["status"]);
        (post.Mail.Wire.Before, post.Mail.Wire.After) = (null, null);
        await post.World.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Equal("accepted", (await post.World.Get($"{path}/messages/courtesy/email/1"))["status"]);
        Assert.Single(post.Mail.Sent);
    }

    [Fact]
    public async Task A_service_that_cannot_be_asked_for_long_leaves_it_to_a_person()
    {
        await using var post = await Posted.Begin();
        var path = await post.World.Register();
        post.Mail.Wire.Before = _ => throw Wire.Failure(503, "ServerBusy");
        await post.World.MoveTo("2026-10-28T09:20:00+01:00");
        Assert.Equal("uncertainMessage", (await post.World.Get(path))["next.waitingFor"]);
        Assert.Single(post.Mail.Wire.Calls, c => c.Operation == "Send");
    }

    [Fact]
    public async Task An_operation_that_failed_is_a_refusal()
    {
        await using var post = await Posted.Begin();
        var path = await post.World.Register();
        post.Mail.Outcome = EmailSendStatus.Failed;
        post.Mail.Wire.After = call => call.Operation == "Send" ? throw Wire.Failure(500, "InternalError") : Task.CompletedTask;
        await post.World.MoveTo("2026-10-28T10:00:00+01:00");
        Assert.Equal("refused", (await post.World.Get($"{path}/messages/courtesy/email/1"))["status"]);
        Assert.Equal("refusedMessage", (string?)Assert.Single(await Tasks(post))!["kind"]);
    }

    [Fact]
    public async Task Line_breaks_in_names_and_subjects_reach_no_header()
    {
        await using var post = await Posted.Begin();
        var message = post.Message(Channel.Email) with { Subject = "Relance\r\nBcc: all@example.org", ToName = "Martin\nX: y", FromName = "Moulins\u2028Z: z" };
        Assert.IsType<SendOutcome.Accepted>(await post.Send(message));
        var mail = post.Mail.Sent[0].Message;
        Assert.Equal(("Relance Bcc: all@example.org", "Martin X: y", "Moulins Z: z"), (mail.Content.Subject, mail.Recipients.To[0].DisplayName, mail.ReplyTo[0].DisplayName));
        Assert.IsType<SendOutcome.Refused>(await post.Send(message with { To = "compta@example.org\r\nBcc: all@example.org" }));
        Assert.Single(post.Mail.Sent);
    }

    [Fact]
    public async Task Redirected_mail_goes_to_one_address_and_says_for_whom_it_was_and_no_sms_leaves()
    {
        await using var post = await Posted.Begin(s => s["DUNNING_SENDING"] = "redirect:me@example.org");
        Assert.IsType<SendOutcome.Accepted>(await post.Send(post.Message(Channel.Email)));
        Assert.IsType<SendOutcome.Accepted>(await post.Send(post.Message(Channel.Sms)));
        Assert.All(post.Mail.Sent, s => Assert.Equal("me@example.org", Assert.Single(s.Message.Recipients.To).Address));
        Assert.Equal(["compta@example.org", "+33600000000"], post.Mail.Sent.Select(s => s.Message.Headers["x-original-to"]));
        Assert.Empty(post.Phone.Asked);
    }

    private static async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode?>> Tasks(Posted post) => [.. (await post.World.Get("/api/tasks")).Body!["items"]!.AsArray().Select(i => i!["task"])];
}
