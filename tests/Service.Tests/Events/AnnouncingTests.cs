using System.Text;
using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Service.Events;
using static Dunning.Domain.CaseEvent;
using static Dunning.Service.Tests.Events.Life;

namespace Dunning.Service.Tests.Events;

/// <summary>What each thing that happens to a case is announced as.</summary>
public sealed class AnnouncingTests
{
    [Fact]
    public void Money_is_announced_with_the_balance_it_leaves()
    {
        var life = new Life();
        Assert.Empty(Announcing.Of(life.Registration));
        Assert.Equal(["payment.received"], life.Tell(new PaymentReceived(Euros(500.5m), new(2026, 9, 14), "bank", "VIR MARTIN") { Id = "p1" }));
        Assert.Equal("""{"creditor":"acme","caseId":"case-1","number":"F-1","paymentId":"p1","amount":500.50,"date":"2026-09-14","source":"bank","balance":699.50,"currency":"EUR"}""", life.Told[^1].Data);
        Assert.Equal(["payment.received", "payment.possibleDuplicate", "task.opened"], life.Tell(new PaymentReceived(Euros(500.5m), new(2026, 9, 15), "stripe") { Id = "p2" }));
        Assert.Empty(life.Tell(new PaymentReceived(Euros(500.5m), new(2026, 9, 14), "bank") { Id = "p1" }));
        Assert.Equal(["task.closed", "invoice.paid", "invoice.statusChanged"], [.. life.Tell(new DuplicateConfirmed("p2", true) { Id = "v1" }), .. life.Tell(new CreditNoteIssued(Euros(699.5m), new(2026, 9, 15)) { Id = "c1" }).Skip(1)]);
        Assert.Equal("creditNote.recorded", life.Told.Single(t => t.Type.StartsWith("credit", StringComparison.Ordinal)).Type);
        Assert.Equal(["payment.reversed", "invoice.reopened", "invoice.statusChanged"], life.Tell(new PaymentReversed("p1") { Id = "r1" }));
        Assert.Equal(["invoice.amended"], life.Tell(new InvoiceAmended(Euros(1100m), "VAT") { Id = "a1" }));
        Assert.Equal(["payment.pending"], life.Tell(new PaymentPending(new(2026, 9, 20), Euros(10m)) { Id = "d1" }));
        Assert.Equal(["payment.failed"], life.Tell(new PendingPaymentFailed("d1", "insufficient funds of Mr Martin") { Id = "f1" }));
        Assert.Equal(["debitNote.issued"], life.Tell(new DebitNoteIssued("ND-1", Euros(1.23m), Euros(40m), new(2026, 9, 15), new(2026, 9, 15)) { Id = "n1" }));
        Assert.Equal((1.23m, 40.00m), (Data(life, "interest"), Data(life, "indemnityEur")));
    }

    [Fact]
    public void Promises_are_announced_when_made_kept_and_broken()
    {
        var life = new Life();
        Assert.Equal(["promise.made", "invoice.statusChanged"], life.Tell(new PromiseMade(new(2026, 10, 5), Euros(200m)) { Id = "w1" }));
        Assert.Equal(["payment.received", "promise.kept", "invoice.statusChanged"], life.Tell(new PaymentReceived(Euros(200m), new(2026, 9, 16), "bank") { Id = "p1" }));
        life.Tell(new PromiseMade(new(2026, 10, 5)) { Id = "w2" });
        Assert.Equal(1000.00m, Data(life.Told.Last(t => t.Type == "promise.made"), "amount"));
        var broken = life.Wake(2026, 10, 12);
        Assert.Contains("promise.broken", broken);
        Assert.Contains("\"promiseId\":\"w2\"", life.Told.Single(t => t.Type == "promise.broken").Data, StringComparison.Ordinal);
    }

    [Fact]
    public void Plans_are_announced_when_proposed_agreed_signed_and_broken()
    {
        var life = new Life();
        Instalment[] two = [new(new(2026, 10, 10), Euros(600m)), new(new(2026, 11, 10), Euros(600m))];
        Assert.Equal(["plan.proposed", "task.opened"], life.Tell(new PlanProposed(two) { Id = "pl1" }));
        Assert.Equal(["plan.agreed", "task.closed", "invoice.statusChanged"], life.Tell(new PlanAgreed(two) { Id = "pl2" }));
        Assert.Equal(["plan.accepted"], life.Tell(new PlanAccepted("pl2", new(2026, 9, 16), "Jeanne Martin") { Id = "s1" }));
        Assert.Contains("plan.broken", life.Wake(2026, 10, 20));
        Assert.DoesNotContain("Jeanne", string.Concat(life.Told.Select(t => t.Data)), StringComparison.Ordinal);
    }

    [Fact]
    public void Silences_and_what_a_person_must_see_are_announced()
    {
        var life = new Life();
        Assert.Equal(["dispute.opened", "invoice.statusChanged"], life.Tell(new DisputeOpened(DisputeKind.Commercial, DisputeCode.Quality, null, "The bread was burnt") { Id = "x1" }));
        Assert.Contains("task.opened", life.Wake(2026, 9, 28));
        Assert.Contains("dispute.resolved", life.Tell(new DisputeResolved("x1", DisputeOutcome.Rejected) { Id = "x2" }));
        Assert.Equal(["reply.received", "task.opened"], life.Tell(new ReplyReceived("email", "I am ill") { Id = "y1" }));
        Assert.Equal(["hold.placed", "invoice.statusChanged"], life.Tell(new Held("talks", new(2026, 12, 1)) { Id = "h1" }));
        Assert.Equal(["hold.released", "invoice.statusChanged"], life.Tell(new Released() { Id = "h2" }));
        Assert.Equal(["contact.changed"], life.Tell(new ContactChanged(life.File.Debtor with { Email = "new@example.org" }) { Id = "k1" }));
        Assert.Equal(["invoice.dueDateChanged"], life.Tell(new DueDateChanged(new(2026, 10, 15)) { Id = "e1" }).Take(1));
        Assert.Contains("procedure.recorded", life.Tell(new ProcedureRecorded(Procedure.PaymentOrder, ProcedureStage.Filed, new(2026, 9, 20), "21/1") { Id = "q1" }));
        Assert.Equal(["insolvency.opened", "task.opened", "invoice.statusChanged"], life.Tell(new InsolvencyOpened(new(2026, 9, 20), new(2026, 11, 20)) { Id = "i1" }).Where(t => t != "task.closed"));
        var all = string.Concat(life.Told.Select(t => t.Data));
        Assert.All(["burnt", "ill", "talks", "@", "Boulangerie"], word => Assert.DoesNotContain(word, all, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "invoice.cancelled")]
    [InlineData(false, "invoice.writtenOff")]
    public void The_end_of_an_invoice_is_announced(bool cancelled, string type) =>
        Assert.Equal([type, "invoice.statusChanged"], new Life().Tell(cancelled ? new Cancelled("mistake") { Id = "z" } : new WrittenOff("lost") { Id = "z" }));

    [Fact]
    public void Messages_are_announced_with_what_became_of_them()
    {
        var life = new Life();
        life.Wake(2026, 10, 7);
        Assert.Equal(["message.accepted", "invoice.statusChanged"], life.Send());
        var first = new MessageKey("case-1", "first", Channel.Email, 1);
        Assert.Contains("\"message\":\"case-1/first/email/1\",\"step\":\"first\",\"channel\":\"email\",\"sending\":1,\"formal\":false", life.Told.First(t => t.Type == "message.accepted").Data, StringComparison.Ordinal);
        Assert.Equal(["message.delivered"], life.Tell(new MessageDelivered(first)));
        Assert.Empty(life.Tell(new MessageDelivered(first)));
        Assert.Equal(["message.bounced", "task.opened"], life.Tell(new MessageBounced(first, "550 compta@example.org unknown")));
        life.Wake(2026, 10, 20);
        if (life.File.Tasks.Any(t => t.Kind == TaskKind.Approval))
            life.Tell(new StepApproved("formal") { Id = "ok1" });
        life.Wake(2026, 10, 21);
        Assert.Contains("formalNotice.issued", life.Send());
        var letter = new MessageKey("case-1", "formal", Channel.Letter, 1);
        Assert.Equal(["letter.posted"], life.Tell(new LetterPosted(letter, new(2026, 10, 21), "1A 234") { Id = "lp" }).Take(1));
        Assert.Contains("letter.returned", life.Tell(new LetterReturned(letter, LetterReturn.Unclaimed, new(2026, 10, 30)) { Id = "lr" }));
        life.Wake(2026, 11, 20);
        if (life.File.Tasks.Any(t => t.Kind == TaskKind.Approval))
            life.Tell(new StepApproved("hand-over") { Id = "ok2" });
        life.Wake(2026, 11, 23);
        Assert.Contains("handOver.requested", life.Told.Select(t => t.Type));
        Assert.DoesNotContain("550", string.Concat(life.Told.Select(t => t.Data)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_was_refused_or_of_which_nobody_knows_is_announced()
    {
        var (refused, doubtful) = (new Life(), new Life());
        foreach (var life in (Life[])[refused, doubtful])
        {
            life.Wake(2026, 10, 7);
            life.Tell(new MessageClaimed(new("case-1", "first", Channel.Email, 1)));
        }
        Assert.Contains("message.refused", refused.Tell(new MessageRefused(new("case-1", "first", Channel.Email, 1), "no")));
        Assert.Equal(["message.uncertain", "task.opened"], doubtful.Tell(new MessageUncertain(new("case-1", "first", Channel.Email, 1), "?")));
    }

    [Fact]
    public void The_same_event_of_the_same_case_has_the_same_ids_and_every_other_has_others()
    {
        Life[] lives = [new(), new()];
        foreach (var life in lives)
        {
            life.Tell(new PaymentReceived(Euros(1m), new(2026, 9, 14), "bank") { Id = "p1" });
            life.Tell(new PaymentReceived(Euros(1199m), new(2026, 9, 14), "bank") { Id = "p2" });
        }
        Assert.Equal(lives[0].Told, lives[1].Told);
        Assert.Equal(4, lives[0].Told.Select(t => t.Id).Distinct().Count());
        Assert.All(lives[0].Told, t => Assert.Matches("^evt_[0-9a-f]{32}$", t.Id));
    }

    [Fact]
    public void No_announcement_is_larger_than_a_platform_takes()
    {
        var life = new Life(50_000_000m);
        Assert.Contains("plan.agreed", life.Tell(new PlanAgreed([.. Enumerable.Range(0, 500).Select(i => new Instalment(new DateOnly(2026, 10, 1).AddDays(i), Euros(100_000m)))]) { Id = new string('x', 100) }));
        Assert.All(life.Told, t => Assert.InRange(Encoding.UTF8.GetByteCount(t.Payload()), 50, Announcement.MostBytes));
        Assert.Equal(500, (int)JsonNode.Parse(life.Told[0].Payload())!["data"]!["count"]!);
    }

    private static decimal Data(Life life, string name) => Data(life.Told[^1], name);

    private static decimal Data(Announcement told, string name) => (decimal)JsonNode.Parse(told.Data)![name]!;
}
