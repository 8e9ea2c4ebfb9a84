using static Dunning.Domain.Tests.Claims.Owed;

namespace Dunning.Domain.Tests.Claims;

/// <summary>What holds for any debt, tried on thousands of them; a failing one is printed with its seed.</summary>
public sealed class PropertyTests
{
    private static readonly string[] Regimes = ["fr-b2b", "fr-b2c", "fr-public", "be-b2b", "be-b2c"];

    [Fact]
    public void Segments_cover_the_days_once_and_sum_to_the_interest() => ForAny((terms, _) =>
    {
        var claim = terms.Claim();
        Assert.Equal(claim.AccruedInterest.Amount, Rounded(claim.Segments.Sum(s => s.Interest)));
        foreach (var (before, after) in claim.Segments.Zip(claim.Segments.Skip(1)))
            Assert.True(before.To < after.From);
        Assert.All(claim.Segments, s => Assert.Equal(s.Base * s.Rate.Percent * s.Days / 36_500m, s.Interest));
        Assert.All(claim.Segments, s => Assert.True(s.From > terms.DueDate && s.To <= terms.AsOf && s.From <= s.To && s.Base > 0));
    });

    [Fact]
    public void Nothing_is_lost_and_the_parts_add_up() => ForAny((terms, _) =>
    {
        var claim = terms.Claim();
        Assert.Equal(claim.Total, claim.Principal + claim.Interest + claim.Indemnity);
        Assert.All([claim.Principal, claim.Interest, claim.Indemnity, claim.Overpaid, claim.AccruedInterest], m => Assert.True(m.Minor >= 0));
        Assert.True(claim.Overpaid.IsZero || claim.Total.IsZero);
        var settled = terms.Payments.Concat(terms.CreditNotes).Where(m => m.Date <= terms.AsOf).Sum(m => m.Amount.Amount);
        var granted = claim.Total.Amount - claim.Overpaid.Amount - terms.Amount.Amount - claim.AccruedInterest.Amount + settled;
        // Whatever was paid, what arose is the accrued interest and one whole indemnity.
        Assert.True(terms.Regime switch { "fr-b2c" => granted == 0, "be-b2c" => granted is >= 0 and <= 2000, _ => granted is 0 or 40 }, $"{granted}");
    });

    [Fact]
    public void A_day_later_never_less_has_accrued() => ForAny((terms, _) =>
    {
        var (today, tomorrow) = (terms.Claim(), (terms with { AsOf = terms.AsOf.AddDays(1) }).Claim());
        Assert.True(tomorrow.AccruedInterest >= today.AccruedInterest);
        // Without new money, neither is less owed.
        if (terms.Payments.Concat(terms.CreditNotes).All(m => m.Date <= terms.AsOf))
            Assert.True(tomorrow.Total >= today.Total);
    });

    [Fact]
    public void Looked_at_on_any_day_between_the_days_before_it_are_the_same() => ForAny((terms, random) =>
    {
        var day = terms.DueDate.AddDays(random.Next(0, Math.Max(1, terms.AsOf.DayNumber - terms.DueDate.DayNumber)));
        var (whole, part) = (terms.Claim(), (terms with { AsOf = day }).Claim());
        var before = whole.Segments.Where(s => s.From <= day).Sum(s => s.To <= day ? s.Interest : s.Base * s.Rate.Percent * (day.DayNumber - s.From.DayNumber + 1) / 36_500m);
        Assert.Equal(part.Segments.Sum(s => s.Interest), before, 15);
    });

    [Fact]
    public void A_payment_in_two_halves_on_one_day_in_any_order_is_one_payment() => ForAny((terms, random) =>
    {
        if (terms.Payments.Count == 0)
            return;
        var paid = terms.Payments[0];
        if (paid.Amount.Minor < 2)
            return;
        var half = Money.FromMinor(random.NextInt64(1, paid.Amount.Minor), Currency.Euro);
        DatedAmount[] split = [.. terms.Payments.Skip(1), paid with { Amount = half }, paid with { Amount = paid.Amount - half }];
        random.Shuffle(split);
        Assert.Equal(terms.Claim().Sum(), (terms with { Payments = [.. split] }).Claim().Sum());
    });

    [Fact]
    public void Interest_first_never_owes_the_debtor_a_better_deal() => ForAny((terms, _) =>
    {
        var (principal, interest) = ((terms with { Allocation = Allocation.PrincipalFirst }).Claim(), (terms with { Allocation = Allocation.InterestFirst }).Claim());
        Assert.True(interest.AccruedInterest >= principal.AccruedInterest);
        Assert.True(interest.Principal >= principal.Principal);
    });

    private static decimal Rounded(decimal amount) => decimal.Round(decimal.Round(amount, 16), 2, MidpointRounding.AwayFromZero);

    private static void ForAny(Action<ClaimTerms, Random> holds)
    {
        var first = Environment.TickCount & 0xFFFFFF;
        for (var seed = first; seed < first + 2_000; seed++)
        {
            var random = new Random(seed);
            var terms = Any(random);
            try
            {
                holds(terms, random);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {seed}: {terms}, payments {string.Join(", ", terms.Payments)}, credit notes {string.Join(", ", terms.CreditNotes)}", failure);
            }
        }
    }

    private static ClaimTerms Any(Random random)
    {
        // Five days late, or claimed five days early: never before the first semester whose rates are known.
        var due = new DateOnly(2019, 1, 6).AddDays(random.Next(0, 3_000));
        var regime = Regimes[random.Next(Regimes.Length)];
        var amount = Money.FromMinor(random.NextInt64(1, random.Next(3) == 0 ? 10_000 : 5_000_000), Currency.Euro);
        DatedAmount[] Some(int most) => [.. Enumerable.Range(0, random.Next(most)).Select(_ =>
            new DatedAmount(due.AddDays(random.Next(-30, 900)), Money.FromMinor(random.NextInt64(1, amount.Minor + 2), Currency.Euro)))];
        return new(regime, amount, due, due.AddDays(random.Next(-5, 1_000)))
        {
            Payments = [.. Some(5)],
            CreditNotes = [.. Some(3)],
            Allocation = (Allocation)random.Next(2),
            // Above every floor; a Belgian consumer's below every cap.
            ContractualRate = random.Next(3) > 0 ? null : regime switch { "fr-b2b" => 15.21m + random.Next(10), "be-b2b" => random.Next(20), "be-b2c" => random.Next(80) / 10m, _ => null },
            FormalNoticeOn = random.Next(2) == 0 ? null : due.AddDays(random.Next(0, 200)),
            JudgmentServedOn = random.Next(2) == 0 ? null : due.AddDays(random.Next(100, 600)),
            Reminder = random.Next(4) == 0 ? null : new(due.AddDays(random.Next(1, 60)), random.Next(2) == 0 ? Channel.Letter : Channel.Email),
            Clause = random.Next(2) == 0,
        };
    }
}
