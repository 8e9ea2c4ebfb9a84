using Dunning.Service.Delivery.Mail;

namespace Dunning.Service.Tests.Mail;

public class MailboxTests
{
    [Theory]
    [InlineData("a@b.example\r\nBcc: x@evil.example")]
    [InlineData("a\r\n@b.example")]
    [InlineData("a@b.example\n")]
    [InlineData("a\0@b.example")]
    [InlineData("a@b.example> SIZE=1")]
    [InlineData("a b@c.example")]
    [InlineData(" a@b.example")]
    [InlineData("a@b@c.example")]
    [InlineData("a@")]
    [InlineData("@b.example")]
    [InlineData("a.@b.example")]
    [InlineData("\"a\"@b.example")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@b..example")]
    [InlineData("a@-b.example")]
    [InlineData("a@b.example.")]
    [InlineData("a\u2028@b.example")]
    [InlineData("a\u202E@b.example")]
    [InlineData("a@b。example")]
    public void An_address_that_could_smuggle_something_is_refused(string address)
    {
        Assert.NotNull(Mailbox.Fault(address));
        Assert.Throws<ArgumentException>(() => new Mailbox(address));
    }

    [Theory]
    [InlineData("first.o'last+tag@b.example")]
    [InlineData("a_b-c@sub.b.example")]
    [InlineData("postmaster@localhost")]
    public void An_ordinary_address_is_taken_as_it_is(string address)
    {
        var mailbox = new Mailbox(address);
        Assert.Equal(address, mailbox.WireAddress);
        Assert.False(mailbox.NeedsSmtpUtf8);
    }

    [Theory]
    [InlineData("a@société.example", "a@xn--socit-esab.example")]
    [InlineData("a@SOCIÉTÉ.Example", "a@xn--socit-esab.example")]
    [InlineData("a@例え.example", "a@xn--r8jz45g.example")]
    public void A_domain_with_accents_goes_out_as_punycode_whatever_its_case(string address, string wire) =>
        Assert.Equal(wire, new Mailbox(address).WireAddress);

    [Fact]
    public void A_decomposed_accent_in_a_domain_is_refused_rather_than_sent_to_another_domain() =>
        Assert.NotNull(Mailbox.Fault("a@socie\u0301te\u0301.example"));

    [Fact]
    public void Only_a_non_ASCII_local_part_needs_SMTPUTF8()
    {
        Assert.True(new Mailbox("zoë@b.example").NeedsSmtpUtf8);
        Assert.False(new Mailbox("zoe@société.example").NeedsSmtpUtf8);
    }

    [Fact]
    public void An_address_longer_than_a_mail_path_is_refused()
    {
        Assert.NotNull(Mailbox.Fault(new string('a', 65) + "@b.example"));
        Assert.NotNull(Mailbox.Fault("a@" + string.Join('.', Enumerable.Repeat(new string('b', 60), 5))));
    }

    [Theory]
    [InlineData("Zoë\r\nBcc: x@evil.example", "Zoë Bcc: x@evil.example")]
    [InlineData("\tA \0 B\u2028C ", "A B C")]
    public void Control_characters_in_a_display_name_become_one_space(string name, string shown) =>
        Assert.Equal(shown, new Mailbox("a@b.example", name).Name);

    [Fact]
    public void A_display_name_of_nothing_is_no_name() => Assert.Null(new Mailbox("a@b.example", " \r\n").Name);
}
