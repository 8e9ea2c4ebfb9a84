using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Events;

namespace Dunning.Service.Tests.Events;

/// <summary>One case lived event by event, and all that is announced of it.</summary>
internal sealed class Life
{
    public static readonly Policy Policy = PolicyRules.Validate(
        new()
        {
            Name = "test",
            Version = 1,
            Regime = "fr-b2b",
            TimeZone = "Europe/Paris",
            Calendar = "FR",
            SendAt = new(9, 0),
            WindowFrom = new(8, 30),
            WindowTo = new(18, 0),
            Steps =
            [
                new("first", 7, [Channel.Email]) { Template = "first-reminder" },
                new("formal", 20, [Channel.Letter]) { Template = "formal-notice", DeadlineDays = 8 },
                new("hand-over", 40, [Channel.Handover]),
            ],
        },
        out var faults) ?? throw new InvalidOperationException(string.Join('\n', faults));

    private long _seq = 1;

    public Life(decimal amount = 1200m)
    {
        var invoice = new Invoice("F-1", new(2026, 9, 1), new(2026, 9, 30), Euros(amount));
        var owes = new Debtor("martin", "Boulangerie Martin", DebtorKind.Business, "FR", "fr") { Email = "compta@example.org", Address = new("12 rue des Lilas", null, "69003", "Lyon") };
        var registered = new CaseEvent.Registered("case-1", "acme", invoice, owes, new("test", 1));
        State = Decider.Decide(DunningCase.Unregistered.Instance, registered, Policy, Now).State;
        Registration = new(new(1, Now, "key", registered), DunningCase.Unregistered.Instance, State, Policy);
    }

    public DunningCase State { get; private set; }

    public CaseFile File => State.Known!;

    public CaseChange Registration { get; }

    public DateTimeOffset Now { get; private set; } = new(2026, 9, 15, 8, 0, 0, TimeSpan.Zero);

    public List<Announcement> Told { get; } = [];

    public static Money Euros(decimal amount) => Money.Of(amount, Currency.Euro);

    /// <summary>The types this one event is announced as.</summary>
    public string[] Tell(CaseEvent @event)
    {
        var after = Decider.Decide(State, @event, Policy, Now).State;
        var said = Announcing.Of(new CaseChange(new(++_seq, Now, "key", @event), State, after, Policy));
        State = after;
        Told.AddRange(said);
        return [.. said.Select(a => a.Type)];
    }

    /// <summary>Goes to an instant of a day and wakes the case.</summary>
    public string[] Wake(int year, int month, int day)
    {
        Now = new(year, month, day, 12, 0, 0, TimeSpan.Zero);
        return Tell(new CaseEvent.WokeUp());
    }

    /// <summary>The next message is claimed and taken.</summary>
    public string[] Send()
    {
        var key = MessageFates.Due(State, Policy, Now).Single();
        return [.. Tell(new CaseEvent.MessageClaimed(key)), .. Tell(new CaseEvent.MessageAccepted(key))];
    }

    public CaseTask Task(TaskKind kind) => File.Tasks.Single(t => t.Kind == kind);
}
