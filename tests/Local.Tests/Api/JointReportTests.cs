using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Reports;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Local.Tests.Api;

/// <summary>A report is about the message it names: rows that have left it since, by themselves or with others, hear nothing of it, and those still in it all do.</summary>
public sealed class JointReportTests
{
    private const string Secret = "email-door-of-the-tests";

    [Theory]
    [InlineData(0, "mail", "failed", "accepted bounced")]
    [InlineData(1, "mail", "failed", "bounced accepted")]
    [InlineData(0, "mail", "delivered", "accepted delivered")]
    [InlineData(1, "mail", "delivered", "delivered accepted")]
    [InlineData(0, "header", "failed", "accepted bounced")]
    [InlineData(1, "header", "failed", "bounced accepted")]
    [InlineData(0, "operation", "failed", "accepted bounced")]
    [InlineData(1, "operation", "failed", "bounced accepted")]
    public async Task A_report_of_a_joined_message_reaches_the_rows_still_in_it_and_no_other(int left, string door, string action, string become)
    {
        await using var host = await Host();
        var (paths, joint) = await Joined(host);
        await Leaves(host, paths[left]);
        await Report(host, joint, door, action);
        Assert.Equal(become, await Statuses(host, paths));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_report_of_the_row_that_left_by_itself_is_about_that_row_only(int left)
    {
        await using var host = await Host();
        var (paths, joint) = await Joined(host);
        var alone = await Leaves(host, paths[left]);
        await Report(host, joint, "mail", "delivered");
        await Report(host, alone, "mail", "delivered");
        Assert.Equal("delivered delivered", await Statuses(host, paths));
        await Report(host, alone, "mail", "failed");
        Assert.Equal(left == 0 ? "bounced delivered" : "delivered bounced", await Statuses(host, paths));
    }

    [Theory]
    [InlineData("mail")]
    [InlineData("header")]
    [InlineData("operation")]
    public async Task A_report_of_a_row_alone_says_nothing_of_the_message_it_has_joined_since(string door)
    {
        await using var host = await Host();
        var (paths, joint) = await Joined(host);
        await Report(host, Alone(joint), door, "failed");
        Assert.Equal("accepted accepted", await Statuses(host, paths));
        await Report(host, joint, door, "failed");
        Assert.Equal("bounced bounced", await Statuses(host, paths));
    }

    private static async Task<TestHost> Host()
    {
        var host = await Mails.Host();
        Assert.Equal(201, (await host.Put("/api/creditors/demo/webhooks/email", new { secrets = new[] { Secret } })).Status);
        return host;
    }

    // In the order of the rows: the first is the one handed to the carrier.
    private static async Task<(string[] Paths, OutgoingMessage Joint)> Joined(TestHost host)
    {
        string[] registered = [await host.Register(), await host.Register()];
        await host.MoveTo("2026-11-09T12:00:00+01:00");
        var message = await host.Services.GetRequiredService<ICaseStore>().FindMessage(KeyOf(registered[0]), default);
        Assert.Equal(2, message!.Keys.Count);
        string[] paths = [.. message.Keys.Select(k => $"/api/invoices/{k.Case}")];
        message = (await host.Services.GetRequiredService<ICaseStore>().FindMessage(message.Keys[0], default))!;
        return (paths, message);
    }

    private static MessageKey KeyOf(string path) => MessageKey.Parse($"{path.Split('/')[^1]}/first/email/1");

    private static OutgoingMessage Alone(OutgoingMessage joint) =>
        joint with { Joint = null, MessageId = $"{joint.Key.Case}.first.1@dunning.invalid" };

    // As the engine writes it when a row that was in no carrier's hands after all is claimed again, without the others.
    private static async Task<OutgoingMessage> Leaves(TestHost host, string path)
    {
        var store = host.Services.GetRequiredService<ICaseStore>();
        var key = KeyOf(path);
        var stored = (await store.Load(key.Case, default))!;
        var state = (DunningCase.Open)stored.State;
        var steps = state.File.Steps.Select(s => s.Id == "first" ? s.With(s.Find(Channel.Email, 1)! with { Joined = null }) : s).ToList();
        var changed = state with { File = state.File with { Steps = [.. steps] } };
        var alone = Alone((await store.FindMessage(key, default))!);
        var index = new CaseIndex("demo", state.File.Invoice.Number, state.File.Debtor.Id, CaseStatus.Reminding, state.File.Invoice.DueDate, state.File.Balance, stored.Unread.Count > 0 ? stored.Unread[^1].At : alone.WrittenAt);
        Assert.True(await store.Commit(new(key.Case, stored.Version, changed, index) { Sent = alone }, default));
        return alone;
    }

    private static async Task Report(TestHost host, OutgoingMessage message, string door, string action)
    {
        if (door == "operation")
        {
            var operation = $"7d3c7b3e-0000-4000-8000-00000000000{(message.Joint is null ? 1 : 2)}";
            await host.Services.GetRequiredService<Carried>().Remember(operation, message, default);
            var data = new { recipient = "compta@example.org", messageId = operation, status = action == "failed" ? "Bounced" : "Delivered" };
            Assert.Equal(200, (await host.Send("POST", $"/api/webhooks/email/demo?secret={Secret}", new { id = "1", eventType = "Microsoft.Communication.EmailDeliveryReportReceived", data }, null)).Status);
        }
        else
            Assert.Equal(200, (await host.Mail(Mails.Report(door == "mail" ? $"Message-ID: <{message.MessageId}>" : $"X-Dunning-Key: {Header(host, message)}", action, action == "failed" ? "5.1.1" : "2.0.0"))).Status);
    }

    // What the mail itself carried; one that never was in the outbox carried its key.
    private static string Header(TestHost host, OutgoingMessage message) =>
        Directory.GetFiles(host.Outbox, "*.first.email.*.eml").Select(Eml.Read).FirstOrDefault(m => m["Message-ID"] == $"<{message.MessageId}>")?["X-Dunning-Key"] ?? message.Key.ToString();

    private static async Task<string> Statuses(TestHost host, string[] paths) =>
        string.Join(' ', await Task.WhenAll(paths.Select(async p => (await host.Get($"{p}/messages/first/email/1"))["status"])));
}
