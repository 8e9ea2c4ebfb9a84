using Dunning.Service.Delivery.Mail;

namespace Dunning.Service.Tests.Mail;

public class SmtpServerTests
{
    [Theory]
    [InlineData("smtp://u:p@mail.example", 587, SmtpSecurity.StartTls)]
    [InlineData("smtp://u:p@mail.example:25?security=starttls", 25, SmtpSecurity.StartTls)]
    [InlineData("smtp://u:p@mail.example?security=tls", 587, SmtpSecurity.Tls)]
    [InlineData("smtps://u:p@mail.example", 465, SmtpSecurity.Tls)]
    [InlineData("smtp://mail.example", 25, SmtpSecurity.None)]
    [InlineData("smtp://mail.example?security=starttls", 25, SmtpSecurity.StartTls)]
    public void A_url_says_how_to_reach_the_server(string url, int port, SmtpSecurity security)
    {
        var server = SmtpServer.Parse(url);
        Assert.Equal(("mail.example", port, security), (server.Host, server.Port, server.Security));
    }

    [Fact]
    public void A_login_is_percent_decoded_and_the_password_never_shown()
    {
        var server = SmtpServer.Parse("smtp://me%40b.example:p%3A%40%2F%23ss@mail.example?timeout=5");
        Assert.Equal(("me@b.example", "p:@/#ss", TimeSpan.FromSeconds(5)), (server.User, server.Password, server.Timeout));
        Assert.DoesNotContain("p:@/#ss", $"{server}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp://u:secret@mail.example?security=none", "never sent in clear")]
    [InlineData("smtps://u:secret@mail.example?security=starttls", "smtps://")]
    [InlineData("smtp://secret@mail.example", "user:password")]
    [InlineData("smtp://u:12?secret@mail.example", "option")]
    [InlineData("smtp://u:12#secret@mail.example", "percent-encoded")]
    [InlineData("smtp://u:secret%0D@mail.example", "control character")]
    [InlineData("smtp://u:secret@mail.example?timeout=0", "timeout")]
    [InlineData("smtp://u:secret@mail.example?security=maybe", "security")]
    [InlineData("smtp://u:secret@mail.example?authority=nowhere.pem", "authority")]
    [InlineData("smtp://u:secret@mail.example?hello=a%20b", "hello")]
    [InlineData("smtp://u:secret@mail.example/path", "Nothing but options")]
    [InlineData("http://u:secret@mail.example", "smtp://")]
    [InlineData("secret", "smtp://")]
    public void A_wrong_url_is_refused_with_what_is_wrong_and_without_the_password(string url, string fault)
    {
        var refused = Assert.Throws<FormatException>(() => SmtpServer.Parse(url));
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_listed_at_once()
    {
        var refused = Assert.Throws<FormatException>(() => SmtpServer.Parse("smtp://u:p@mail.example/path?security=none&timeout=x&colour=red"));
        Assert.All(["Nothing but", "in clear", "timeout is", "option is unknown"], fault => Assert.Contains(fault, refused.Message, StringComparison.Ordinal));
    }
}
