using Dunning.Functions.Orchestration;
using Dunning.TaskHub;

namespace Dunning.Functions.Tests.Orchestration;

/// <summary>Processes die around activities and commits; what was decided is done, once.</summary>
public sealed class CrashTests
{
    private static readonly string[] Whole = ["courtesy/email/1", "first/email/1", "second/email/1", "second/sms/1", "formal-notice/letter/1", "formal-notice/email/1"];

    public static TheoryData<string, ActivityFault> Activities()
    {
        var data = new TheoryData<string, ActivityFault>();
        foreach (var activity in new[] { nameof(CaseActivities.Advance), nameof(CaseActivities.SendEmail), nameof(CaseActivities.SendSms), nameof(CaseActivities.StoreLetter), nameof(CaseActivities.OpenTask), nameof(CaseActivities.Receive) })
            foreach (var fault in new[] { ActivityFault.BeforeRun, ActivityFault.AfterRun, ActivityFault.RunTwice })
                data.Add(activity, fault);
        return data;
    }

    [Theory]
    [MemberData(nameof(Activities))]
    public async Task A_crash_around_an_activity_changes_nothing_of_what_is_sent(string activity, ActivityFault fault)
    {
        await using var world = await AzureWorld.Begin();
        var met = 0;
        world.Hub.Faults = run => run.Name == activity && run.Attempt == 1 && met++ >= 0 ? fault : ActivityFault.None;
        var path = await world.Register();
        await world.MoveTo("2026-11-12T10:00:00+01:00");
        await world.Post($"{path}/hold", new { reason = "talks", until = "2026-11-13" });
        await world.Hub.Client.RaiseEventAsync(path.Split('/')[^1], "PaymentReceived", new { id = "p1", amount = 0.01m, date = "2026-11-06" });
        await world.Hub.Run();
        await world.MoveTo("2027-01-15T10:00:00+01:00");
        Assert.True(met > 0, $"{activity} never ran.");
        Assert.Equal(Whole, Steps(world));
        Assert.Equal("posting", (await world.Get(path))["next.waitingFor"]);
    }

    [Fact]
    public async Task A_process_that_dies_at_any_commit_sends_each_message_once_when_the_provider_remembers()
    {
        for (var commit = 1; ; commit++)
            foreach (var after in new[] { false, true })
            {
                await using var world = await AzureWorld.Begin();
                world.Store.DiesAt = (commit, after);
                var path = await world.Register();
                await world.MoveTo("2027-01-15T10:00:00+01:00");
                // The channels of a step may change places, the steps never.
                Assert.True(Whole.Order().SequenceEqual(Steps(world).Order()) && Whole.Select(StepOf).SequenceEqual(Steps(world).Select(StepOf)), $"commit {commit}, {(after ? "after" : "before")}: {string.Join(' ', Steps(world))}");
                Assert.Equal("posting", (await world.Get(path))["next.waitingFor"]);
                if (after && world.Store.Commits < commit)
                {
                    Assert.True(commit > 15, $"Only {commit} commits were made.");
                    return;
                }
            }
    }

    [Fact]
    public async Task A_process_that_dies_between_claim_and_send_leaves_a_doubt_to_a_person_when_nobody_can_say()
    {
        await using var world = await AzureWorld.Begin();
        world.Sent.Remembers = false;
        // The decision, then the claim.
        world.Store.DiesAt = (2, true);
        var path = await world.Register();
        await world.MoveTo("2026-12-31T10:00:00+01:00");
        Assert.Empty(world.Sent.Messages);
        var shown = await world.Get(path);
        Assert.Equal("uncertainMessage", shown["next.waitingFor"]);
        Assert.Equal(202, (await world.Post($"{path}/messages/courtesy/email/1/outcome", new { outcome = "notSent" })).Status);
        await world.MoveTo("2027-01-15T10:00:00+01:00");
        Assert.Contains("first/email/1", Steps(world));
        Assert.Equal(Steps(world).Distinct(), Steps(world));
    }

    private static string StepOf(string message) => message.Split('/')[0];

    private static IEnumerable<string> Steps(AzureWorld world) => world.Sent.Messages.Select(m => m.Key.ToString().Split('/', 2)[1]);
}
