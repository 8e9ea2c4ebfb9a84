using Dunning.Domain;
using Dunning.Service;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.StoreContract;

namespace Dunning.Local.Tests.Engine;

/// <summary>A provider takes so many messages at a time: the others wait before their claim, and so before the last look.</summary>
public class TurnTests
{
    private static CancellationToken Never => TestContext.Current.CancellationToken;
    private static readonly MessageKey Courtesy = new("a", "courtesy", Channel.Email, 1);

    private readonly MemoryStore _store = new();
    private readonly VirtualClock _clock = new(Samples.Now);
    private readonly CrowdedPost _post = new();
    private readonly DunningEngine _engine;

    public TurnTests() => _engine = new(_store, new OnePolicy(), _post, new NeverStopped(), _clock);

    [Fact]
    public async Task A_message_that_waits_for_its_turn_is_not_claimed_yet()
    {
        await Decided();
        var delivering = _engine.Deliver(Courtesy, Never);
        Assert.Null(await _store.FindMessage(Courtesy, Never));
        _post.LetOneIn();
        await delivering;
        Assert.Equal([Courtesy], _post.Sent);
    }

    [Fact]
    public async Task A_payment_told_while_a_message_waits_for_its_turn_stops_it()
    {
        await Decided();
        var delivering = _engine.Deliver(Courtesy, Never);
        await _store.Append([Samples.Pay("a", "p1", 1200m)], Never);
        _post.LetOneIn();
        await delivering;
        Assert.Empty(_post.Sent);
    }

    [Fact]
    public async Task The_post_office_lets_in_as_many_as_the_sender_takes()
    {
        using var office = new PostOffice(null!, null!, null!, null!, null!, null!, null!, new Dictionary<Channel, IMessageSender> { [Channel.Email] = new TwoAtOnce() });
        var first = await office.Turn(Channel.Email, Never);
        await office.Turn(Channel.Email, Never);
        var third = office.Turn(Channel.Email, Never);
        Assert.False(third.IsCompleted);
        Assert.Null(await office.Turn(Channel.Letter, Never));
        first!.Dispose();
        Assert.NotNull(await third);
    }

    private async Task Decided()
    {
        await _store.Append([Samples.Register("a")], Never);
        _clock.MoveTo(Samples.Policy.Zone.At(new(2026, 10, 28), new(9, 0)));
        Assert.Equal([Courtesy], (await _engine.Advance("a", Never)).Due);
    }

    private sealed class CrowdedPost : IPostOffice
    {
        private readonly TaskCompletionSource<IDisposable?> _turn = new();

        public List<MessageKey> Sent { get; } = [];

        public void LetOneIn() => _turn.SetResult(null);

        public async ValueTask<IDisposable?> Turn(Channel channel, CancellationToken ct) => await _turn.Task;

        public ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
            ValueTask.FromResult(Samples.Message(key.Case, key.Step, at: now));

        public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
        {
            Sent.Add(message.Key);
            return Task.FromResult<SendOutcome>(new SendOutcome.Accepted("ref"));
        }

        public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => Task.FromResult<SendOutcome?>(null);
    }

    private sealed class TwoAtOnce : IMessageSender
    {
        public int? AtOnce => 2;

        public Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct) => throw new NotSupportedException();

        public Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct) => throw new NotSupportedException();
    }

    private sealed class OnePolicy : IPolicyBook
    {
        public ValueTask<Policy> Get(PolicyRef policy, CancellationToken ct) => ValueTask.FromResult(Samples.Policy);
    }

    private sealed class NeverStopped : ISwitches
    {
        public ValueTask<StopCause?> Stopped(string creditor, Policy policy, DateTimeOffset now, CancellationToken ct) => ValueTask.FromResult<StopCause?>(null);
    }
}
