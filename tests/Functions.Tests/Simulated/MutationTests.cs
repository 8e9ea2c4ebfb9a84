using Dunning.Simulation;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>A simulation that passes proves nothing until it has failed: each thing the Azure host rests on is taken away in turn.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    [Fact]
    public void With_a_timeout_in_a_loop_what_was_raised_is_swallowed() =>
        Breaks("P1", 30, new() { Orchestration = typeof(SwallowsEvents) });

    [Fact]
    public void With_a_timeout_in_a_loop_and_no_sweep_a_case_is_stuck() =>
        Breaks("P14", 30, new() { Orchestration = typeof(SwallowsEvents), Sweeps = false });

    [Fact]
    public void With_waiters_that_are_not_armed_again_a_case_is_stuck() =>
        Breaks("P14", 30, new() { Orchestration = typeof(ListensOnce), Sweeps = false });

    [Fact]
    public void Without_the_sweep_a_lost_signal_leaves_a_case_stuck() =>
        Breaks("P14", 30, new() { Sweeps = false });

    [Fact]
    public void With_instances_that_fail_and_no_sweep_a_case_is_stuck() =>
        Breaks("P14", 30, new() { Orchestration = typeof(FailsWithItsActivities), Sweeps = false });

    [Fact]
    public void Without_keeping_what_could_not_be_sunk_a_fact_is_lost() =>
        Breaks("P1", 200, new() { Orchestration = typeof(DropsWhatItCouldNotSink) });

    [Fact]
    public void Without_the_claim_a_message_is_handed_over_unclaimed() =>
        Breaks("P2", 30, new() { Activities = typeof(SendsWithoutAClaim) });

    [Fact]
    public void With_commits_that_ignore_the_version_a_debtor_who_paid_is_reminded() =>
        Breaks("P3", 60, new() { Disk = (disk, _) => new IgnoresVersions(disk) });

    [Fact]
    public void With_a_timeout_taken_for_a_refusal_a_message_leaves_twice() =>
        Breaks("P2", 60, new() { Post = post => new TrustsTimeouts(post) });

    [Fact]
    public void Without_asking_the_provider_an_orphan_leaves_twice() =>
        Breaks("P2", 60, new() { Post = post => new AsksNobody(post) });

    private void Breaks(string promise, ulong within, Weakness weakness)
    {
        for (var seed = 1UL; seed <= within; seed++)
            try
            {
                SimulatedHost.Run(seed, weakness);
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
