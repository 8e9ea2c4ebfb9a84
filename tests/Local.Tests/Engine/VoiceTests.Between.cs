using Dunning.Domain;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Engine;

/// <summary>What changes between the gathering and the claims, and between the claims and the sending.</summary>
public sealed partial class VoiceTests
{
    private const string Old = "compta@example.org";
    private const string New = "nouvelle@example.org";

    [Theory]
    [InlineData("a", "b c")]
    [InlineData("b", "a c")]
    public async Task A_contact_corrected_after_the_gathering_leaves_the_message_and_speaks_to_the_new_address(string corrected, string others)
    {
        await Registered(Three);
        _atTurn = () => Corrected(corrected);
        await _engine.Run("a", Never);
        foreach (var id in Three)
            await _engine.Run(id, Never);
        Assert.Equal([(Old, others), (New, corrected)], _left.Select(m => (m.To, string.Join(' ', m.Keys.Select(k => k.Case)))).Order());
    }

    [Fact]
    public async Task A_creditor_that_wants_each_alone_after_the_gathering_has_each_alone()
    {
        await Registered(Three);
        _atTurn = () =>
        {
            _alone.UnionWith(Three);
            return Task.CompletedTask;
        };
        foreach (var id in Three)
            await _engine.Run(id, Never);
        Assert.Equal(3, _left.Count);
        Assert.All(_left, m => Assert.Null(m.Joint));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a", "b", "c")]
    public async Task Whoever_stalls_after_its_claims_sends_nothing_that_another_has_sent_meanwhile(params string[] ids)
    {
        await Registered(ids);
        Stalls(ids[^1], async () =>
        {
            _clock.MoveTo(Due + Schedule.AskAfter);
            foreach (var id in ids)
                await _engine.Recover(Courtesy(id), Never);
            _clock.MoveTo(Due + Schedule.AskAfter + TimeSpan.FromMinutes(2));
            foreach (var id in ids)
                await _engine.Run(id, Never);
        });
        await _engine.Run(ids[0], Never);
        Assert.Equal(ids, Assert.Single(_left).Keys.Select(k => k.Case));
        Assert.All(ids, id => Assert.Equal(LegStatus.Accepted, Leg(id).Status));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a", "b", "c")]
    public async Task A_claim_that_was_settled_by_somebody_else_is_not_sent_on_however_soon(params string[] ids)
    {
        await Registered(ids);
        Stalls(ids[^1], async () =>
        {
            _clock.MoveTo(Due.AddMinutes(1));
            _told = new SendOutcome.Refused("no such mailbox");
            await _engine.Recover(Courtesy(ids[^1]), Never);
        });
        await _engine.Run(ids[0], Never);
        Assert.Empty(_left);
        Assert.All(ids, id => Assert.Equal(LegStatus.Refused, Leg(id).Status));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(9, false)]
    public async Task A_claim_grown_old_is_given_back_rather_than_sent_on(int minutes, bool leaves)
    {
        foreach (var ids in (string[][])[["a"], Three])
        {
            var world = new VoiceTests();
            await world.Registered(ids);
            world.Stalls(ids[^1], () =>
            {
                world._clock.MoveTo(Due.AddMinutes(minutes));
                return Task.CompletedTask;
            });
            await world._engine.Run(ids[0], Never);
            Assert.Equal(leaves ? 1 : 0, world._left.Count);
            Assert.All(ids, id => Assert.Equal(leaves ? LegStatus.Accepted : LegStatus.Issued, world.Leg(id).Status));
            world._clock.MoveTo(Due.AddMinutes(minutes + 2));
            await world._engine.Run(ids[0], Never);
            Assert.Equal(ids, Assert.Single(world._left).Keys.Select(k => k.Case));
        }
    }

    [Fact]
    public async Task What_is_told_late_of_a_message_says_nothing_of_another_its_rows_left_with_meanwhile()
    {
        await Registered(Three);
        _told = new SendOutcome.TryAgain(TimeSpan.Zero, "never received");
        _answers.Enqueue(new SendOutcome.Uncertain("timeout"));
        _answers.Enqueue(new SendOutcome.Refused("no such mailbox"));
        _attempted = () => Otherwise().GetAwaiter().GetResult();
        await _engine.Run("a", Never);
        Assert.Equal(["a b c", "a c"], _left.Select(m => string.Join(' ', m.Keys.Select(k => k.Case))));
        // Of the second nobody knows yet, whatever became of the first.
        Assert.All((string[])["a", "c"], id => Assert.Equal((LegStatus.Claimed, _left[1].Joint!.Id), Leg(id) is var leg ? (leg.Status, leg.Joined) : default));

        async Task Otherwise()
        {
            _attempted = () => { };
            _clock.MoveTo(Due + Schedule.AskAfter);
            foreach (var id in Three)
                await _engine.Recover(Courtesy(id), Never);
            await _store.Append([Samples.Pay("b", "p1", 1200m)], Never);
            _clock.MoveTo(Due + Schedule.AskAfter + TimeSpan.FromMinutes(2));
            await _engine.Run("a", Never);
        }
    }

    // Once, right after the claim of that case.
    private void Stalls(string id, Func<Task> meanwhile) => _store.After = async commit =>
    {
        if (commit is not { Sent: not null } || commit.CaseId != id)
            return;
        _store.After = _ => Task.CompletedTask;
        await meanwhile();
    };

    private async Task Corrected(string id)
    {
        _atTurn = () => Task.CompletedTask;
        var debtor = (await _engine.Look(id, Never))!.File.Debtor;
        await _store.Append([new(id, "acme", new CaseEvent.ContactChanged(debtor with { Email = New }) { Id = $"contact-{id}" }, Due, "operator")], Never);
    }
}
