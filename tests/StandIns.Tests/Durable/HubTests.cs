using Dunning.Service;
using Dunning.TaskHub;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static Dunning.TaskHub.HistoryEvent;

namespace Dunning.StandIns.Tests.Durable;

public sealed class HubTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly StartOrchestrationOptions Named = new("case-1");
    private readonly Hub _hub = new Hub(new VirtualClock(Start)).Add(typeof(Samples));

    [Fact]
    public async Task A_timer_longer_than_three_days_is_a_chain_and_its_hops_are_counted_apart()
    {
        await Begin(nameof(Samples.Sleeper), 10);
        await _hub.AdvanceTo(Start.AddDays(9.9));
        Assert.Equal(OrchestrationRuntimeStatus.Running, await Status());
        await _hub.AdvanceTo(Start.AddDays(10));
        Assert.Equal("awake", (await Known()).ReadOutputAs<string>());
        var count = _hub.Count("case-1");
        Assert.Equal(12, count.OfTimerHops);
        Assert.Equal(12, count.Total - count.OfTimerHops);
    }

    [Fact]
    public async Task A_waiter_that_is_never_cancelled_loses_nothing_over_generations()
    {
        await Begin(nameof(Samples.Careful), "");
        for (var i = 0; i < 8; i++)
        {
            await _hub.AdvanceTo(Start.AddHours(9 * i));
            await Raise($"{i}");
            await Raise(i == 7 ? "." : ",");
        }
        await _hub.AdvanceTo(Start.AddDays(30));
        Assert.Equal("0,1,2,3,4,5,6,7.", (await Known()).ReadOutputAs<string>());
        Assert.True(_hub.Count("case-1").Generations > 2);
    }

    [Fact]
    public async Task A_cancelled_waiter_eats_the_next_event()
    {
        await Begin(nameof(Samples.Careless));
        _hub.FireTimers(Start.AddHours(1));
        await Raise("eaten");
        await _hub.Run();
        Assert.Equal(OrchestrationRuntimeStatus.Running, await Status());
        await Raise("heard");
        await _hub.Run();
        Assert.Equal("heard", (await Known()).ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_newest_waiter_is_told_first_and_names_have_no_case()
    {
        await Begin(nameof(Samples.Stacked));
        await Raise("first");
        await Raise("second");
        await _hub.Run();
        Assert.Equal("first before second", (await Known()).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_nobody_waits_for_yet_is_carried_to_the_next_generation()
    {
        await Begin(nameof(Samples.Renewed), false);
        await Raise("early");
        await _hub.AdvanceTo(Start.AddHours(2));
        Assert.Equal("early", (await Known()).ReadOutputAs<string>());
        Assert.Equal(2, _hub.Count("case-1").Generations);
    }

    [Fact]
    public async Task An_unfinished_timer_keeps_the_instance_running()
    {
        await Begin(nameof(Samples.Forgetful));
        Assert.Equal(OrchestrationRuntimeStatus.Running, await Status());
        await _hub.AdvanceTo(Start.AddHours(1));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await Status());
    }

    [Theory]
    [InlineData(8192, OrchestrationRuntimeStatus.Completed)]
    [InlineData(8193, OrchestrationRuntimeStatus.Failed)]
    public async Task A_custom_status_over_16_KB_fails_the_instance(int characters, OrchestrationRuntimeStatus expected)
    {
        await Begin(nameof(Samples.Loud), characters);
        Assert.Equal(expected, await Status());
    }

    [Fact]
    public async Task A_retried_activity_waits_on_durable_timers_and_fails_as_a_task()
    {
        await Begin(nameof(Samples.Retrying));
        await _hub.AdvanceTo(Start.AddMinutes(2.9));
        Assert.Equal(OrchestrationRuntimeStatus.Running, await Status());
        await _hub.AdvanceTo(Start.AddMinutes(3));
        var failed = await Known();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.True(failed.FailureDetails!.IsCausedBy<InvalidOperationException>());
        Assert.Equal(3, _hub.Count("case-1").Activities);
    }

    [Fact]
    public async Task An_activity_whose_completion_was_lost_runs_again_with_the_same_input()
    {
        var runs = new List<ActivityRun>();
        var deaths = 0;
        _hub.Died = () => deaths++;
        _hub.Faults = run =>
        {
            runs.Add(run);
            return run.Attempt == 1 ? ActivityFault.AfterRun : ActivityFault.None;
        };
        await Begin(nameof(Samples.Sleeper), 0);
        Assert.Equal([1, 2], runs.Select(r => r.Attempt));
        Assert.Single(runs.Select(r => r.Input).Distinct());
        Assert.Equal(1, deaths);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await Status());
    }

    [Fact]
    public async Task A_second_completion_of_one_task_changes_nothing()
    {
        _hub.Faults = run => run.Attempt == 1 ? ActivityFault.RunTwice : ActivityFault.None;
        await Begin(nameof(Samples.Careful), "");
        Assert.Equal(OrchestrationRuntimeStatus.Running, await Status());
        Assert.Equal(2, _hub.History("case-1").Count(e => e is TaskCompleted));
    }

    [Fact]
    public async Task An_orchestrator_that_asks_for_something_else_on_replay_is_caught()
    {
        await _hub.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Samples.Random), null, Named);
        await Assert.ThrowsAsync<NonDeterministicOrchestration>(_hub.Run);
    }

    [Fact]
    public async Task An_orchestrator_that_awaits_something_not_durable_is_caught()
    {
        await _hub.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Samples.Impatient), null, Named);
        await Assert.ThrowsAsync<InvalidOperationException>(_hub.Run);
    }

    [Fact]
    public async Task Raising_to_an_unknown_or_a_finished_instance_says_so()
    {
        var unknown = await Assert.ThrowsAsync<RpcException>(() => Raise("lost"));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        await Begin(nameof(Samples.Sleeper), 0);
        var finished = await Assert.ThrowsAsync<RpcException>(() => Raise("lost"));
        Assert.Equal(StatusCode.FailedPrecondition, finished.StatusCode);
    }

    [Fact]
    public async Task A_live_instance_is_never_started_again_and_a_finished_one_only_without_its_dedupe_status()
    {
        await Begin(nameof(Samples.Sleeper), 1);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => Begin(nameof(Samples.Sleeper), 1));
        await _hub.AdvanceTo(Start.AddDays(1));
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => _hub.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(Samples.Sleeper), 1, Named.WithDedupeStatuses(OrchestrationRuntimeStatus.Completed)));
        await Begin(nameof(Samples.Sleeper), 1);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await Status());
    }

    [Fact]
    public async Task A_suspended_instance_hears_everything_when_it_resumes()
    {
        await Begin(nameof(Samples.Careful), "");
        await _hub.Client.SuspendInstanceAsync("case-1");
        await _hub.AdvanceTo(Start.AddDays(1));
        await Raise(".");
        await _hub.Run();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, await Status());
        await _hub.Client.ResumeInstanceAsync("case-1");
        await _hub.Run();
        Assert.Equal(".", (await Known()).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_payload_of_another_shape_fails_the_instance()
    {
        await Begin(nameof(Samples.Stacked));
        await _hub.Client.RaiseEventAsync("case-1", "signal", 42);
        await _hub.Run();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, await Status());
    }

    [Fact]
    public async Task Inputs_and_outputs_are_only_there_when_asked_for()
    {
        await Begin(nameof(Samples.Careful), "x");
        var plain = await _hub.Client.GetInstanceAsync("case-1");
        Assert.Null(plain!.SerializedCustomStatus);
        Assert.Equal("x", (await Known()).ReadCustomStatusAs<string>());
        Assert.Null(await _hub.Client.GetInstanceAsync("nobody"));
    }

    private async Task Begin(string name, object? input = null)
    {
        await _hub.Client.ScheduleNewOrchestrationInstanceAsync(name, input, Named);
        await _hub.Run();
    }

    private Task Raise(string id) => _hub.Client.RaiseEventAsync("case-1", "signal", new Signal(id));

    private async Task<OrchestrationRuntimeStatus> Status() => (await Known()).RuntimeStatus;

    private async Task<OrchestrationMetadata> Known() => (await _hub.Client.GetInstanceAsync("case-1", getInputsAndOutputs: true))!;
}
