using Dunning.Service.Replies.Mail;
using Dunning.Service.Reports;

namespace Dunning.Service.Tests.Replies;

/// <summary>Reports of mail servers (RFC 3464), by their words and their codes.</summary>
public sealed class BounceReportTests
{
    [Theory]
    [InlineData("failed", "5.1.1", Fate.Lost, "no such address (5.1.1)")]
    [InlineData("failed", "5.2.2", Fate.Lost, "the mailbox is full (5.2.2)")]
    [InlineData("failed", "5.7.1", Fate.Lost, "refused by a rule of the receiver (5.7.1)")]
    [InlineData("failed", "5.1.10", Fate.Lost, "the domain takes no mail (5.1.10)")]
    [InlineData("failed", "4.4.7", Fate.Lost, "it could not be delivered in time (4.4.7)")]
    [InlineData("FAILED (really)", "5.0.0 (undefined)", Fate.Lost, "could not be delivered (5.0.0)")]
    [InlineData("delayed", "4.4.1", Fate.Unsettled, null)]
    [InlineData("delayed", "5.1.1", Fate.Unsettled, null)]
    [InlineData("delivered", "2.0.0", Fate.Delivered, null)]
    [InlineData("relayed", "2.0.0", Fate.Unsettled, null)]
    [InlineData("expanded", "2.0.0", Fate.Unsettled, null)]
    [InlineData("", "5.1.1", Fate.Lost, "no such address (5.1.1)")]
    [InlineData("", "4.2.2", Fate.Unsettled, null)]
    [InlineData("something", "", Fate.Unsettled, null)]
    public void The_word_of_the_server_counts_then_its_code(string action, string status, Fate fate, string? reason)
    {
        var recipient = Assert.Single(Read(MailSamples.Report(action, status))!.Recipients);
        Assert.Equal(fate, recipient.Fate);
        if (reason is not null)
            Assert.Equal($"{reason}: smtp; 550 5.1.1 <compta@example.org>: Recipient address rejected: User unknown", recipient.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_original_is_found_whole_or_by_its_headers(bool headersOnly) =>
        Assert.Equal(["case-1.first.1@dunning.invalid"], Read(MailSamples.Report(headersOnly: headersOnly))!.Ids);

    [Fact]
    public void Both_addresses_are_kept_apart()
    {
        var recipient = Read(MailSamples.Report(final: "jeanne@private.example.net", original: "compta@example.org"))!.Recipients[0];
        Assert.Equal(("jeanne@private.example.net", "compta@example.org"), (recipient.Final, recipient.Original));
    }

    [Fact]
    public void Without_the_original_the_thread_may_tell()
    {
        var report = MailSamples.Report(id: null).Replace("Subject: Und", "In-Reply-To: <case-1.first.1@dunning.invalid>\nSubject: Und", StringComparison.Ordinal);
        Assert.Equal(["case-1.first.1@dunning.invalid"], Read(report)!.Ids);
    }

    [Fact]
    public void A_confirmation_of_reading_is_none()
    {
        var mdn = MailSamples.Report().Replace("delivery-status", "disposition-notification", StringComparison.Ordinal);
        Assert.Null(Read(mdn));
        Assert.NotNull(Automatic.Sign(MailReader.Read(MailSamples.Bytes(mdn))!));
    }

    [Fact]
    public void Mail_of_a_person_is_none() => Assert.Null(Read("From: a@example.org\nSubject: x\n\nBonjour"));

    private static BounceReport? Read(string mail) => BounceReport.Read(MailReader.Read(MailSamples.Bytes(mail))!);
}
