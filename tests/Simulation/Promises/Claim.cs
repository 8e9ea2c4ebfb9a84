using Dunning.Domain;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Simulation;

/// <summary>One claim, judged by what the log held just before it.</summary>
internal sealed class Claim(OutgoingMessage message, DateTimeOffset at, IReadOnlyList<LoggedEvent> log, CaseFile after, Policy policy)
{
    private readonly MessageKey _key = message.Key;
    private readonly Rung _rung = policy.FindRung(message.Key.Step) ?? throw new InvalidOperationException(message.Key.Step);
    private readonly Reading _reading = Reading.Of(log, policy, at);
    private Action<bool, string, string, string> _check = (_, _, _, _) => { };

    public void Check(Action<bool, string, string, string> check)
    {
        _check = check;
        var silence = _reading.Silence(at);
        Holds(silence is null, silence?.Promise ?? "", $"claimed at {at:u} although {silence?.Why}");
        Holds(_reading.Books.Balance == message.Balance.Minor, "P9", $"it says {message.Balance}, the ledger {_reading.Books.Balance} cents");
        var local = TimeZoneInfo.ConvertTime(at, policy.Zone);
        Holds(Hours.IsDecent(policy, after.Debtor.Country, at), "P6", $"claimed on {local:ddd yyyy-MM-dd HH:mm:ss}");
        Holds(!_rung.IsFormalNotice || _reading.SpeaksFormally, "P8", "a formal step left under a dispute or an unread reply");
        CheckOnce();
        CheckOrder();
        if (_key.Sending == 1 && !Fates(k => k.Step == _key.Step).Any())
            CheckDates();
    }

    private void Holds(bool holds, string promise, string otherwise) => _check(holds, promise, _key.ToString(), otherwise);

    private void CheckOnce()
    {
        var mine = Fates(k => k == _key).ToList();
        Holds(mine.Count == 0 || mine[^1].Event is MessageDeferred, "P2", $"claimed again after {mine.LastOrDefault()?.Event.GetType().Name}");
        var doubted = mine.FindLastIndex(l => l.Event is MessageUncertain);
        Holds(doubted < 0 || mine.Skip(doubted).Any(l => l.By != "engine"), "P2", "an uncertain message left again without a person's word");
        var before = _key with { Sending = _key.Sending - 1 };
        Holds(before.Sending == 0 || log.Any(l => l.Event is ResendAsked asked && asked.Key == before), "P2", "a resend nobody asked for");
    }

    private void CheckOrder()
    {
        if (_key.Sending > 1)
            return;
        var mine = Height(_rung.Id);
        for (var i = 0; i < policy.Rungs.Count; i++)
        {
            var record = after.Steps.FirstOrDefault(s => s.Id == policy.Rungs[i].Id);
            Holds(i >= mine || record is { IsUnderway: false }, "P4", $"{policy.Rungs[i].Id} before it is {record?.Outcome.ToString() ?? "skipped"}");
            Holds(i <= mine || record is null, "P4", $"{policy.Rungs[i].Id} after it came first");
        }
        Holds(Fates(k => k.Sending == 1 && Height(k.Step) > mine).FirstOrDefault() is null, "P4", "a later step was claimed before it");
        var approved = log.Any(l => l.Event is StepApproved a && a.Step == _rung.Id);
        Holds(approved || !_rung.IsFormalNotice || WasHeard(), "P4", "a formal notice is the first thing the debtor hears, and nobody approved it");
        Holds(approved || _rung.Step.Approval is not true, "P4", "it left without the approval its step asks for");
    }

    private int Height(string step) => policy.Rungs.ToList().FindIndex(r => r.Id == step);

    private bool WasHeard() => Fates(k => k.Step != _key.Step).GroupBy(l => KeyOf(l.Event)!.Value)
        .Any(g => g.Last(l => l.Event is not MessageUncertain).Event is MessageAccepted or MessageDelivered);

    private void CheckDates()
    {
        var today = Local(at);
        var nominal = _reading.DueDate.AddDays(_rung.Offset);
        // A step that is also a call began when its task opened.
        var begun = _rung.Step.Channels.Contains(Channel.Call);
        var hastened = log.Any(l => l.Event is StepHastened h && h.Step == _rung.Id);
        Holds(begun || hastened || _rung.IsPreDue || today >= nominal, "P5", $"left on {today}, before its day {nominal}");
        Holds(!_rung.IsPreDue || today < _reading.DueDate, "P4", $"left on {today}, announcing what was due on {_reading.DueDate}");
        var settled = Fates(k => k.Step != _key.Step && k.Sending == 1)
            .Where(l => l.Event is MessageAccepted or MessageRefused or MessageDelivered or MessageBounced)
            .GroupBy(l => KeyOf(l.Event)!.Value).Select(g => (DateOnly?)Local(g.First().At)).Max();
        var gap = policy.MinimumGapDays;
        Holds(settled is null || today >= settled.Value.AddDays(gap), "P5", $"left on {today}, {settled} is less than {gap} days before");
        var paid = _reading.Books.LastArrival;
        Holds(begun || paid is null || today >= paid.Value.AddDays(gap), "section 5 (b)", $"left on {today}, a payment arrived on {paid}");
        CheckDeadlines(today);
    }

    private void CheckDeadlines(DateOnly today)
    {
        foreach (var notice in after.Steps.Where(s => s.Formal && s.Id != _rung.Id && s.Outcome == StepOutcome.Happened && s.Deadline is not null))
        {
            Holds(today > notice.Deadline, "section 5 (c)", $"left on {today}, {notice.Id} gave until {notice.Deadline}");
            if (!notice.Legs.Any(l => l.Registered && l.WasHeard))
                continue;
            var posted = log.Select(l => l.Event).OfType<LetterPosted>().FirstOrDefault(p => p.Key.Step == notice.Id)?.On;
            Holds(posted is not null, "section 5 (c)", $"{notice.Id} is not posted yet");
            Holds(today > posted?.AddDays(notice.DeadlineDays ?? 0), "section 5 (c)", $"left on {today}, {notice.Id} was posted on {posted}");
        }
    }

    private DateOnly Local(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, policy.Zone).Date);

    private IEnumerable<LoggedEvent> Fates(Func<MessageKey, bool> which) => log.Where(l => KeyOf(l.Event) is { } key && which(key));

    private static MessageKey? KeyOf(CaseEvent @event) => @event switch
    {
        MessageClaimed e => e.Key,
        MessageAccepted e => e.Key,
        MessageDelivered e => e.Key,
        MessageBounced e => e.Key,
        MessageRefused e => e.Key,
        MessageUncertain e => e.Key,
        MessageDeferred e => e.Key,
        _ => null,
    };
}
