using Dunning.Domain;
using Dunning.Service;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Engine;

/// <summary>What was acknowledged before a claim, and was in no log yet: it stops the message between its claim and its sending (P3).</summary>
public sealed class IntakeTests : IPolicyBook, ISwitches, IPostOffice, IIntake
{
    private static CancellationToken Never => TestContext.Current.CancellationToken;
    private static readonly MessageKey Courtesy = new("a", "courtesy", Channel.Email, 1);

    private readonly MemoryStore _store = new();
    private readonly VirtualClock _clock = new(Samples.Now);
    private readonly List<MessageKey> _sent = [];
    private readonly DunningEngine _engine;
    private Func<Task<bool>> _isBehind = () => Task.FromResult(false);

    public IntakeTests() => _engine = new(_store, this, this, this, _clock, this);

    [Fact]
    public async Task With_everything_read_a_message_leaves()
    {
        await Due();
        await _engine.Deliver(Courtesy, Never);
        Assert.Equal([Courtesy], _sent);
    }

    [Fact]
    public async Task A_delivery_not_read_yet_keeps_a_message_until_it_is_and_once_it_pays_for_ever()
    {
        await Due();
        _isBehind = () => Task.FromResult(true);
        await _engine.Deliver(Courtesy, Never);
        Assert.Empty(_sent);
        Assert.Contains(_store.Log("a"), e => e.Event is CaseEvent.MessageDeferred { Reason: var why } && why.Contains("providers", StringComparison.Ordinal));
        await _store.Append([Samples.Pay("a", "p1", 1200m)], Never);
        _isBehind = () => Task.FromResult(false);
        _clock.MoveTo(_clock.GetUtcNow().AddDays(90));
        await _engine.Run("a", Never);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task A_delivery_that_said_nothing_of_the_invoice_only_delays_its_message()
    {
        await Due();
        _isBehind = () => Task.FromResult(true);
        await _engine.Deliver(Courtesy, Never);
        _isBehind = () => Task.FromResult(false);
        _clock.MoveTo(_clock.GetUtcNow().AddMinutes(2));
        await _engine.Run("a", Never);
        Assert.Equal([Courtesy], _sent);
    }

    [Fact]
    public async Task A_delivery_read_between_the_claim_and_the_look_stops_the_message_too()
    {
        await Due();
        _isBehind = async () =>
        {
            await _store.Append([Samples.Pay("a", "p1", 1200m)], Never);
            return false;
        };
        await _engine.Deliver(Courtesy, Never);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task One_that_was_read_and_folded_in_between_stops_it_as_well()
    {
        await Due();
        _isBehind = async () =>
        {
            await _store.Append([Samples.Pay("a", "p1", 200m)], Never);
            await _engine.Advance("a", Never);
            return false;
        };
        await _engine.Deliver(Courtesy, Never);
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task Whoever_cannot_look_does_not_send_and_nobody_need_be_asked()
    {
        await Due();
        _isBehind = () => throw new StoreUnavailable("away");
        await _engine.Deliver(Courtesy, Never);
        Assert.Empty(_sent);
        Assert.Empty(await _store.Orphans(Never));
    }

    private async Task Due()
    {
        await _store.Append([Samples.Register("a")], Never);
        _clock.MoveTo(Samples.Policy.Zone.At(new(2026, 10, 28), new(9, 0)));
        Assert.Equal([Courtesy], (await _engine.Advance("a", Never)).Due);
    }

    public ValueTask<Policy> Get(PolicyRef policy, CancellationToken ct) => ValueTask.FromResult(Samples.Policy);

    public ValueTask<StopCause?> Stopped(string creditor, Policy policy, DateTimeOffset now, CancellationToken ct) => default;

    public ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
        ValueTask.FromResult(Samples.Message(key.Case, key.Step, at: now));

    public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        _sent.Add(message.Key);
        return Task.FromResult<SendOutcome>(new SendOutcome.Accepted("ref"));
    }

    public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => Task.FromResult<SendOutcome?>(null);

    public Task<bool> IsBehind(string creditor, string caseId, CancellationToken ct) => _isBehind();
}
