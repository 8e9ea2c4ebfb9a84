using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

/// <summary>What the post does with a registered letter made on 30 November.</summary>
public class LetterTests
{
    private static readonly MessageKey Notice = Key("formal-notice", Channel.Letter);

    [Fact]
    public void A_letter_is_posted_once_and_its_number_may_come_later()
    {
        var life = Noticed().Then("2026-12-01 10:00", new LetterPosted(Notice, Date("2026-12-01")));
        Assert.Equal((Date("2026-12-01"), null), (Letter(life).PostedOn, Letter(life).Tracking));
        life.Then("2026-12-02 10:00", new LetterPosted(Notice, Date("2026-12-02"), "1A 234 567 8901 2"));
        Assert.Equal((Date("2026-12-01"), "1A 234 567 8901 2"), (Letter(life).PostedOn, Letter(life).Tracking));
    }

    [Theory]
    [InlineData(LetterReturn.Refused, "refused")]
    [InlineData(LetterReturn.Unclaimed, "unclaimed")]
    public void A_letter_refused_or_never_collected_counts_as_notified(LetterReturn because, string why)
    {
        var life = Noticed().Then("2026-12-01 10:00", new LetterPosted(Notice, Date("2026-12-01"))).Then("2026-12-18 10:00", new LetterReturned(Notice, because, Date("2026-12-18")));
        Assert.Equal((LegStatus.Delivered, why), (Letter(life).Status, Letter(life).Why));
        Assert.NotEqual(WaitReason.BouncedNotice, life.WaitsFor);
    }

    [Fact]
    public void A_letter_to_an_unknown_address_does_not_and_the_next_step_waits()
    {
        var life = Noticed().Then("2026-12-01 10:00", new LetterPosted(Notice, Date("2026-12-01"))).Then("2026-12-04 10:00", new LetterReturned(Notice, LetterReturn.UnknownAddress, Date("2026-12-04")));
        Assert.Equal(LegStatus.Bounced, Letter(life).Status);
        Assert.Equal(WaitReason.BouncedNotice, life.WaitsFor);
        Assert.Contains(life.File.Tasks, t => t.Kind == TaskKind.BouncedMessage);
    }

    [Fact]
    public void What_came_back_had_been_posted()
    {
        var life = Noticed();
        Assert.Equal(WaitReason.Posting, life.WaitsFor);
        life.Then("2026-12-18 10:00", new LetterReturned(Notice, LetterReturn.Unclaimed, Date("2026-12-18")));
        Assert.Equal(Date("2026-12-18"), Letter(life).PostedOn);
        Assert.DoesNotContain(life.File.Tasks, t => t.Kind == TaskKind.UnpostedLetter);
    }

    private static Ladder Noticed() => Ladder.Of("2026-10-01 10:00").Until("2026-11-30 12:00");

    private static Leg Letter(Ladder life) => MessageFates.Find(life.File, Notice)!.Value.Leg;
}
