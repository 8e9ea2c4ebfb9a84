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
    public void With_a_row_said_alone_and_joined_it_leaves_twice() =>
        Breaks("P2", 200, new() { Post = post => new SaysItTwice(post) });

    [Fact]
    public void With_a_text_older_than_the_last_look_the_wrong_amount_is_asked() =>
        Breaks("P9", 100, new() { Post = post => new WritesTheOldAmount(post) });

    [Fact]
    public void Without_silences_a_promise_is_not_honoured() =>
        Breaks("P7", 100, new() { Disk = (disk, _) => new HidesSilences(disk) });

    [Fact]
    public void Without_silences_a_held_case_speaks() =>
        Breaks("P8", 100, new() { Disk = (disk, _) => new HidesSilences(disk) });

    [Fact]
    public void With_a_lost_wake_up_a_case_is_stuck() =>
        Breaks("P14", 20, new() { Disk = (disk, _) => new LosesWakeUps(disk) });

    [Fact]
    public void With_an_endless_window_a_message_leaves_at_night() =>
        Breaks("P6", 100, new() { Policy = policy => policy with { WindowFrom = new(0, 0), WindowTo = new(23, 59) } });

    [Fact]
    public void Without_quiet_periods_a_message_leaves_in_one() =>
        Breaks("P6", 400, new() { Policy = policy => policy with { QuietPeriods = [] } });

    [Fact]
    public void With_a_shorter_gap_steps_come_too_often() =>
        Breaks("P5", 100, new() { Policy = policy => policy with { MinimumGapDays = 1 } });

    [Fact]
    public void Without_approvals_a_step_leaves_unapproved() =>
        Breaks("P4", 100, new() { Policy = policy => policy with { Steps = [.. policy.Steps.Select(s => s with { Approval = false })] } });

    [Fact]
    public void With_a_missing_step_the_ladder_is_skipped() =>
        Breaks("P4", 100, new() { Policy = policy => policy with { Steps = [.. policy.Steps.Skip(1)] } });

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
