using static Dunning.Domain.CaseEvent;

namespace Dunning.Domain.Tests;

/// <summary>
/// Plays the engine on one case: tells it facts, wakes it when it asks, claims what is due and tells what became of it. Writes down what
/// happened, and holds every decision against the promises (<see cref="Promises"/>) on the way.
/// </summary>
internal sealed class Ladder
{
    private readonly Promises _promises = new();
    private readonly List<(DateTimeOffset At, string Text)> _lines = [];
    private int _facts;

    public Ladder(Policy? policy = null) => Policy = policy ?? Sample.FrB2b;

    public Policy Policy { get; set; }

    public DunningCase State { get; private set; } = DunningCase.Unregistered.Instance;

    public DateTimeOffset Now { get; private set; }

    public bool ApprovesAtOnce { get; set; }

    public bool PostsAtOnce { get; init; }

    /// <summary>What the provider says to a message just claimed; nothing at all by default means acceptance.</summary>
    public Func<MessageKey, DateTimeOffset, CaseEvent?> Provider { get; set; } = (key, _) => new MessageAccepted(key);

    /// <summary>What a message demands beside the principal; nothing by default.</summary>
    public Func<MessageKey, DateOnly, Demand?>? Demands { get; init; }

    public CaseFile File => State.Known!;

    public WaitReason WaitsFor => State is DunningCase.Open open ? Waiting.Of(open.File, Policy) : WaitReason.Nothing;

    public CaseStatus Status => Standing.Status(State, Policy);

    public Outlook Next => Standing.Next(State, Policy);

    public IReadOnlyList<string> Lines => [.. _lines.Select(l => $"{Sample.Wall(l.At, Policy.Zone)} {l.Text}")];

    public string Transcript => string.Join('\n', Lines);

    public IReadOnlyList<string> Sent => [.. Lines.Where(l => l.Contains(" send ", StringComparison.Ordinal)).Select(l => l.Replace(" send", "", StringComparison.Ordinal))];

    /// <summary>The whole transcript, line by line; on failure both texts can be laid side by side.</summary>
    public void Tells(string transcript) => Assert.Equal(transcript.ReplaceLineEndings("\n").Trim(), Transcript);

    /// <summary>What left, and when.</summary>
    public void Sends(params string[] sent) => Assert.Equal(string.Join('\n', sent), string.Join('\n', Sent));

    public static Ladder Of(string registeredAt, Policy? policy = null, Invoice? invoice = null, Debtor? debtor = null, int alreadySent = 0) =>
        new Ladder(policy).Registered(registeredAt, invoice, debtor, alreadySent);

    /// <summary>A case whose approvals and postings come at once, as in simulations.</summary>
    public static Ladder Smooth(string registeredAt, Policy? policy = null, Invoice? invoice = null, Debtor? debtor = null) =>
        new Ladder(policy) { ApprovesAtOnce = true, PostsAtOnce = true }.Registered(registeredAt, invoice, debtor);

    public Ladder Registered(string at, Invoice? invoice = null, Debtor? debtor = null, int alreadySent = 0) =>
        Then(at, Sample.Registered(invoice, debtor, Policy, alreadySent));

    /// <summary>Lives until an instant, then tells the facts, all at that instant.</summary>
    public Ladder Then(string at, params CaseEvent[] facts) => Then(Sample.At(at, Policy.Zone), facts);

    public Ladder Then(DateTimeOffset at, params CaseEvent[] facts)
    {
        LiveUntil(at, included: false);
        Now = at;
        foreach (var fact in facts)
            Tell(fact);
        LiveUntil(at, included: true);
        return this;
    }

    public Ladder Until(string at) => Then(at);

    /// <summary>Time passes and nobody looks: the host is down.</summary>
    public Ladder DownUntil(string at)
    {
        Now = Sample.At(at, Policy.Zone);
        Wake();
        return this;
    }

    public Ladder Tell(CaseEvent fact)
    {
        fact = fact.Id.Length > 0 || !IsFact(fact) ? fact : fact with { Id = $"e{++_facts}" };
        if (fact is PolicyMoved && State is DunningCase.Open)
            _promises.Forget();
        var before = State;
        var decision = Decider.Decide(before, fact, Policy, Now);
        State = decision.State;
        Write(before, decision);
        _promises.Check(before, fact, decision, Policy, Now);
        foreach (var command in decision.Commands)
            if (ApprovesAtOnce && command is CaseCommand.OpenTask { Task: { Kind: TaskKind.Approval, Subject: { } step } })
                Tell(new StepApproved(step));
        if (PostsAtOnce && fact is MessageAccepted { Key.Channel: Channel.Letter } accepted)
            Tell(new LetterPosted(accepted.Key, Policy.Zone.LocalDate(Now)));
        return this;
    }

    /// <summary>From now on a person approves whatever asks for it.</summary>
    public Ladder ApproveAll()
    {
        ApprovesAtOnce = true;
        return this;
    }

    public Ladder From(DunningCase state)
    {
        State = state;
        return this;
    }

    public void Wake()
    {
        Tell(new WokeUp());
        foreach (var key in MessageFates.Due(State, Policy, Now))
        {
            Tell(new MessageClaimed(key) { Demanded = Demands?.Invoke(key, Policy.Zone.LocalDate(Now)) });
            if (MessageFates.Find(File, key)?.Leg.Status == LegStatus.Claimed && Provider(key, Now) is { } outcome)
                Tell(outcome);
        }
    }

    private void LiveUntil(DateTimeOffset until, bool included)
    {
        var (stalls, last) = (0, DateTimeOffset.MinValue);
        while (Decider.WakeAt(State, Policy) is { } wake && (included ? wake <= until : wake < until))
        {
            // An unanswered claim asks to be looked at, which is the engine's business: nothing but time comes of it here.
            if (wake <= Now && IsWaitingForProvider() && stalls > 0)
                return;
            Now = wake > Now ? wake : Now;
            stalls = Now == last ? stalls + 1 : 0;
            last = Now;
            Assert.True(stalls < 20, $"Wakes for ever at {Sample.Wall(Now)}: {string.Join("\n", Lines)}");
            Wake();
        }
    }

    private bool IsWaitingForProvider() => State.Known is { } file && MessageFates.Claimed(file).Any();

    private void Write(DunningCase before, Decision decision)
    {
        foreach (var record in Records(decision.State))
        {
            var old = Records(before).FirstOrDefault(s => s.Id == record.Id);
            if (record.Outcome == StepOutcome.Lapsed && old is null)
                _lines.Add((record.At!.Value, $"lapse {record.Id}"));
            foreach (var leg in record.Legs)
                if (leg.Status == LegStatus.Claimed && old?.Find(leg.Channel, leg.Sending)?.Status != LegStatus.Claimed)
                    _lines.Add((Now, $"send {record.Id} {MessageKey.Name(leg.Channel)}{(leg.Sending > 1 ? $" {leg.Sending}" : "")}"));
        }
        foreach (var command in decision.Commands)
            if (TaskOf(command) is { } task)
                _lines.Add((task.OpenedAt, $"task {task.Kind}{(task.Subject is { } about ? $" {about}" : "")}"));
        if (before is not DunningCase.Unregistered && Standing.Status(before, Policy) is var was && Status != was)
            _lines.Add((Now, $"is {Status}"));
    }

    private static Items<StepRecord> Records(DunningCase state) => state.Known is { } file ? file.Written : [];

    private static CaseTask? TaskOf(CaseCommand command) => command switch
    {
        CaseCommand.OpenTask open => open.Task,
        CaseCommand.NotifyCreditor notify => notify.Task,
        CaseCommand.HandOver handOver => handOver.Task,
        _ => null,
    };

    private static bool IsFact(CaseEvent @event) => @event is not (WokeUp or MessageClaimed or MessageAccepted or MessageDelivered
        or MessageBounced or MessageRefused or MessageUncertain or MessageDeferred);
}
