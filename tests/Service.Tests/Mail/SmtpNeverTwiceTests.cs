using System.Net;
using System.Net.Sockets;
using Dunning.Service.Delivery;
using Dunning.Service.Delivery.Mail;

namespace Dunning.Service.Tests.Mail;

/// <summary>P2: before the final dot every failure may be tried again; after it only the server's answer settles what happened.</summary>
public class SmtpNeverTwiceTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Bounded = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("250 queued", typeof(SendOutcome.Accepted))]
    [InlineData("250-queued\r\n250 as 7", typeof(SendOutcome.Accepted))]
    [InlineData("451 4.3.0 later", typeof(SendOutcome.TryAgain))]
    [InlineData("421 going down", typeof(SendOutcome.TryAgain))]
    [InlineData("554 5.6.0 no", typeof(SendOutcome.Refused))]
    [InlineData("550 5.7.1 spam", typeof(SendOutcome.TryAgain))]
    [InlineData("354 what?", typeof(SendOutcome.Uncertain))]
    [InlineData("100 what?", typeof(SendOutcome.Uncertain))]
    [InlineData("250-queued\r\n550 or not", typeof(SendOutcome.Uncertain))]
    [InlineData("OK", typeof(SendOutcome.Uncertain))]
    public async Task The_final_answer_settles_the_outcome(string answer, Type outcome)
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.TalkUntilContent();
            await s.HearContent();
            await s.Say(answer + "\r\n");
            await s.Answer("221 bye");
        });
        Assert.IsType(outcome, await Send(server.Settings));
    }

    [Fact]
    public async Task An_accepted_message_without_a_reference_is_known_by_its_message_id()
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.TalkUntilContent();
            await s.HearContent();
            await s.Say("250\r\n");
        });
        Assert.Equal(new SendOutcome.Accepted("inv-7.first@mail.creditor.example"), await Send(server.Settings));
    }

    [Fact]
    public async Task A_connection_dropped_after_the_final_dot_is_uncertain()
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.TalkUntilContent();
            await s.HearContent();
        });
        Assert.Contains("final answer", Assert.IsType<SendOutcome.Uncertain>(await Send(server.Settings)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answers_the_final_dot_is_uncertain()
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.TalkUntilContent();
            await s.HearUntilGone();
        });
        Assert.IsType<SendOutcome.Uncertain>(await Send(server.Settings with { FinalReplyTimeout = Short }).WaitAsync(Bounded));
        Assert.Equal(".", (await server.End())[^1]);
    }

    [Fact]
    public async Task Being_stopped_while_waiting_for_the_final_answer_is_uncertain()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedServer(async s =>
        {
            await s.TalkUntilContent();
            await s.HearContent();
            await stop.CancelAsync();
            await s.HearUntilGone();
        });
        Assert.IsType<SendOutcome.Uncertain>(await Send(server.Settings, stop.Token));
    }

    [Fact]
    public async Task Being_stopped_before_the_content_is_for_later()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedServer(async s =>
        {
            await s.Say("220 hello\r\n");
            await s.Answer("250 mail.test", "250 ok");
            await s.Hear();
            await stop.CancelAsync();
            await s.HearUntilGone();
        });
        var later = Assert.IsType<SendOutcome.TryAgain>(await Send(server.Settings, stop.Token));
        Assert.Contains("stopped by us", later.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_connection_dropped_before_the_content_is_for_later(int answered)
    {
        await using var server = new ScriptedServer(s => TalkFor(s, answered));
        Assert.IsType<SendOutcome.TryAgain>(await Send(server.Settings));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_server_that_hangs_before_the_content_is_for_later(int answered)
    {
        await using var server = new ScriptedServer(async s =>
        {
            await TalkFor(s, answered);
            await s.HearUntilGone();
        });
        var outcome = await Send(server.Settings with { Timeout = Short }).WaitAsync(Bounded);
        Assert.Contains("0.4 s", Assert.IsType<SendOutcome.TryAgain>(outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_reset_in_the_middle_of_the_content_is_for_later()
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.TalkUntilContent();
            s.Client.LingerState = new LingerOption(true, 0);
        });
        // More than the system can take off our hands, so that the reset arrives while we still write.
        var large = Samples.Message() with { Attachments = [new("a.bin", "application/octet-stream", new byte[20_000_000])] };
        var later = Assert.IsType<SendOutcome.TryAgain>(await new SmtpDelivery(server.Settings).Send(large, CancellationToken.None));
        Assert.Contains("content", later.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_given_before_the_content_is_not_taken_for_the_final_one()
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.Say("220 hello\r\n");
            await s.Answer("250 mail.test", "250 ok", "250 ok", "354 go ahead\r\n250 queued");
            await s.HearUntilGone();
        });
        Assert.IsType<SendOutcome.TryAgain>(await Send(server.Settings));
        Assert.DoesNotContain(".", await server.End());
    }

    [Theory]
    [InlineData("drops")]
    [InlineData("hangs")]
    [InlineData("500 what?")]
    [InlineData("nonsense")]
    public async Task Trouble_after_the_final_answer_changes_nothing(string trouble)
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.TalkUntilContent();
            await s.HearContent();
            await s.Say("250 queued\r\n");
            if (trouble == "drops") return;
            if (trouble != "hangs") await s.Answer(trouble);
            await s.HearUntilGone();
        });
        Assert.Equal(new SendOutcome.Accepted("queued"), await Send(server.Settings));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_for_later()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        Assert.IsType<SendOutcome.TryAgain>(await Send(new SmtpServer("127.0.0.1", port) { Security = SmtpSecurity.None }));
        Assert.IsType<SendOutcome.TryAgain>(await Send(new SmtpServer("no-such-host.invalid", 25) { Security = SmtpSecurity.None }));
    }

    // The greeting and the answers to EHLO, MAIL, RCPT, of which only some are given; what follows is up to the caller.
    private static async Task TalkFor(ScriptedServer server, int answered)
    {
        if (answered > 0) await server.Say("220 hello\r\n");
        await server.Answer([.. new[] { "250 mail.test", "250 ok", "250 ok" }.Take(answered - 1)]);
        if (answered > 0) await server.Hear();
    }

    private static Task<SendOutcome> Send(SmtpServer server, CancellationToken cancel = default) =>
        new SmtpDelivery(server).Send(Samples.Message(), cancel);
}
