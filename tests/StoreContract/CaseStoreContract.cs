using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.StoreContract.Samples;

namespace Dunning.StoreContract;

/// <summary>What every host's store does, whatever it is made of.</summary>
public abstract class CaseStoreContract
{
    private static readonly CancellationToken Never = CancellationToken.None;

    protected abstract ICaseStore Store { get; }

    [Fact]
    public async Task A_case_nobody_registered_is_not_there() => Assert.Null(await Store.Load("nobody", Never));

    [Fact]
    public async Task A_registered_case_is_loaded_as_it_was_decided()
    {
        var register = Register("a");
        Assert.Equal(new AppendOutcome.Appended(1), await Append(register));
        var stored = await Load("a");
        Assert.Equal(("a", 1L, 1L), (stored.Id, stored.Version, stored.LastSeq));
        Assert.Empty(stored.Unread);
        Assert.Equal(Json(register.Created!.State), Json(stored.State));
    }

    [Fact]
    public async Task Events_and_tasks_that_come_with_a_registration_are_stored_with_it()
    {
        var register = Register("a");
        await Append(register with { Created = register.Created! with { Events = [new(2, Now, "engine", new CaseEvent.WokeUp())], Opened = [Chore("a", 1)] } });
        var stored = await Load("a");
        Assert.Equal((1L, 2L), (stored.Version, stored.LastSeq));
        Assert.Empty(stored.Unread);
    }

    [Fact]
    public async Task A_case_is_created_once()
    {
        await Append(Register("a"));
        Assert.IsType<AppendOutcome.Exists>(await Append(Register("a", amount: 5m)));
        Assert.Equal(Json(Register("a").Created!.State), Json((await Load("a")).State));
    }

    [Fact]
    public async Task An_appended_event_is_unread_until_a_commit_folds_it()
    {
        await Append(Register("a"));
        Assert.Equal(new AppendOutcome.Appended(2), await Append(Pay("a", "p1")));
        var stored = await Load("a");
        var unread = Assert.Single(stored.Unread);
        Assert.Equal(new LoggedEvent(2, Now.AddMinutes(1), "key-2", Payment("p1")), unread);
        Assert.Equal((2L, 2L), (stored.Version, stored.LastSeq));

        Assert.True(await Store.Commit(Fold(stored), Never));
        stored = await Load("a");
        Assert.Empty(stored.Unread);
        Assert.Equal((3L, 2L), (stored.Version, stored.LastSeq));
        Assert.Equal(Money.Of(1100m, Currency.Euro), stored.State.Known!.Balance);
    }

    [Fact]
    public async Task A_commit_adds_its_own_events_after_those_it_folded()
    {
        await Append(Register("a"));
        await Append(Pay("a", "p1"));
        var stored = await Load("a");
        Assert.True(await Store.Commit(Fold(stored) with { Events = [new(3, Now, "engine", new CaseEvent.WokeUp())] }, Never));
        Assert.Equal(3, (await Load("a")).LastSeq);
        Assert.Equal(new AppendOutcome.Appended(4), await Append(Pay("a", "p2")));
        Assert.Equal(4, Assert.Single((await Load("a")).Unread).Seq);
    }

    [Fact]
    public async Task A_commit_on_a_version_that_moved_writes_nothing()
    {
        await Append(Register("a"));
        var looked = await Load("a");
        await Append(Pay("a", "p1"));
        var message = Message("a");
        Assert.False(await Store.Commit(Fold(looked) with { Events = [new(2, Now, "engine", new CaseEvent.WokeUp())], Sent = message }, Never));
        Assert.Null(await Store.FindMessage(message.Key, Never));
        var stored = await Load("a");
        Assert.Equal((2L, 2L), (stored.Version, stored.LastSeq));
        Assert.Single(stored.Unread);
    }

    [Fact]
    public async Task A_commit_to_a_case_nobody_registered_is_refused() => Assert.False(await Store.Commit(Register("a").Created!, Never));

    [Fact]
    public async Task Of_two_commits_on_one_version_one_is_written()
    {
        await Append(Register("a"));
        var commit = Fold(await Load("a"));
        var written = await Task.WhenAll(Task.Run(() => Store.Commit(commit, Never)), Task.Run(() => Store.Commit(commit, Never)));
        Assert.Single(written, true);
        Assert.Equal(2, (await Load("a")).Version);
    }

    [Fact]
    public async Task A_fact_its_creditor_told_before_is_known_with_its_answer()
    {
        await Append(Register("a"));
        await Append(Pay("a", "p1") with { Answer = "{\"eventId\":\"p1\"}" });
        var again = Assert.IsType<AppendOutcome.Known>(await Append(Pay("a", "p1", amount: 7m) with { Answer = "other" }));
        Assert.Equal(new AppendOutcome.Known("a", Payment("p1"), "{\"eventId\":\"p1\"}"), again);
        Assert.Single((await Load("a")).Unread);
    }

    [Fact]
    public async Task A_fact_id_belongs_to_its_creditor()
    {
        await Append(Register("a"));
        await Append(Register("b", creditor: "other"));
        await Append(Pay("a", "p1"));
        Assert.IsType<AppendOutcome.Appended>(await Append(Pay("b", "p1", creditor: "other")));
    }

    [Fact]
    public async Task A_fact_without_an_id_is_never_known()
    {
        await Append(Register("a"));
        await Append(Pay("a", ""));
        Assert.Equal(new AppendOutcome.Appended(3), await Append(Pay("a", "")));
    }

    [Fact]
    public async Task A_registration_that_carries_a_fact_id_is_known_by_it()
    {
        await Append(Register("a", fact: "r1"));
        Assert.Equal("a", Assert.IsType<AppendOutcome.Known>(await Append(Register("b", fact: "r1"))).CaseId);
        Assert.Null(await Store.Load("b", Never));
    }

    [Fact]
    public async Task Appends_of_one_call_are_independent_and_answered_in_order()
    {
        await Append(Register("a"));
        var outcomes = await Store.Append(
            [Pay("nobody", "p0"), Pay("a", "p1"), Pay("a", "p1"), Register("a"), Register("b"), Pay("b", "p2"), Pay("a", "p3") with { IfVersion = 1 }], Never);
        Assert.Collection(
            outcomes,
            o => Assert.IsType<AppendOutcome.NoSuchCase>(o),
            o => Assert.Equal(new AppendOutcome.Appended(2), o),
            o => Assert.IsType<AppendOutcome.Known>(o),
            o => Assert.IsType<AppendOutcome.Exists>(o),
            o => Assert.Equal(new AppendOutcome.Appended(1), o),
            o => Assert.Equal(new AppendOutcome.Appended(2), o),
            o => Assert.IsType<AppendOutcome.VersionMoved>(o));
    }

    [Fact]
    public async Task A_refused_append_leaves_its_fact_id_free()
    {
        await Append(Register("a"));
        Assert.IsType<AppendOutcome.VersionMoved>(await Append(Pay("a", "p1") with { IfVersion = 9 }));
        Assert.IsType<AppendOutcome.Appended>(await Append(Pay("a", "p1") with { IfVersion = 1 }));
    }

    [Fact]
    public async Task Nothing_to_append_is_nothing() => Assert.Empty(await Store.Append([], Never));

    [Fact]
    public async Task Due_are_the_woken_and_the_unread_the_earliest_first()
    {
        await Append(Register("late").With(i => i with { WakeAt = Now }));
        await Append(Register("early").With(i => i with { WakeAt = Now.AddHours(-1) }));
        await Append(Register("asleep").With(i => i with { WakeAt = Now.AddTicks(1) }));
        await Append(Register("asleep-unread").With(i => i with { WakeAt = Now.AddHours(2) }));
        await Append(Register("waits").With(i => i with { WakeAt = null }));
        await Append(Register("waits-unread").With(i => i with { WakeAt = null }));
        await Append(Register("early-unread").With(i => i with { WakeAt = Now.AddHours(-2) }));
        foreach (var id in (string[])["asleep-unread", "waits-unread", "early-unread"])
            await Append(Pay(id, id));
        var due = await Store.Due(Now, 10, Never);
        Assert.Equal(["early-unread", "early", "late", "asleep-unread", "waits-unread"], due.Cases);
        Assert.Equal(Now.AddTicks(1), due.NextWake);
    }

    [Fact]
    public async Task Beside_a_case_stand_the_others_of_its_debtor_that_have_something_to_do()
    {
        await Append(Register("mine").With(i => i with { WakeAt = Now }));
        await Append(Register("woken").With(i => i with { WakeAt = Now }));
        await Append(Register("claimed").With(i => i with { WakeAt = Now.AddDays(1), HasClaim = true }));
        await Append(Register("unread").With(i => i with { WakeAt = Now.AddDays(1) }));
        await Append(Pay("unread", "p1"));
        await Append(Register("asleep").With(i => i with { WakeAt = Now.AddTicks(1) }));
        await Append(Register("waits").With(i => i with { WakeAt = null }));
        await Append(Register("stranger", debtor: "durand").With(i => i with { WakeAt = Now }));
        await Append(Register("theirs", creditor: "zeta").With(i => i with { WakeAt = Now }));
        Assert.Equal(["claimed", "unread", "woken"], await Store.Beside("mine", "acme", "martin", Now, Never));
        Assert.Empty(await Store.Beside("x", "acme", "nobody", Now, Never));
    }

    [Fact]
    public async Task A_case_that_closes_and_opens_again_stands_beside_the_others_again()
    {
        await Append(Register("a").With(i => i with { WakeAt = Now }));
        var paid = Fold(await Load("a"));
        Assert.True(await Store.Commit(paid with { Index = paid.Index with { Status = CaseStatus.Paid, WakeAt = null } }, Never));
        Assert.Empty(await Store.Beside("x", "acme", "martin", Now, Never));
        var open = Fold(await Load("a"));
        Assert.True(await Store.Commit(open with { Index = open.Index with { WakeAt = Now } }, Never));
        Assert.Equal(["a"], await Store.Beside("x", "acme", "martin", Now, Never));
    }

    [Fact]
    public async Task A_row_of_a_joined_message_keeps_what_it_left_in()
    {
        await Append(Register("a"));
        var joint = new Joint("a/first/email/1+0123456789abcdef", [new(Message("a").Key, Money.Of(1200m, Currency.Euro)) { Enclosed = new("F-a.pdf", 3, "abc") }, new(Message("b").Key, Money.Of(1m, Currency.Euro))]);
        Assert.True(await Store.Commit(Fold(await Load("a")) with { Sent = Message("a") with { Joint = joint } }, Never));
        var kept = (await Store.FindMessage(Message("a").Key, Never))!;
        Assert.Equal((joint.Id, "a/first/email/1 b/first/email/1", "F-a.pdf"), (kept.Identity, string.Join(' ', kept.Keys), Assert.Single(kept.Files).FileName));
        Assert.Equal(["a", "b"], kept.Cases);
        Assert.Equal(joint.Parts, kept.Joint!.Parts);
    }

    [Fact]
    public async Task Due_stops_at_its_limit_and_still_tells_the_next_wake_up()
    {
        for (var i = 0; i < 5; i++)
            await Append(Register($"c{i}").With(x => x with { WakeAt = Now.AddMinutes(i) }));
        var due = await Store.Due(Now.AddMinutes(3), 2, Never);
        Assert.Equal(["c0", "c1"], due.Cases);
        Assert.Equal(Now.AddMinutes(4), due.NextWake);
    }

    [Fact]
    public async Task Nothing_due_has_no_next_wake_up()
    {
        Assert.Null((await Store.Due(Now, 10, Never)).NextWake);
        Assert.Empty((await Store.Due(Now, 10, Never)).Cases);
    }

    [Fact]
    public async Task A_commit_moves_the_wake_up()
    {
        await Append(Register("a").With(i => i with { WakeAt = Now }));
        var commit = Fold(await Load("a"));
        await Store.Commit(commit with { Index = commit.Index with { WakeAt = Now.AddDays(1) } }, Never);
        Assert.Equal(new DueCases([], Now.AddDays(1)), await Store.Due(Now, 10, Never), (a, b) => a.Cases.SequenceEqual(b.Cases) && a.NextWake == b.NextWake);
    }

    [Fact]
    public async Task Orphans_are_the_cases_with_a_claim_until_it_has_an_outcome()
    {
        await Append(Register("b").With(i => i with { HasClaim = true }));
        await Append(Register("a").With(i => i with { HasClaim = true }));
        await Append(Register("c"));
        Assert.Equal(["a", "b"], await Store.Orphans(Never));
        await Store.Commit(Fold(await Load("b")), Never);
        Assert.Equal(["a"], await Store.Orphans(Never));
    }

    [Fact]
    public async Task Stopped_cases_are_found_by_creditor_or_all()
    {
        await Append(Register("b", creditor: "acme").With(i => i with { IsStopped = true }));
        await Append(Register("a", creditor: "other").With(i => i with { IsStopped = true }));
        await Append(Register("c"));
        Assert.Equal(["a", "b"], await Store.Stopped(null, Never));
        Assert.Equal(["a"], await Store.Stopped("other", Never));
        Assert.Empty(await Store.Stopped("nobody", Never));
    }

    [Fact]
    public async Task A_message_is_kept_with_its_claim_and_rewritten_under_its_key()
    {
        await Append(Register("a"));
        Assert.Null(await Store.FindMessage(Message("a").Key, Never));
        await Store.Commit(Fold(await Load("a")) with { Sent = Message("a") }, Never);
        Assert.Equal(Message("a"), await Store.FindMessage(Message("a").Key, Never));
        await Store.Commit(Fold(await Load("a")) with { Sent = Message("a", body: "Bonsoir") }, Never);
        Assert.Equal("Bonsoir", (await Store.FindMessage(Message("a").Key, Never))!.Body);
    }

    protected async Task<AppendOutcome> Append(CaseAppend append) => (await Store.Append([append], Never))[0];

    protected async Task<StoredCase> Load(string id) => (await Store.Load(id, Never))!;
}
