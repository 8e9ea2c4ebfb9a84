using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Claims.Owed;

namespace Dunning.Domain.Tests.Claims;

/// <summary>What a debit note charges.</summary>
public sealed class ChargingTests
{
    private static readonly CaseFile Business = Ladder.Of("2026-10-01 10:00").File;

    [Fact]
    public void The_first_note_charges_the_interest_so_far_and_the_whole_indemnity() =>
        Assert.Equal((Sample.Eur(11.98m), Sample.Eur(40m)), Charged(Business, "2026-11-30"));

    [Fact]
    public void The_next_one_charges_only_what_has_run_since()
    {
        var noted = Noted(Business, "ND-2026-0001", 11.98m, 40m);
        Assert.Equal((Sample.Eur(12.39m), Sample.Eur(0m)), Charged(noted, "2026-12-31"));
        Assert.Equal((Sample.Eur(0m), Sample.Eur(0m)), Charged(noted, "2026-11-30"));
        Assert.Equal((Sample.Eur(0m), Sample.Eur(0m)), Charged(noted, "2026-11-15"));
    }

    [Fact]
    public void What_was_paid_of_it_is_charged_all_the_same_so_that_it_can_be_booked()
    {
        var paid = Business with { Account = Business.Account with { Payments = [new("p", Sample.Eur(1_230m), Sample.Date("2026-11-10"), "bank", Sample.Date("2026-11-10"))] } };
        Assert.Equal((Sample.Eur(3.99m), Sample.Eur(40m)), Charged(paid, "2026-11-30"));
    }

    [Fact]
    public void A_consumer_is_charged_nothing_before_the_formal_notice() =>
        Assert.True(Charging.Of(Business, CaseClaim.Of(Business with { Debtor = Sample.Person }, Sample.FrB2c, Book, Sample.Date("2026-11-30"))!).IsNothing);

    [Fact]
    public void The_lines_of_a_note_add_up_to_the_interest_of_the_claim()
    {
        var claim = CaseClaim.Of(Business, Sample.FrB2b, Book, Sample.Date("2027-01-31"))!;
        var lines = claim.Segments.Select(ChargedInterest.Of).ToList();
        Assert.Equal(claim.Segments.Select(s => s.Interest), lines.Select(l => l.Interest));
        Assert.Equal(92, lines.Sum(l => l.Days));
        Assert.Equal(claim.AccruedInterest, Money.HalfUp(lines.Sum(l => l.Interest), Currency.Euro));
    }

    [Fact]
    public void A_note_changes_nothing_of_what_is_owed_even_of_a_closed_case()
    {
        var life = Ladder.Of("2026-10-01 10:00").Then("2026-11-20 10:00", new PaymentReceived(Sample.Eur(1200m), Sample.Date("2026-11-20"), "bank") { Id = "p" });
        var note = new DebitNoteIssued("ND-2026-0001", Sample.Eur(7.99m), Sample.Eur(40m), Sample.Date("2026-11-21"), Sample.Date("2026-11-20"));
        var (status, balance) = (life.Status, life.File.Balance);
        life.Then("2026-11-21 10:00", note).Then("2026-11-21 11:00", note);
        Assert.Equal((status, balance), (life.Status, life.File.Balance));
        Assert.Equal([new DebitNote("ND-2026-0001", Sample.Eur(7.99m), Sample.Eur(40m), Sample.Date("2026-11-21"), Sample.Date("2026-11-20"))], life.File.Account.DebitNotes);
    }

    private static (Money Interest, Money Indemnity) Charged(CaseFile file, string asOf) =>
        Charging.Of(file, CaseClaim.Of(file, Sample.FrB2b, Book, Sample.Date(asOf))!) is var charging ? (charging.Interest, charging.Indemnity) : default;

    private static CaseFile Noted(CaseFile file, string number, decimal interest, decimal indemnity) => file with
    {
        Account = file.Account with { DebitNotes = file.Account.DebitNotes.And(new(number, Sample.Eur(interest), Sample.Eur(indemnity), Sample.Date("2026-11-30"), Sample.Date("2026-11-30"))) },
    };
}
