using Dunning.Domain;
using Dunning.Functions.Orchestration;
using Dunning.TaskHub;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Dunning.Functions.Tests.Orchestration;

/// <summary>The cases of one debtor wake at the same instant, each in an orchestration of its own, and speak with one voice.</summary>
public sealed class VoiceTests
{
    private static readonly string[] Ladder = ["courtesy/email/1", "first/email/1", "second/email/1", "second/sms/1"];

    [Fact]
    public async Task Three_cases_that_wake_together_leave_one_message_and_the_voice_ends()
    {
        await using var world = await AzureWorld.Begin();
        var cases = await Registered(world);
        await world.MoveTo("2026-11-16T12:00:00+01:00");
        Assert.Equal(Ladder.Length, world.Sent.Messages.Count);
        Assert.All(world.Sent.Messages, m => Assert.Equal(cases.Order(StringComparer.Ordinal), m.Keys.Select(k => k.Case)));
        var voice = await world.Hub.Client.GetInstanceAsync(await VoiceOf(world, cases[0]));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, voice!.RuntimeStatus);
        Assert.InRange(world.Hub.Count(voice.InstanceId).OfLongestGeneration, 1, 60);
    }

    [Fact]
    public async Task A_debtor_with_one_open_case_needs_no_voice()
    {
        await using var world = await AzureWorld.Begin();
        var path = await world.Register();
        await world.MoveTo("2026-11-16T12:00:00+01:00");
        Assert.Equal(Ladder.Length, world.Sent.Messages.Count);
        Assert.Null(await world.Hub.Client.GetInstanceAsync(await VoiceOf(world, path.Split('/')[^1])));
    }

    [Fact]
    public async Task A_voice_that_says_nothing_is_not_waited_for_longer_than_ten_minutes()
    {
        await using var world = await AzureWorld.Begin();
        var cases = await Registered(world);
        world.Hub.Add(typeof(Mute));
        await world.Hub.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Mute), null, new StartOrchestrationOptions(await VoiceOf(world, cases[0])));
        await world.MoveTo("2026-10-28T09:05:00+01:00");
        Assert.Empty(world.Sent.Messages);
        await world.MoveTo("2026-10-28T09:11:00+01:00");
        EachOnce(world, cases, Ladder[..1]);
    }

    [Theory]
    [InlineData(nameof(CaseActivities.Speak))]
    [InlineData(nameof(CaseActivities.SendEmail))]
    public async Task A_crash_around_the_voice_changes_nothing_of_what_is_said(string activity)
    {
        foreach (var fault in (ActivityFault[])[ActivityFault.BeforeRun, ActivityFault.AfterRun, ActivityFault.RunTwice])
        {
            await using var world = await AzureWorld.Begin();
            var met = 0;
            world.Hub.Faults = run => run.Name == activity && run.Attempt == 1 && met++ >= 0 ? fault : ActivityFault.None;
            var cases = await Registered(world);
            await world.MoveTo("2026-11-16T12:00:00+01:00");
            Assert.True(met > 0, $"{activity} never ran.");
            EachOnce(world, cases, Ladder);
        }
    }

    [Fact]
    public async Task A_process_that_dies_at_any_commit_around_a_joined_message_says_each_row_once()
    {
        for (var commit = 1; commit <= 12; commit++)
            foreach (var after in (bool[])[false, true])
            {
                await using var world = await AzureWorld.Begin();
                var cases = await Registered(world);
                world.Store.DiesAt = (world.Store.Commits + commit, after);
                await world.MoveTo("2026-10-28T17:00:00+01:00");
                EachOnce(world, cases, Ladder[..1]);
            }
    }

    private static async Task<string[]> Registered(AzureWorld world) =>
        [(await world.Register()).Split('/')[^1], (await world.Register()).Split('/')[^1], (await world.Register()).Split('/')[^1]];

    private static void EachOnce(AzureWorld world, string[] cases, string[] steps) => Assert.Equal(
        cases.SelectMany(c => steps.Select(s => $"{c}/{s}")).Order(StringComparer.Ordinal),
        world.Sent.Messages.SelectMany(m => m.Keys).Select(k => k.ToString()).Order(StringComparer.Ordinal));

    private static async Task<string> VoiceOf(AzureWorld world, string caseId)
    {
        var file = (await world.Store.Load(caseId, default))!.State.Known!;
        return VoiceOrchestration.Of(file.Creditor, file.Debtor.Id);
    }

    private static class Mute
    {
        [Function(nameof(Mute))]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context) => context.CreateTimer(context.CurrentUtcDateTime.AddYears(1), default);
    }
}
