using Dunning.Domain;
using Dunning.Service;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Engine;

/// <summary>Reminders of one debtor's invoices leave as one message, each claimed by itself; wherever the process dies, each row leaves once.</summary>
public sealed partial class VoiceTests : IPolicyBook, ISwitches, IPostOffice
{
    private static readonly DateTimeOffset Due = Samples.Policy.Zone.At(new(2026, 10, 28), new(9, 0));
    private static readonly string[] Three = ["a", "b", "c"];

    private readonly MemoryStore _memory = new();
    private readonly MortalStore _store;
    private readonly VirtualClock _clock = new(Samples.Now);
    private readonly DunningEngine _engine;
    private readonly List<OutgoingMessage> _left = [];
    private readonly Queue<SendOutcome> _answers = new();
    private readonly HashSet<string> _alone = [];
    private bool _knows = true;
    private StopCause? _stopped;
    private Action _attempted = () => { };
    private Func<Task> _atTurn = () => Task.CompletedTask;
    private SendOutcome? _told;

    public VoiceTests()
    {
        _store = new(_memory);
        _engine = new(_store, this, this, this, _clock);
    }

    private static CancellationToken Never => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_invoices_of_one_debtor_leave_as_one_message_and_each_row_has_its_outcome()
    {
        await Registered(Three);
        await _engine.Run("b", Never);
        var message = Assert.Single(_left);
        Assert.Equal(["a/courtesy/email/1", "b/courtesy/email/1", "c/courtesy/email/1"], message.Keys.Select(k => k.ToString()));
        Assert.Equal("a", message.Key.Case);
        foreach (var id in Three)
        {
            Assert.Equal((LegStatus.Accepted, message.Joint!.Id), Leg(id) is var leg ? (leg.Status, leg.Joined) : default);
            var copy = await _store.FindMessage(Courtesy(id), Never);
            Assert.Equal((Courtesy(id), message.Identity, message.Body), (copy!.Key, copy.Identity, copy.Body));
        }
        foreach (var id in Three)
            await _engine.Run(id, Never);
        Assert.Single(_left);
    }

    [Fact]
    public async Task More_than_anybody_reads_leave_as_two_messages()
    {
        string[] ids = [.. Enumerable.Range(0, DunningEngine.MostJoined + 2).Select(i => $"i{i:D2}")];
        await Registered(ids);
        foreach (var id in ids)
            await _engine.Run(id, Never);
        Assert.Equal([DunningEngine.MostJoined, 2], _left.Select(m => m.Keys.Count));
        Assert.Equal(ids, _left.SelectMany(m => m.Keys).Select(k => k.Case).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_invoice_alone_leaves_alone()
    {
        await Registered("a");
        await _engine.Run("a", Never);
        Assert.Null(Assert.Single(_left).Joint);
        Assert.Null(Leg("a").Joined);
    }

    [Fact]
    public async Task Another_debtors_another_creditors_and_another_addresss_stand_apart()
    {
        await Registered("a");
        await _store.Append([Samples.Register("other", debtor: "durand"), Samples.Register("theirs", creditor: "zeta", number: "F-9")], Never);
        await _store.Append([Samples.Register("elsewhere")], Never);
        _alone.Add("elsewhere");
        foreach (var id in (string[])["a", "other", "theirs", "elsewhere"])
            await _engine.Run(id, Never);
        Assert.Equal(4, _left.Count);
        Assert.All(_left, m => Assert.Null(m.Joint));
    }

    [Fact]
    public async Task One_that_is_paid_or_held_is_not_in_the_message()
    {
        await Registered(["a", "b", "c", "d"]);
        await _store.Append([Samples.Pay("b", "p1", 1200m)], Never);
        await _store.Append([new("d", "acme", new CaseEvent.Held("talks") { Id = "h" }, Due, "operator")], Never);
        await _engine.Run("c", Never);
        Assert.Equal(["a", "c"], Assert.Single(_left).Keys.Select(k => k.Case));
        Assert.DoesNotContain(_memory.Log("b").Concat(_memory.Log("d")), l => l.Event is CaseEvent.MessageClaimed);
    }

    [Fact]
    public async Task One_that_is_paid_between_the_last_look_and_its_claim_takes_the_others_back_and_they_leave_without_it()
    {
        await Registered(Three);
        _store.Before = commit =>
        {
            if (commit is not { CaseId: "b", Sent: not null })
                return;
            _store.Before = _ => { };
            _memory.Append([Samples.Pay("b", "p1", 1200m)], Never);
        };
        await _engine.Run("a", Never);
        Assert.Empty(_left);
        Assert.Equal(LegStatus.Issued, Leg("a").Status);
        _clock.MoveTo(Due.AddMinutes(1));
        foreach (var id in Three)
            await _engine.Run(id, Never);
        Assert.Equal(["a", "c"], Assert.Single(_left).Keys.Select(k => k.Case));
    }

    [Fact]
    public async Task Throttled_every_row_is_due_again_later_and_may_gather_otherwise()
    {
        await Registered(Three);
        _answers.Enqueue(new SendOutcome.TryAgain(TimeSpan.FromMinutes(20), "429"));
        await _engine.Run("a", Never);
        foreach (var id in Three)
            Assert.Equal((LegStatus.Issued, Due.AddMinutes(20)), Leg(id) is var leg ? (leg.Status, leg.RetryAt!.Value) : default);
        await _store.Append([Samples.Pay("a", "p1", 1200m)], Never);
        _clock.MoveTo(Due.AddMinutes(20));
        await _engine.Run("c", Never);
        Assert.Equal(["b", "c"], _left[^1].Keys.Select(k => k.Case));
        Assert.NotEqual(_left[0].Identity, _left[^1].Identity);
    }

    [Fact]
    public async Task Refused_it_is_refused_for_every_row_and_a_resend_stands_alone()
    {
        await Registered(Three);
        _answers.Enqueue(new SendOutcome.Refused("no such mailbox"));
        await _engine.Run("a", Never);
        Assert.All(Three, id => Assert.Equal(LegStatus.Refused, Leg(id).Status));
        foreach (var id in Three)
            await _store.Append([new(id, "acme", new CaseEvent.ResendAsked(Courtesy(id)) { Id = $"again-{id}" }, Due, "operator")], Never);
        await _engine.Run("a", Never);
        Assert.Null(_left[^1].Joint);
        Assert.Equal(new MessageKey("a", "courtesy", Channel.Email, 2), _left[^1].Key);
    }

    [Fact]
    public async Task Stopped_nothing_leaves_and_resumed_it_leaves_together()
    {
        await Registered(Three);
        _stopped = StopCause.Switch;
        foreach (var id in Three)
            await _engine.Run(id, Never);
        Assert.Empty(_left);
        _stopped = null;
        await _engine.Run("a", Never);
        await _engine.Run("b", Never);
        await _engine.Run("c", Never);
        Assert.All(Three, id => Assert.Equal(LegStatus.Accepted, Leg(id).Status));
        Assert.Equal(3, _left.Sum(m => m.Keys.Count));
    }

    [Fact]
    public async Task Whatever_commit_the_process_dies_at_no_row_leaves_twice_and_none_is_lost()
    {
        for (var commit = 1; commit <= 12; commit++)
            foreach (var after in (bool[])[false, true])
            {
                var world = new VoiceTests();
                await world.Dies(commit, after);
                Assert.All(Three, id => Assert.True(world._left.Count(m => m.Keys.Contains(Courtesy(id))) == 1,
                    $"commit {commit}, {(after ? "after" : "before")}: {string.Join(" | ", world._left.Select(m => string.Join(' ', m.Keys)))}"));
                Assert.All(Three, id => Assert.Equal(LegStatus.Accepted, world.Leg(id).Status));
            }
    }

    [Fact]
    public async Task Dead_before_any_outcome_was_written_it_is_asked_after_once_for_all_rows()
    {
        await Registered(Three);
        _attempted = () => _store.IsDead = true;
        await Assert.ThrowsAsync<Died>(() => _engine.Run("a", Never));
        _store.IsDead = false;
        Assert.All(Three, id => Assert.Equal(LegStatus.Claimed, Leg(id).Status));
        await _engine.Recover(Courtesy("c"), Never);
        Assert.All(Three, id => Assert.Equal(LegStatus.Accepted, Leg(id).Status));
        Assert.Single(_left);
    }

    [Fact]
    public async Task When_nobody_can_say_every_row_waits_for_a_person()
    {
        await Registered(Three);
        _knows = false;
        _answers.Enqueue(new SendOutcome.Uncertain("timeout"));
        await _engine.Run("a", Never);
        Assert.All(Three, id => Assert.Equal(LegStatus.Uncertain, Leg(id).Status));
    }

    private async Task Dies(int commit, bool after)
    {
        await Registered(Three);
        _store.DiesAt = (commit, after);
        for (var life = 0; life < 5; life++)
        {
            _store.IsDead = false;
            try
            {
                foreach (var id in await _store.Orphans(Never))
                    foreach (var (key, _) in MessageFates.Claimed((await _engine.Look(id, Never))!.File).ToList())
                        await _engine.Recover(key, Never);
                foreach (var id in Three)
                    await _engine.Run(id, Never);
            }
            catch (Died)
            {
                continue;
            }
            _clock.MoveTo(_clock.GetUtcNow() + Schedule.AskAfter);
        }
    }

    private async Task Registered(params string[] ids)
    {
        await _store.Append([.. ids.Select(id => Samples.Register(id))], Never);
        _clock.MoveTo(Due);
    }

    private Leg Leg(string id) => _memory.Load(id, Never).Result!.State.Known!.Steps[0].Legs[0];

    private static MessageKey Courtesy(string id) => new(id, "courtesy", Channel.Email, 1);

    public ValueTask<Policy> Get(PolicyRef policy, CancellationToken ct) => ValueTask.FromResult(Samples.Policy);

    public ValueTask<StopCause?> Stopped(string creditor, Policy policy, DateTimeOffset now, CancellationToken ct) => ValueTask.FromResult(_stopped);

    public async ValueTask<IDisposable?> Turn(Channel channel, CancellationToken ct)
    {
        await _atTurn();
        return null;
    }

    public ValueTask<string?> InCommon(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
        ValueTask.FromResult(_alone.Contains(file.Id) ? null : file.Debtor.ReminderEmail);

    public ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
        ValueTask.FromResult(Samples.Message(key.Case, key.Step, at: now) with { Key = key, To = file.Debtor.ReminderEmail! });

    public ValueTask<IReadOnlyList<OutgoingMessage>> Write(string joint, IReadOnlyList<JoinedCase> cases, DateTimeOffset now, CancellationToken ct)
    {
        var parts = new Joint(joint, [.. cases.Select(c => new JointPart(c.Key, c.File.Balance))]);
        return ValueTask.FromResult<IReadOnlyList<OutgoingMessage>>([.. cases.Select(c => Samples.Message(c.Key.Case, c.Key.Step, string.Join(' ', cases.Select(x => x.Key.Case)), now) with { Joint = parts, To = cases[0].File.Debtor.ReminderEmail! })]);
    }

    public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        _left.Add(message);
        _attempted();
        return Task.FromResult(_answers.TryDequeue(out var answer) ? answer : new SendOutcome.Accepted("ref"));
    }

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => Task.FromResult<SendOutcome?>(
        _told ?? (!_knows ? null : _left.Exists(m => m.Identity == message.Identity) ? new SendOutcome.Accepted("ref") : new SendOutcome.TryAgain(TimeSpan.Zero, "never received")));
}
