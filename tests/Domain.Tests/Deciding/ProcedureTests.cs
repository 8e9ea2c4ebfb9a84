using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

public class ProcedureTests
{
    private static readonly BusinessCalendar France = BusinessCalendar.For("FR");

    [Theory]
    [InlineData("2026-08-31", "2027-03-01")]
    [InlineData("2026-09-01", "2026-12-01")]
    [InlineData("2026-11-30", "2027-03-01")]
    public void An_order_must_be_served_within_six_months_and_from_September_2026_within_three(string on, string last) =>
        Assert.Equal(Date(last), ProcedureTerms.After(Procedure.PaymentOrder, ProcedureStage.Ordered, Date(on), France)!.Value.LastDay);

    [Theory]
    [InlineData("2026-10-14", 1, "2026-11-16")]
    [InlineData("2026-10-25", 2, "2026-12-28")]
    [InlineData("2027-01-31", 1, "2027-03-01")]
    public void A_term_of_months_keeps_its_day_and_never_ends_on_a_day_off(string from, int months, string last) =>
        Assert.Equal(Date(last), ProcedureTerms.Months(Date(from), months, France));

    [Fact]
    public void A_person_is_told_a_month_before_an_order_is_void()
    {
        var life = HandedOver().Then("2027-01-11 10:00", Recorded(ProcedureStage.Ordered, "2027-01-11"));
        Assert.DoesNotContain(life.Until("2027-03-11 23:00").File.Tasks, t => t.Kind == TaskKind.ProcedureTerm);
        var task = Assert.Single(life.Until("2027-03-13 00:00").File.Tasks, t => t.Kind == TaskKind.ProcedureTerm);
        Assert.Equal((Date("2027-04-12"), "serve"), (task.DueOn, task.Note));
    }

    [Fact]
    public void Serving_it_answers_that_term_and_starts_the_one_after_which_it_may_be_enforced()
    {
        var life = HandedOver().Then("2027-01-11 10:00", Recorded(ProcedureStage.Ordered, "2027-01-11")).Until("2027-03-15 00:00")
            .Then("2027-03-16 10:00", Recorded(ProcedureStage.Served, "2027-03-16"));
        Assert.DoesNotContain(life.File.Tasks, t => t.Kind == TaskKind.ProcedureTerm);
        var task = Assert.Single(life.Until("2027-05-19 00:00").File.Tasks, t => t.Kind == TaskKind.ProcedureTerm);
        // 16 May 2027 is a Sunday and the 17th Whit Monday.
        Assert.Equal((Date("2027-05-18"), "enforce"), (task.DueOn, task.Note));
    }

    [Fact]
    public void A_case_that_closes_and_opens_again_tells_its_term_again()
    {
        var life = HandedOver().Then("2027-01-11 10:00", Recorded(ProcedureStage.Ordered, "2027-01-11")).Until("2027-03-15 00:00")
            .Then("2027-03-16 10:00", new PaymentReceived(Eur(1200), Date("2027-03-16"), "gocardless") { Id = "debit" });
        Assert.DoesNotContain(life.File.Tasks, t => t.Kind == TaskKind.ProcedureTerm);
        life.Then("2027-03-22 10:00", new PaymentReversed("debit") { Id = "returned" });
        Assert.Equal(Date("2027-04-12"), Assert.Single(life.File.Tasks, t => t.Kind == TaskKind.ProcedureTerm).DueOn);
    }

    [Fact]
    public void An_opposition_stops_the_clock()
    {
        var life = HandedOver().Then("2027-01-11 10:00", Recorded(ProcedureStage.Served, "2027-01-11")).Then("2027-02-01 10:00", Recorded(ProcedureStage.Opposed, "2027-01-30"));
        Assert.DoesNotContain(life.Until("2027-06-01 00:00").File.Tasks, t => t.Kind == TaskKind.ProcedureTerm);
        Assert.Equal([ProcedureStage.Served, ProcedureStage.Opposed], life.File.Procedure.Select(p => p.Stage));
    }

    [Fact]
    public void The_insurer_is_told_at_a_step_of_its_own_and_the_debtor_hears_nothing()
    {
        var policy = Valid(FrB2bDraft with { Steps = [.. FrB2bDraft.Steps.SkipLast(1), Step("insurer", 40, Channel.Declaration), FrB2bDraft.Steps[^1]] });
        var life = Ladder.Smooth("2026-10-01 10:00", policy).Until("2026-12-18 00:00");
        var task = Assert.Single(life.File.Tasks, t => t.Kind == TaskKind.InsurerDeclaration);
        Assert.Equal("insurer", task.Subject);
        Assert.Equal(StepOutcome.Happened, Schedule.RecordOf(life.File, "insurer")!.Outcome);
        Assert.DoesNotContain(life.Sent, s => s.Contains("insurer", StringComparison.Ordinal));
    }

    private static Ladder HandedOver() => Ladder.Smooth("2026-10-01 10:00").Until("2026-12-20 00:00");

    private static ProcedureRecorded Recorded(ProcedureStage stage, string on) => new(Procedure.PaymentOrder, stage, Date(on), "21/2027/000123");
}
