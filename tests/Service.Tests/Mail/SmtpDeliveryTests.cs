using System.Net;
using Dunning.Service.Delivery;
using Dunning.Service.Delivery.Mail;

namespace Dunning.Service.Tests.Mail;

/// <summary>Against a mail server that nobody here wrote.</summary>
public class SmtpDeliveryTests
{
    private static readonly string Certificate = Samples.CertificateFile(IPAddress.Loopback);

    [Fact]
    public async Task A_message_arrives_byte_for_byte()
    {
        await using var server = await AiosmtpdServer.Start();
        var accepted = Assert.IsType<SendOutcome.Accepted>(await Send(server.Settings, Samples.Message()));
        Assert.Equal("2.0.0 Queued as TEST-1", accepted.Reference);
        var received = Assert.Single(await server.Stop());
        Assert.Equal("compta@creditor.example", received.GetProperty("from").GetString());
        Assert.Equal("client@debtor.example", Assert.Single(received.GetProperty("to").EnumerateArray()).GetString());
        Assert.Equal(MimeWriter.Write(Samples.Message()), received.GetProperty("content").GetBytesFromBase64());
        Assert.False(received.GetProperty("tls").GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData("PLAIN")]
    public async Task With_STARTTLS_the_login_and_the_message_travel_inside_TLS(string withoutMechanism)
    {
        await using var server = await AiosmtpdServer.Start("--certificate", Certificate, "--login", "me:sésame", "--without", withoutMechanism);
        var outcome = await Send(Secure(server, "me", "sésame"), Samples.Message());
        Assert.IsType<SendOutcome.Accepted>(outcome);
        var received = Assert.Single(await server.Stop());
        Assert.True(received.GetProperty("tls").GetBoolean());
        Assert.True(received.GetProperty("login").GetBoolean());
    }

    [Fact]
    public async Task With_TLS_from_the_start_a_message_arrives()
    {
        await using var server = await AiosmtpdServer.Start("--certificate", Certificate, "--tls");
        var settings = server.Settings with { Security = SmtpSecurity.Tls, AuthorityFile = Certificate };
        Assert.IsType<SendOutcome.Accepted>(await Send(settings, Samples.Message()));
        Assert.Single(await server.Stop());
    }

    [Fact]
    public async Task A_wrong_password_is_not_the_fault_of_the_address()
    {
        await using var server = await AiosmtpdServer.Start("--certificate", Certificate, "--login", "me:right");
        var later = Assert.IsType<SendOutcome.TryAgain>(await Send(Secure(server, "me", "wrong"), Samples.Message()));
        Assert.Contains("login (535)", later.Reason, StringComparison.Ordinal);
        Assert.Empty(await server.Stop());
    }

    [Fact]
    public async Task A_missing_login_is_not_the_fault_of_the_address()
    {
        await using var server = await AiosmtpdServer.Start("--certificate", Certificate, "--login", "me:right");
        var later = Assert.IsType<SendOutcome.TryAgain>(await Send(Secure(server, null, null), Samples.Message()));
        Assert.Contains("MAIL FROM", later.Reason, StringComparison.Ordinal);
        Assert.Empty(await server.Stop());
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_stops_the_message()
    {
        await using var server = await AiosmtpdServer.Start("--certificate", Certificate);
        var settings = server.Settings with { Security = SmtpSecurity.StartTls };
        Assert.Contains("TLS", Assert.IsType<SendOutcome.TryAgain>(await Send(settings, Samples.Message())).Reason, StringComparison.Ordinal);
        Assert.Empty(await server.Stop());
    }

    [Fact]
    public async Task A_trusted_certificate_of_another_host_stops_the_message()
    {
        var elsewhere = Samples.CertificateFile(IPAddress.Parse("192.0.2.1"));
        await using var server = await AiosmtpdServer.Start("--certificate", elsewhere);
        var settings = server.Settings with { Security = SmtpSecurity.StartTls, AuthorityFile = elsewhere };
        Assert.Contains("TLS", Assert.IsType<SendOutcome.TryAgain>(await Send(settings, Samples.Message())).Reason, StringComparison.Ordinal);
        Assert.Empty(await server.Stop());
    }

    [Fact]
    public async Task A_recipient_that_does_not_exist_is_refused()
    {
        await using var server = await AiosmtpdServer.Start();
        var refused = Assert.IsType<SendOutcome.Refused>(await Send(server.Settings, Samples.To("nobody@debtor.example")));
        Assert.Equal("RCPT TO: 550 5.1.1 No such user here", refused.Reason);
        Assert.Empty(await server.Stop());
    }

    [Fact]
    public async Task A_temporary_refusal_is_for_later()
    {
        await using var server = await AiosmtpdServer.Start();
        var later = Assert.IsType<SendOutcome.TryAgain>(await Send(server.Settings, Samples.To("later@debtor.example")));
        Assert.Equal((TimeSpan.FromMinutes(15), "RCPT TO: 451 4.3.0 Try again later"), (later.After, later.Reason));
        Assert.Empty(await server.Stop());
    }

    [Fact]
    public async Task A_refusal_by_policy_is_not_the_fault_of_the_address()
    {
        await using var server = await AiosmtpdServer.Start();
        var later = Assert.IsType<SendOutcome.TryAgain>(await Send(server.Settings, Samples.To("policy@debtor.example")));
        Assert.Contains("by policy", later.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_speaks_SMTPUTF8_gets_a_non_ASCII_address_as_it_is()
    {
        await using var server = await AiosmtpdServer.Start();
        Assert.IsType<SendOutcome.Accepted>(await Send(server.Settings, Samples.To("zoë@société.example")));
        var received = Assert.Single(await server.Stop());
        Assert.Equal("zoë@xn--socit-esab.example", Assert.Single(received.GetProperty("to").EnumerateArray()).GetString());
    }

    private static SmtpServer Secure(AiosmtpdServer server, string? user, string? password) =>
        server.Settings with { Security = SmtpSecurity.StartTls, AuthorityFile = Certificate, User = user, Password = password };

    private static Task<SendOutcome> Send(SmtpServer server, MailMessage message) => new SmtpDelivery(server).Send(message, CancellationToken.None);
}
