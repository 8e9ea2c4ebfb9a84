using Dunning.Domain;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;

namespace Dunning.Simulation;

/// <summary>A message that physically left: what the promises are checked against, whatever anyone believes.</summary>
internal sealed record Departure(MessageKey Key, DateTimeOffset At, Money Balance);

/// <summary>Providers of every mood. What they do to a message and what they say about it are two things.</summary>
internal sealed class PostOffice(Func<Task> pause, Chance chance, Func<Faults> faults, Witness witness, TimeProvider clock) : IPostOffice
{
    // By what carriers know a message by: one that is joined is one to them.
    private readonly Dictionary<string, SendOutcome> _known = [];
    private readonly List<DateTimeOffset> _underway = [];
    private readonly Dictionary<string, (DateTimeOffset At, OutgoingMessage Message)> _late = [];
    private readonly HashSet<MessageKey> _taken = [];
    private readonly HashSet<string> _floors = [];

    /// <summary>Called when a message was taken: news of it will follow.</summary>
    public Action<OutgoingMessage> Taken { get; set; } = _ => { };

    /// <summary>Calls in flight give up after this; the clock of a living process does not pass it.</summary>
    public DateTimeOffset? Patience => _underway.Count == 0 ? null : _underway.Min() + DunningEngine.SendTimeout;

    public void LoseConnections()
    {
        _underway.Clear();
        _floors.Clear();
    }

    public bool Took(MessageKey key) => _taken.Contains(key) || _late.Values.Any(l => l.Message.Keys.Contains(key));

    /// <summary>Now and then nobody keeps order, as between two processes.</summary>
    public async ValueTask<IDisposable?> Floor(string creditor, string debtor, CancellationToken ct)
    {
        if (chance.OneIn(5))
            return null;
        while (!_floors.Add($"{creditor}/{debtor}"))
            await pause();
        return new Place(() => _floors.Remove($"{creditor}/{debtor}"));
    }

    public ValueTask<string?> InCommon(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
        ValueTask.FromResult(MessageFates.MayJoin(file, key) ? key.Channel == Channel.Email ? file.Debtor.ReminderEmail : file.Debtor.ReminderPhone : null);

    public async ValueTask<IReadOnlyList<OutgoingMessage>> Write(string joint, IReadOnlyList<JoinedCase> cases, DateTimeOffset now, CancellationToken ct)
    {
        witness.Tally.Count("statements written");
        var copies = new List<OutgoingMessage>();
        foreach (var one in cases)
            copies.Add(await Write(one.File, one.Key, one.Policy, now, ct));
        var parts = new Joint(joint, [.. copies.Select(c => new JointPart(c.Key, c.Balance))]);
        return [.. copies.Select(c => c with { Joint = parts })];
    }

    public ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) =>
        chance.OneIn(faults().BadText)
            ? throw new InvalidOperationException("no text in this language")
            : ValueTask.FromResult(new OutgoingMessage(key, file.Creditor, "somebody", null, null, "pay", now)
            {
                Balance = file.Balance,
                Deadline = MessageFates.Find(file, key)!.Value.Step.Deadline,
                Registered = MessageFates.Find(file, key)!.Value.Leg.Registered,
            });

    public async Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct)
    {
        var since = clock.GetUtcNow();
        _underway.Add(since);
        await pause();
        witness.Attempted(message);
        var (told, failure) = Handle(message);
        await pause();
        _underway.Remove(since);
        return failure is null ? told : throw failure;
    }

    public async Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct)
    {
        witness.Tally.Count("asked");
        await pause();
        ArriveLate();
        SendOutcome? answer = chance.OneIn(faults().Silent) ? null
            : _known.GetValueOrDefault(message.Identity) ?? new SendOutcome.TryAgain(TimeSpan.FromSeconds(chance.Between(1, 120)), "never received");
        await pause();
        return chance.OneIn(faults().AskFails) ? throw new HttpRequestException("no route") : answer;
    }

    private (SendOutcome Told, Exception? Failure) Handle(OutgoingMessage message)
    {
        var mood = faults();
        if (chance.OneIn(mood.FailedBefore))
            return (Told("failed before", new SendOutcome.Uncertain("refused")), chance.OneIn(2) ? new HttpRequestException("no route") : null);
        if (chance.OneIn(mood.Throttled))
            return (Told("throttled", new SendOutcome.TryAgain(TimeSpan.FromSeconds(chance.Between(1, 100_000)), "429")), null);
        if (chance.OneIn(mood.Refused))
            return (Told("refused", _known[message.Identity] = new SendOutcome.Refused("no such mailbox")), null);
        if (chance.OneIn(mood.Late))
        {
            _late[message.Identity] = (clock.GetUtcNow().AddSeconds(chance.Between(1, 240)), message);
            return (Told("late", new SendOutcome.Uncertain("timeout")), chance.OneIn(2) ? new OperationCanceledException() : null);
        }
        Take(message);
        if (chance.OneIn(mood.AcceptedThenLost))
            return (Told("answer lost", new SendOutcome.Uncertain("timeout")), chance.OneIn(2) ? new OperationCanceledException() : null);
        return (Told("accepted", _known[message.Identity]), null);
    }

    /// <summary>What was still on the wire reaches the provider, whether or not the process that sent it lives.</summary>
    public void ArriveLate()
    {
        foreach (var (identity, (at, message)) in _late)
            if (at <= clock.GetUtcNow())
            {
                _late.Remove(identity);
                Take(message);
            }
    }

    private void Take(OutgoingMessage message)
    {
        if (message.Joint is not null)
            witness.Tally.Count("sends joined");
        foreach (var part in message.Joint?.Parts ?? [new(message.Key, message.Balance)])
        {
            _taken.Add(part.Key);
            witness.Left(new(part.Key, clock.GetUtcNow(), part.Balance));
        }
        _known[message.Identity] = new SendOutcome.Accepted($"ref-{_known.Count}");
        foreach (var key in message.Keys)
            Taken(message with { Key = key });
    }

    private sealed class Place(Action giveBack) : IDisposable
    {
        private bool _isBack;

        public void Dispose()
        {
            if (!_isBack)
                giveBack();
            _isBack = true;
        }
    }

    private SendOutcome Told(string fate, SendOutcome outcome)
    {
        witness.Tally.Count($"provider {fate}");
        return outcome;
    }
}
