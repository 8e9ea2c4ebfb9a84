using static Dunning.Domain.CaseEvent;
using static Dunning.Domain.Tests.Sample;

namespace Dunning.Domain.Tests.Deciding;

/// <summary>A life by chance: up to forty things happen to one case at any hour, and the provider is moody. The driver checks the promises.</summary>
internal static class RandomLives
{
    private static readonly Policy[] Policies =
    [
        FrB2b, FrB2c, FrPublic, FrB2bFast, BeB2b, Valid(FrB2bDraft with { Confirmations = ["promise", "plan", "call"] }),
        Valid(FrB2bDraft with { MinimumGapDays = 1, QuietPeriods = [new(Date("2026-12-21"), Date("2027-01-03"))] }),
        Valid(FrB2bDraft.With("second", s => s with { Repeat = new(3, 2), MinBalance = 300 }).With("first", s => s with { Channels = [Channel.Email, Channel.Sms, Channel.Letter] })),
        Valid(FrB2bDraft with { Tolerance = 0, Steps = [Step("early", -10, Channel.Email, Channel.Sms), Step("notice", 0, Channel.Email, Channel.Letter) with { DeadlineDays = 8, Registered = false }] }),
        Valid(FrB2bDraft with { SendAt = new(17, 59), WindowFrom = new(17, 0) }),
    ];

    public static Ladder Live(Random random)
    {
        var policy = Policies[random.Next(Policies.Length)];
        var now = At("2026-10-01 00:00").AddMinutes(random.Next(80 * 24 * 60));
        var life = new Ladder(policy) { ApprovesAtOnce = random.Next(3) == 0, PostsAtOnce = random.Next(3) == 0 };
        life.Provider = (key, at) => random.Next(12) switch
        {
            0 => new MessageUncertain(key, "no answer"),
            1 => new MessageRefused(key, "no such mailbox"),
            2 or 3 => new MessageDeferred(key, at.AddMinutes(random.Next(1, 1000)), "busy"),
            4 => null,
            5 => new MessageBounced(key, "returned"),
            _ => new MessageAccepted(key),
        };
        var debtor = policy == FrB2c ? Person : policy == FrPublic ? Town : Baker;
        debtor = debtor with { Phone = random.Next(3) == 0 ? null : debtor.Phone, Email = random.Next(9) == 0 ? null : debtor.Email };
        life.Then(now, Registered(Sample.Invoice with { Unsent = random.Next(10) == 0 }, debtor, policy, random.Next(5) == 0 ? random.Next(4) : 0));
        for (var n = random.Next(1, 41); n > 0; n--)
        {
            now = now.AddMinutes(random.Next(3) switch { 0 => random.Next(30), 1 => random.Next(24 * 60), _ => random.Next(14 * 24 * 60) });
            life.Then(now, Fact(random, life, now));
        }
        return life.Then(now.AddDays(random.Next(120)));
    }

    private static CaseEvent Fact(Random random, Ladder life, DateTimeOffset now)
    {
        var (file, today) = (life.File, life.Policy.Zone.LocalDate(now));
        DateOnly Day(int from, int to) => today.AddDays(random.Next(from, to));
        Money Some() => Eur(random.Next(4) switch { 0 => 1200m, 1 => 300m, 2 => random.Next(1, 5) * 100m, _ => random.Next(1, 130_000) / 100m });
        T? Any<T>(IEnumerable<T> from) => from.ToList() is { Count: > 0 } list ? list[random.Next(list.Count)] : default;
        var key = Any(file.Steps.SelectMany(s => s.Legs.Select(l => Key(s.Id, l.Channel, l.Sending)))) is { Case: not null } some ? some : Key("first");
        var step = life.Policy.Rungs[random.Next(life.Policy.Rungs.Count)].Id;
        return random.Next(40) switch
        {
            0 or 1 or 2 => new PaymentReceived(Some(), Day(-9, 1), random.Next(2) == 0 ? "bank" : "platform"),
            3 or 4 => new PaymentReversed(Any(file.Account.Payments)?.Id ?? "nothing", random.Next(2) == 0 ? null : Some()),
            5 => new PaymentPending(Day(-2, 9), null, "debit"),
            6 => new PendingPaymentFailed(Any(file.Silences.Pending)?.Id ?? "nothing"),
            7 => new CreditNoteIssued(Some(), today),
            8 => new DuplicateConfirmed(Any(file.Account.Suspects)?.Id ?? "nothing", random.Next(2) == 0),
            9 => new InvoiceAmended(Some(), "mistake"),
            10 => new InvoiceSent(now),
            11 or 12 => new PromiseMade(Day(-1, 20), random.Next(2) == 0 ? null : Some()),
            13 or 14 => new DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality, random.Next(2) == 0 ? null : Some()),
            15 or 16 => new DisputeResolved(Any(file.Silences.Disputes)?.Id ?? "nothing", (DisputeOutcome)random.Next(3), Some()),
            17 => new PlanProposed([new(Day(1, 9), Some())]),
            18 => new PlanAgreed([new(Day(1, 9), Some()), new(Day(9, 30), Some())]),
            19 or 20 => new Held("holiday", random.Next(2) == 0 ? null : Day(-1, 20), (HoldScope)random.Next(2)),
            21 or 22 => new Released((HoldScope)random.Next(2)),
            23 => new ReplyReceived("email", "hello"),
            24 => new ReplyClassified(Any(file.Silences.Replies)?.Id ?? "nothing", "other"),
            25 => new ContactChanged(random.Next(3) == 0 ? file.Debtor with { Phone = null } : file.Debtor with { Email = $"{random.Next(9)}@example.org", Phone = "+33611111111" }),
            26 => new DueDateChanged(Day(-40, 40)),
            27 => new SendingStopped((StopCause)random.Next(2)),
            28 or 29 => new SendingResumed(),
            30 => random.Next(12) switch { 0 => new Cancelled("mistake"), 1 => new WrittenOff("bankrupt"), 2 => new InsolvencyOpened(today, today.AddDays(60)), _ => new WokeUp() },
            31 => new CallLogged(random.Next(2) == 0 ? null : step, "no answer"),
            32 or 33 => new StepApproved(Any(file.Tasks.Where(t => t.Kind == TaskKind.Approval))?.Subject ?? step),
            34 => new StepRejected(step),
            35 => new StepHastened(step),
            36 => random.Next(4) switch
            {
                0 => new MessageAccepted(key),
                1 => new MessageRefused(key, "no"),
                2 => new MessageDeferred(key, now.AddHours(2), "busy"),
                _ => new MessageDelivered(key),
            },
            37 => new MessageBounced(key, "returned"),
            38 => random.Next(3) switch { 0 => new LetterPosted(key, today), 1 => new LetterReturned(key, (LetterReturn)random.Next(3), today), _ => new ResendAsked(key) },
            _ => new TaskDone(Any(file.Tasks)?.Id ?? "nothing"),
        };
    }
}
