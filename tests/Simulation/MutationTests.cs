namespace Dunning.Simulation;

/// <summary>A simulation that passes proves nothing until it has failed: each thing the promises rest on is taken away in turn.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    [Fact]
    public void Without_the_claim_a_message_leaves_twice() =>
        Breaks("P2", 20, new() { Disk = (disk, _) => new ForgetsClaims(disk) });

    [Fact]
    public void Without_the_last_look_a_debtor_who_paid_is_reminded() =>
        Breaks("P3", 200, new() { Disk = (disk, _) => new ClaimsBlindly(disk) });

    [Fact]
    public void Without_the_last_look_a_silence_is_broken() =>
        Breaks("P8", 400, new() { Disk = (disk, _) => new ClaimsBlindly(disk) });

    [Fact]
    public void With_arrivals_hidden_nobody_who_paid_is_left_in_peace() =>
        Breaks("P3", 50, new() { Disk = (disk, _) => new HidesArrivals(disk) });

    [Fact]
    public void Without_the_dedupe_a_fact_told_twice_is_on_the_record_twice() =>
        Breaks("P1", 20, new() { Disk = (disk, _) => new ForgetsFacts(disk) });

    [Fact]
    public void Without_the_transaction_the_state_says_what_the_log_does_not() =>
        Breaks("P12", 50, new() { Disk = (disk, chance) => new TearsEvents(disk, chance) });

    [Fact]
    public void Without_the_transaction_a_message_leaves_no_copy() =>
        Breaks("P12", 50, new() { Disk = (disk, chance) => new TearsMessages(disk, chance) });

    [Fact]
    public void Without_durability_an_acknowledged_fact_is_lost() =>
        Breaks("P1", 20, new() { Disk = (disk, chance) => new AnswersEarly(disk, chance) });

    [Fact]
    public void Without_asking_the_provider_an_orphan_leaves_twice() =>
        Breaks("P2", 50, new() { Post = post => new AsksNobody(post) });

    [Fact]
    public void With_a_timeout_taken_for_a_refusal_a_message_leaves_twice() =>
        Breaks("P2", 50, new() { Post = post => new TrustsTimeouts(post) });

    [Fact]
    public void With_a_text_older_than_the_last_look_the_wrong_amount_is_asked() =>
        Breaks("P9", 100, new() { Post = post => new WritesTheOldAmount(post) });

    private void Breaks(string promise, ulong within, Weakness weakness)
    {
        for (var seed = 1UL; seed <= within; seed++)
            try
            {
                Simulation.Run(seed, weakness);
            }
            catch (BrokenPromise broken) when (broken.Promise == promise)
            {
                output.WriteLine($"seed {seed}: {broken.Message}");
                return;
            }
            catch (BrokenPromise)
            {
                // Another promise went first: the next seed may show the one that matters here.
            }
        Assert.Fail($"{within} seeds went by and {promise} held.");
    }
}
