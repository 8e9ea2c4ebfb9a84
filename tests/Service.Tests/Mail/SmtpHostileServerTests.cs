using Dunning.Service.Delivery;
using Dunning.Service.Delivery.Mail;

namespace Dunning.Service.Tests.Mail;

/// <summary>Servers, or people on the way to them, that want our password or our message.</summary>
public class SmtpHostileServerTests
{
    [Theory]
    [InlineData("250-mail.test\r\n250 AUTH PLAIN LOGIN", "not offered")]
    [InlineData("250 mail.test", "not offered")]
    public async Task Without_STARTTLS_nothing_is_said_in_clear(string offers, string reason)
    {
        await using var server = Server(offers, "221 bye");
        var later = Assert.IsType<SendOutcome.TryAgain>(await Send(server.Settings with { Security = SmtpSecurity.StartTls, User = "me", Password = "secret" }));
        Assert.Contains(reason, later.Reason, StringComparison.Ordinal);
        Assert.Equal(["EHLO [127.0.0.1]", "QUIT"], await server.End());
    }

    [Fact]
    public async Task A_refused_STARTTLS_ends_the_conversation()
    {
        await using var server = Server("250-mail.test\r\n250 STARTTLS", "454 TLS not available", "221 bye");
        Assert.IsType<SendOutcome.TryAgain>(await Send(server.Settings with { Security = SmtpSecurity.StartTls }));
        Assert.Equal(["EHLO [127.0.0.1]", "STARTTLS", "QUIT"], await server.End());
    }

    [Fact]
    public async Task Answers_slipped_in_before_TLS_began_are_an_attack()
    {
        await using var server = Server("250-mail.test\r\n250 STARTTLS", "220 go\r\n250-mail.test\r\n250 AUTH PLAIN");
        var later = Assert.IsType<SendOutcome.TryAgain>(await Send(server.Settings with { Security = SmtpSecurity.StartTls, User = "me", Password = "secret" }));
        Assert.Contains("before it was asked", later.Reason, StringComparison.Ordinal);
        Assert.Equal(["EHLO [127.0.0.1]", "STARTTLS"], await server.End());
    }

    [Fact]
    public async Task A_login_without_TLS_is_never_sent()
    {
        await using var server = Server("250-mail.test\r\n250 AUTH PLAIN LOGIN", "221 bye");
        Assert.IsType<SendOutcome.TryAgain>(await Send(server.Settings with { User = "me", Password = "secret" }));
        Assert.Equal(["EHLO [127.0.0.1]", "QUIT"], await server.End());
    }

    [Fact]
    public async Task A_non_ASCII_local_part_is_refused_where_SMTPUTF8_is_not_spoken()
    {
        await using var server = Server("250 mail.test", "221 bye");
        var outcome = await new SmtpDelivery(server.Settings).Send(Samples.To("zoë@debtor.example"), CancellationToken.None);
        Assert.Contains("SMTPUTF8", Assert.IsType<SendOutcome.Refused>(outcome).Reason, StringComparison.Ordinal);
        Assert.Equal(["EHLO [127.0.0.1]", "QUIT"], await server.End());
    }

    [Theory]
    [InlineData(5_000, 1)]
    [InlineData(10, 100_000)]
    public async Task An_endless_answer_is_cut_short(int lineLength, int lines)
    {
        var line = "250-" + new string('x', lineLength) + "\r\n";
        await using var server = new ScriptedServer(async s =>
        {
            await s.Say("220 hello\r\n");
            await s.Hear();
            for (var i = 0; i < lines; i++) await s.Say(line);
            await s.HearUntilGone();
        });
        Assert.Contains("end", Assert.IsType<SendOutcome.TryAgain>(await Send(server.Settings)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_will_not_serve_says_nothing_about_the_address()
    {
        await using var server = new ScriptedServer(async s =>
        {
            await s.Say("554 not you\r\n");
            await s.HearUntilGone();
        });
        Assert.Contains("554 not you", Assert.IsType<SendOutcome.TryAgain>(await Send(server.Settings)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_in_an_answer_do_not_reach_the_record()
    {
        await using var server = Server("250 mail.test", "250 ok", "550 5.1.1 no\u001b[31m\0 user " + new string('x', 1000), "221 bye");
        var refused = Assert.IsType<SendOutcome.Refused>(await Send(server.Settings));
        Assert.DoesNotContain(refused.Reason, char.IsControl);
        Assert.InRange(refused.Reason.Length, 50, 350);
    }

    private static ScriptedServer Server(params string[] replies) => new(async s =>
    {
        await s.Say("220 hello\r\n");
        await s.Answer(replies);
        await s.HearUntilGone();
    });

    private static Task<SendOutcome> Send(SmtpServer server) => new SmtpDelivery(server).Send(Samples.Message(), CancellationToken.None);
}
