using static Dunning.Domain.CaseEvent;

namespace Dunning.Domain.Tests;

/// <summary>The promises of the product, held against every decision of a life. Computed from what was told, not from the domain's own rules.</summary>
internal sealed class Promises
{
    private readonly HashSet<MessageKey> _out = [];
    private readonly HashSet<string> _approved = [];
    private readonly HashSet<string> _passed = [];
    private readonly Dictionary<string, DateOnly> _stepDates = [];
    private readonly Dictionary<HoldScope, DateTimeOffset> _heldUntil = [];
    private DateTimeOffset _promisedUntil;
    private string? _lastSent;

    /// <summary>A new policy is a new ladder: the order of the old one says nothing about it.</summary>
    public void Forget() => _lastSent = null;

    public void Check(DunningCase before, CaseEvent fact, Decision decision, Policy policy, DateTimeOffset now)
    {
        if (fact is StepApproved approved)
            _approved.Add(approved.Step);
        if (fact is MessageDeferred deferred)
            _out.Remove(deferred.Key);
        ListenForSilence(before, fact, policy);
        KeysAreUnique(decision);
        if (decision.State.Known is not { } after)
            return;
        foreach (var step in after.Steps)
            foreach (var leg in step.Legs)
                if (leg.Status == LegStatus.Claimed && FindLeg(before, step.Id, leg)?.Status != LegStatus.Claimed)
                    Leaves(before, step, leg, new(after.Id, step.Id, leg.Channel, leg.Sending), policy, now);
        foreach (var step in after.Steps)
            if (step.Outcome != StepOutcome.Underway)
                _passed.Add(step.Id);
        foreach (var step in after.Steps)
            if (step.Outcome is StepOutcome.Happened or StepOutcome.Elsewhere)
                _stepDates.TryAdd(step.Id, policy.Zone.LocalDate(step.At!.Value));
        NothingIsStuck(decision.State, policy);
        BalanceAddsUp(after);
    }

    private void Leaves(DunningCase before, StepRecord step, Leg leg, MessageKey key, Policy policy, DateTimeOffset now)
    {
        Assert.True(_out.Add(key), $"P2: {key} leaves twice.");
        var open = Assert.IsType<DunningCase.Open>(before);
        Assert.True(open.File.Balance.Amount > policy.Tolerance, $"P3: {key} leaves with {open.File.Balance} owed.");
        Assert.False(open.File.IsCancelled || open.File.IsWrittenOff, $"P3: {key} leaves after the end.");
        Assert.Equal(WaitReason.Nothing, Waiting.SilenceOf(open.File, policy));
        Assert.True(now >= _promisedUntil, $"P7: {key} leaves during a promise.");
        Assert.True(_heldUntil.Values.All(until => now >= until), $"P8: {key} leaves during a hold.");
        Assert.Null(open.File.Stopped);
        var (day, hour) = (DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, policy.Zone).Date), TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, policy.Zone).DateTime));
        Assert.True(BusinessCalendar.Of(open.File.Debtor, policy.Calendar).IsBusinessDay(day), $"P6: {key} leaves on {day:o}.");
        Assert.True(hour >= policy.WindowFrom && hour <= policy.WindowTo, $"P6: {key} leaves at {hour:t}.");
        Assert.DoesNotContain(policy.QuietPeriods, q => q.From <= day && day <= q.To);
        if (leg.Sending > 1)
            return;
        var rung = policy.FindRung(step.Id)!;
        Assert.False(rung.IsPreDue && day >= open.File.Invoice.DueDate, $"P4: {key} leaves on or after the due date.");
        Assert.False(!rung.IsPreDue && rung.Offset > 0 && day <= open.File.Invoice.DueDate, $"{key} says late what is not.");
        foreach (var earlier in policy.Rungs.TakeWhile(r => r.Id != step.Id))
            Assert.True(_passed.Contains(earlier.Id), $"P4: {key} leaves before {earlier.Id}.");
        if (_lastSent is { } last && policy.FindRung(last) is { } sent)
            Assert.True(sent.Offset <= rung.Offset, $"P4: {key} goes back in tone.");
        _lastSent = step.Id;
        if (rung.IsFormalNotice && !open.File.Steps.Any(s => s.Id != step.Id && s.Legs.Any(l => l.WasHeard)))
            Assert.True(_approved.Contains(step.Id), "P4: a formal notice is the first thing heard.");
        if (step.Legs.Any(l => l != leg && l.Channel is not (Channel.Call or Channel.Handover) && !l.NeverLeft))
            return;
        foreach (var (other, on) in _stepDates)
            Assert.True(other == step.Id || day.DayNumber - on.DayNumber >= policy.MinimumGapDays, $"P5: {key} leaves on {day:o}, {other} on {on:o}.");
        foreach (var payment in open.File.Account.Payments.Where(p => open.File.Account.Counted.Contains(p) && !open.File.Account.NetOf(p).IsZero))
            Assert.True(day.DayNumber - payment.ArrivedOn.DayNumber >= policy.MinimumGapDays, $"P5: {key} leaves on {day:o}, money came on {payment.ArrivedOn:o}.");
    }

    private void ListenForSilence(DunningCase before, CaseEvent fact, Policy policy)
    {
        DateTimeOffset EndOf(DateOnly day) => policy.Zone.Midnight(day.AddDays(1));
        if (fact is Held held && before is not DunningCase.Unregistered)
            _heldUntil[held.Scope] = held.Until is { } until ? EndOf(until) : DateTimeOffset.MaxValue;
        else if (fact is Released released)
            _heldUntil.Remove(released.Scope);
        else if (fact is PromiseMade made && before is DunningCase.Open { File.Silences: var silences })
            _promisedUntil = silences.BrokenPromises < policy.Promise.MaxBroken ? EndOf(made.Date.AddDays(policy.Promise.GraceDays)) : default;
        else if (fact is PaymentReceived or DuplicateConfirmed or DisputeOpened or DisputeResolved or CreditNoteIssued or InvoiceAmended or Cancelled or WrittenOff or PaymentReversed)
            _promisedUntil = default;
    }

    private static void KeysAreUnique(Decision decision) =>
        Assert.Equal(decision.Commands.Count, decision.Commands.Select(c => c.Key).Distinct().Count());

    private static void NothingIsStuck(DunningCase state, Policy policy)
    {
        if (state is not DunningCase.Open { File: var file })
        {
            Assert.Null(Decider.WakeAt(state, policy));
            return;
        }
        var (wake, waits) = (Decider.WakeAt(state, policy), Waiting.Of(file, policy));
        Assert.True(wake is not null || waits != WaitReason.Nothing, "P14: nothing to wait for.");
        if (waits is WaitReason.UncertainMessage or WaitReason.PossibleDuplicate or WaitReason.Reply or WaitReason.Approval
            or WaitReason.InvoiceNotSent or WaitReason.BouncedNotice or WaitReason.Posting or WaitReason.Person)
            Assert.True(wake is not null || file.Tasks.Count > 0, $"P14: waits for {waits} and nobody is asked.");
    }

    private static void BalanceAddsUp(CaseFile file)
    {
        var account = file.Account;
        var paid = account.Counted.Sum(p => Math.Max(0, p.Amount.Minor
            - account.Reversals.Where(r => r.PaymentId == p.Id).Sum(r => (r.Amount ?? p.Amount).Minor)));
        var rest = account.Invoiced.Minor - paid - account.CreditNotes.Sum(n => n.Amount.Minor);
        Assert.Equal(Math.Max(0, rest), account.Balance.Minor);
        Assert.Equal(Math.Max(0, -rest), (account.InterestPaid + account.IndemnityPaid + account.Overpaid).Minor);
    }

    private static Leg? FindLeg(DunningCase state, string step, Leg leg) =>
        state.Known?.Steps.FirstOrDefault(s => s.Id == step)?.Find(leg.Channel, leg.Sending);
}
