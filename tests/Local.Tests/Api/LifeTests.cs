namespace Dunning.Local.Tests.Api;

/// <summary>The lives of invoices, told over HTTP under the test clock.</summary>
public sealed class LifeTests(TestHost host) : IClassFixture<TestHost>
{
    // A clock only goes forward: a life with dates of its own gets a host of its own.
    private static async Task<TestHost> Fresh() => await TestHost.Run();

    [Fact]
    public async Task A_registered_invoice_is_asked_for_before_and_after_its_due_date()
    {
        await using var host = await Fresh();
        var invoice = host.Invoice(i => i["purchaseOrder"] = "BC-77");
        var reply = await host.Post("/api/invoices", invoice);
        Assert.Equal(202, reply.Status);
        Assert.Equal("scheduled", reply["status"]);
        Assert.Equal("courtesy", reply["next.step"]);
        Assert.Equal("2026-10-28T09:00:00+01:00", reply["next.at"]);
        Assert.Equal("nominal", reply["next.because"]);
        Assert.Equal($"/api/invoices/{reply["caseId"]}", reply.Location);
        Assert.Matches("^[a-z0-9-]+$", reply["caseId"]);

        await host.MoveTo("2026-10-28T08:59:59+01:00");
        Assert.Empty(Directory.GetFiles(host.Outbox));
        await host.MoveTo("2026-10-28T09:00:00+01:00");
        var mail = Eml.Read(Directory.GetFiles(host.Outbox).Single());
        Assert.Contains("compta@example.org", mail["To"]);
        Assert.Contains("facturation@moulins-du-rhone.example.com", mail["From"]);
        Assert.Contains((string)invoice["number"]!, mail["Subject"]);
        Assert.Contains("BC-77", mail.Body);
        Assert.Contains("200,00", mail.Body);

        await host.MoveTo("2026-12-31T09:00:00+01:00");
        Assert.Equal(
            ["2026-10-28 courtesy email", "2026-11-09 first email", "2026-11-16 second email", "2026-11-16 second sms", "2026-11-30 formal-notice letter", "2026-11-30 formal-notice email"],
            await host.Sent(reply.Location!));
        // Nobody posted the registered letter: the hand-over waits for it, and says so.
        Assert.Equal("posting", (await host.Get(reply.Location!))["next.waitingFor"]);
        Assert.Equal("formal-notice", (string?)(await host.Task(reply.Location!, "unpostedLetter"))["step"]);
    }

    [Fact]
    public async Task A_payment_in_part_shows_and_puts_off_and_a_payment_in_full_ends_it()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        await host.MoveTo("2026-11-13T10:00:00+01:00");
        var part = await host.Post($"{path}/payments", new { id = "pay-1", amount = 200.00m, date = "2026-11-12" });
        Assert.Equal(202, part.Status);
        Assert.Equal("pay-1", part["eventId"]);
        Assert.Equal("reminding", part["status"]);
        Assert.Equal("2026-11-18T09:00:00+01:00", part["next.at"]);
        Assert.Equal("paymentGap", part["next.because"]);
        Assert.Equal("1000.00", (await host.Get(path))["balance"]);
        await host.MoveTo("2026-11-18T09:00:00+01:00");
        var asked = Eml.Read(Directory.GetFiles(host.Outbox, "*.second.email.1.eml").Single());
        Assert.Matches("Reste à régler.*1.000,00", asked.Body);

        var rest = await host.Post($"{path}/payments", new { id = "pay-2", amount = 1000.00m });
        Assert.Equal("paid", rest["status"]);
        await host.MoveTo("2027-03-01T09:00:00+01:00");
        Assert.Equal(4, (await host.Sent(path)).Length);
        Assert.Equal("0.00", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task A_payment_the_instant_before_a_reminder_stops_it()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        await host.MoveTo("2026-11-09T08:59:59+01:00");
        Assert.Equal(202, (await host.Post($"{path}/payments", new { id = "p", amount = 1200m })).Status);
        await host.MoveTo("2026-11-09T09:00:00+01:00");
        Assert.Equal(["2026-10-28 courtesy email"], await host.Sent(path));
    }

    [Fact]
    public async Task A_promise_silences_and_is_kept_by_a_payment_or_broken_without()
    {
        await using var host = await Fresh();
        var (kept, broken) = (await host.Register(), await host.Register());
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        foreach (var path in new[] { kept, broken })
        {
            var promised = await host.Post($"{path}/promises", new { date = "2026-11-20" });
            Assert.Equal("promised", promised["status"]);
            Assert.Equal("promise", promised["next.waitingFor"]);
        }
        await host.Post($"{kept}/payments", new { amount = 1200m, date = "2026-11-10" });
        await host.MoveTo("2026-11-22T23:59:59+01:00");
        Assert.Equal("promised", (await host.Get(broken))["status"]);
        await host.MoveTo("2026-11-23T09:00:00+01:00");
        Assert.Contains((await host.Get(kept)).Timeline("event"), e => (string?)e["type"] == "promiseKept");
        Assert.Contains((await host.Get(broken)).Timeline("event"), e => (string?)e["type"] == "promiseBroken");
        Assert.Equal(["2026-10-28 courtesy email", "2026-11-09 first email", "2026-11-23 second email", "2026-11-23 second sms"], await host.Sent(broken));
        Assert.Equal(["2026-10-28 courtesy email", "2026-11-09 first email"], await host.Sent(kept));
    }

    [Fact]
    public async Task A_promise_beyond_the_limit_needs_an_operator_who_says_so()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        var ingest = await host.NewKey("ingest", "demo");
        foreach (var key in new[] { TestHost.Key, ingest })
        {
            var refused = await host.Post($"{path}/promises", new { date = "2026-11-20" }, key);
            Assert.Equal((422, "ruleBroken"), (refused.Status, refused.Code));
            Assert.Equal(["date"], refused.Fields);
        }
        Assert.Equal(422, (await host.Post($"{path}/promises", new { date = "2026-11-20", @override = true }, ingest)).Status);
        Assert.Equal(202, (await host.Post($"{path}/promises", new { date = "2026-11-20", @override = true })).Status);
    }

    [Fact]
    public async Task A_dispute_of_a_part_leaves_the_rest_to_be_asked_for()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        var disputed = await host.Post($"{path}/disputes", new { id = "d1", kind = "commercial", code = "quality", amount = 200m, note = "Two crates\nwere damaged." });
        Assert.Equal("reminding", disputed["status"]);
        await host.MoveTo("2026-11-16T09:00:00+01:00");
        Assert.Contains("000,00", Eml.Read(Directory.GetFiles(host.Outbox, "*.second.email.1.eml").Single()).Body);
        var view = await host.Get(path);
        Assert.Equal(("1200.00", "200.00"), (view["balance"], view["disputedAmount"]));
        await host.MoveTo("2026-12-02T09:00:00+01:00");
        Assert.Equal("dispute", (await host.Get(path))["next.waitingFor"]);
        var resolved = await host.Post($"{path}/disputes/d1/resolve", new { outcome = "upheld" });
        Assert.Equal(202, resolved.Status);
        Assert.Equal("1000.00", (await host.Get(path))["balance"]);
        Assert.Equal(404, (await host.Post($"{path}/disputes/d1/resolve", new { outcome = "upheld" })).Status);
    }

    [Fact]
    public async Task A_whole_dispute_silences_until_it_is_rejected()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        await host.Post($"{path}/disputes", new { id = "d1", kind = "technical" });
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        Assert.Equal("disputed", (await host.Get(path))["status"]);
        Assert.Empty(await host.Sent(path));
        await host.Post($"{path}/disputes/d1/resolve", new { outcome = "rejected" });
        await host.MoveTo("2026-11-30T10:00:01+01:00");
        Assert.Equal(["2026-11-30 first email"], await host.Sent(path));
    }

    [Fact]
    public async Task A_plan_adds_up_to_the_cent_or_is_refused_and_an_agreed_one_silences()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        var wrong = await host.Post($"{path}/plans", new { instalments = new[] { new { date = "2026-11-20", amount = 600m }, new { date = "2026-11-15", amount = 599.99m } } });
        Assert.Equal(422, wrong.Status);
        Assert.Equal(["instalments", "instalments[1].date"], wrong.Fields.Order(StringComparer.Ordinal));
        var proposed = await host.Post($"{path}/plans", new { proposed = true, instalments = new[] { new { date = "2026-11-20", amount = 600m }, new { date = "2026-12-15", amount = 600m } } });
        Assert.Equal((202, "scheduled"), (proposed.Status, proposed["status"]));
        Assert.Equal("planProposal", (string?)(await host.Task(path, "planProposal"))["kind"]);
        var agreed = await host.Post($"{path}/plans", new { instalments = new[] { new { date = "2026-11-20", amount = 600m }, new { date = "2026-12-15", amount = 600m } } });
        Assert.Equal("onPlan", agreed["status"]);
        await host.MoveTo("2026-11-20T10:00:00+01:00");
        await host.Post($"{path}/payments", new { amount = 600m });
        await host.MoveTo("2026-12-17T10:00:00+01:00");
        Assert.Equal("onPlan", (await host.Get(path))["status"]);
        await host.MoveTo("2026-12-18T09:00:00+01:00");
        Assert.Equal("planBroken", (string?)(await host.Task(path, "planBroken"))["kind"]);
        Assert.Equal(["2026-12-18 first email"], await host.Sent(path));
    }

    [Fact]
    public async Task A_reversal_opens_a_paid_case_again_without_repeating_a_message()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        await host.MoveTo("2026-11-12T10:00:00+01:00");
        await host.Post($"{path}/payments", new { id = "p1", amount = 1200m });
        Assert.Equal("paid", (await host.Get(path))["status"]);
        var back = await host.Post($"{path}/reversals", new { id = "r1", paymentId = "p1", reason = "insufficient funds" });
        Assert.Equal("reminding", back["status"]);
        await host.MoveTo("2026-11-16T09:00:00+01:00");
        Assert.Equal(["2026-10-28 courtesy email", "2026-11-09 first email", "2026-11-16 second email", "2026-11-16 second sms"], await host.Sent(path));
    }

    [Fact]
    public async Task A_credit_note_an_amendment_and_a_due_date_change_what_is_owed_and_when()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        await host.Post($"{path}/credit-notes", new { id = "cn", amount = 100m });
        Assert.Equal("1100.00", (await host.Get(path))["balance"]);
        await host.Post($"{path}/amend", new { amount = 900m, reason = "Wrong VAT rate" });
        Assert.Equal("800.00", (await host.Get(path))["balance"]);
        var moved = await host.Post($"{path}/due-date", new { dueDate = "2026-11-30" });
        Assert.Equal("2026-11-27T09:00:00+01:00", moved["next.at"]);
        var early = await host.Post($"{path}/due-date", new { dueDate = "2026-09-01" });
        Assert.Equal((400, "dueDate"), (early.Status, early.Fields.Single()));
    }

    [Fact]
    public async Task A_hold_a_pending_payment_and_a_reply_silence_while_they_last()
    {
        await using var host = await Fresh();
        var (held, pending, replied) = (await host.Register(), await host.Register(), await host.Register());
        await host.MoveTo("2026-11-08T10:00:00+01:00");
        Assert.Equal("held", (await host.Post($"{held}/hold", new { reason = "Talks", until = "2026-11-10" }))["status"]);
        Assert.Equal("pendingPayment", (await host.Post($"{pending}/pending-payments", new { id = "debit", expectedOn = "2026-11-12" }))["next.waitingFor"]);
        Assert.Equal("reply", (await host.Post($"{replied}/replies", new { id = "m1", channel = "email", text = "Nous payons." }))["next.waitingFor"]);
        await host.MoveTo("2026-11-09T10:00:00+01:00");
        foreach (var path in new[] { held, pending, replied })
            Assert.Equal(["2026-10-28 courtesy email"], await host.Sent(path));
        Assert.Equal(202, (await host.Post($"{pending}/pending-payments/debit/failed")).Status);
        Assert.Equal(202, (await host.Post($"{replied}/replies/m1/classify", new { meaning = "promise" })).Status);
        Assert.Equal(202, (await host.Post($"{held}/release")).Status);
        await host.MoveTo("2026-11-09T10:00:01+01:00");
        foreach (var path in new[] { held, pending, replied })
            Assert.Equal(["2026-10-28 courtesy email", "2026-11-09 first email"], await host.Sent(path));
        var again = await host.Post($"{held}/release");
        Assert.Equal((409, "notHeld"), (again.Status, again.Code));
    }

    [Fact]
    public async Task A_possible_duplicate_silences_until_a_person_has_spoken()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        await host.Post($"{path}/payments", new { id = "a", amount = 500m, date = "2026-10-01", source = "bank" });
        var twin = await host.Post($"{path}/payments", new { id = "b", amount = 500m, date = "2026-10-02", source = "stripe" });
        Assert.Equal("possibleDuplicate", twin["next.waitingFor"]);
        Assert.Equal("700.00", (await host.Get(path))["balance"]);
        Assert.Equal((409, "notSuspected"), await Status(host.Post($"{path}/payments/a/duplicate", new { sameMoney = true })));
        Assert.Equal(202, (await host.Post($"{path}/payments/b/duplicate", new { sameMoney = false })).Status);
        Assert.Equal("200.00", (await host.Get(path))["balance"]);
        Assert.Equal((409, "notSuspected"), await Status(host.Post($"{path}/payments/b/duplicate", new { sameMoney = true })));
    }

    [Theory]
    [InlineData("cancel", "cancelled")]
    [InlineData("write-off", "writtenOff")]
    public async Task What_is_cancelled_or_written_off_is_chased_no_more(string act, string status)
    {
        var path = await host.Register();
        Assert.Equal(status, (await host.Post($"{path}/{act}", new { reason = "Invoiced by mistake" }))["status"]);
        var view = await host.Get(path);
        Assert.Equal(("1200.00", "null", "null"), (view["balance"], view["next.step"], view["next.at"]));
        var late = await host.Post($"{path}/promises", new { date = "2026-10-10" });
        Assert.Equal((409, "caseClosed"), (late.Status, late.Code));
    }

    [Fact]
    public async Task A_bounce_makes_the_address_missing_until_the_contact_changes()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        await host.MoveTo("2026-11-09T10:00:00+01:00");
        Assert.Equal(202, (await host.Post($"{path}/messages/first/email/1/outcome", new { outcome = "bounced", reason = "550 no such user" })).Status);
        Assert.Equal("550 no such user", (string?)(await host.Task(path, "bouncedMessage"))["note"]);
        var changed = await host.Post($"{path}/contact", new { email = "nouvelle@example.org", phone = (string?)null });
        Assert.Equal(202, changed.Status);
        await host.MoveTo("2026-11-16T10:00:00+01:00");
        Assert.Contains("nouvelle@example.org", Eml.Read(Directory.GetFiles(host.Outbox, "*.second.email.1.eml").Single())["To"]);
        Assert.Equal("second", (string?)(await host.Task(path, "missingAddress"))["step"]);
    }

    [Fact]
    public async Task A_policy_move_changes_the_ladder_and_one_that_does_not_fit_is_refused()
    {
        var path = await host.Register();
        Assert.Equal(202, (await host.Post($"{path}/policy", new { policy = "fr-b2b-fast" })).Status);
        Assert.Equal("fr-b2b-fast", (await host.Get(path))["policy.name"]);
        Assert.Equal((422, "ruleBroken"), await Status(host.Post($"{path}/policy", new { policy = "fr-b2c" })));
        Assert.Equal((422, "ruleBroken"), await Status(host.Post($"{path}/policy", new { policy = "nobody-has-it" })));
        Assert.Equal((400, "invalidRequest"), await Status(host.Post($"{path}/policy", new { })));
    }

    [Fact]
    public async Task An_approval_is_asked_for_and_letters_are_posted_and_the_hand_over_ends_the_ladder()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        await host.MoveTo("2026-11-30T12:00:00+01:00");
        var soon = await host.Post($"{path}/messages/formal-notice/letter/1/outcome", new { outcome = "posted", date = "2099-01-01" });
        Assert.Equal((422, "date"), (soon.Status, soon.Fields.Single()));
        var posted = await host.Post($"{path}/messages/formal-notice/letter/1/outcome", new { outcome = "posted", date = "2026-11-30" });
        Assert.Equal(("formalNotice", "2026-12-15T09:00:00+01:00"), (posted["status"], posted["next.at"]));
        await host.MoveTo("2026-12-15T09:00:00+01:00");
        Assert.Equal("approval", (await host.Get(path))["next.waitingFor"]);
        var task = await host.Task(path, "approval");
        var asked = await host.Post($"/api/tasks/{task["id"]}/done");
        Assert.Equal((409, "needsAnAnswer"), (asked.Status, asked.Code));
        Assert.Equal(202, (await host.Post($"{path}/steps/hand-over/approve")).Status);
        await host.MoveTo("2026-12-15T09:00:01+01:00");
        Assert.Equal("handedOver", (await host.Get(path))["status"]);
        var handOver = (await host.Task(path, "handOver"))["id"];
        var done = await host.Post($"/api/tasks/{handOver}/done", new { id = "done-1", note = "Given to the lawyer." });
        Assert.Equal(202, done.Status);
        Assert.Equal(done.Text, (await host.Post($"/api/tasks/{handOver}/done", new { id = "done-1", note = "Given to the lawyer." })).Text);
    }

    [Fact]
    public async Task A_rejected_step_lapses_and_send_now_does_not_wait_for_the_nominal_date()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        Assert.Equal((409, "notNext"), await Status(host.Post($"{path}/steps/second/reject")));
        Assert.Equal((404, "notFound"), await Status(host.Post($"{path}/steps/nobody/approve")));
        Assert.Equal(202, (await host.Post($"{path}/steps/courtesy/send-now")).Status);
        await host.MoveTo("2026-10-01T10:00:01+02:00");
        Assert.Equal(["2026-10-01 courtesy email"], await host.Sent(path));
        Assert.Equal(202, (await host.Post($"{path}/steps/first/reject", new { reason = "A good customer" })).Status);
        Assert.Equal("lapsed", (string?)(await host.Get(path)).Json["steps"]![1]!["outcome"]);
        var preview = await host.Get($"{path}/steps/second/preview");
        Assert.Equal(["email", "sms"], preview.Json["messages"]!.AsArray().Select(m => (string?)m!["channel"]));
        Assert.True(preview.Text.Contains("compta@example.org", StringComparison.Ordinal), preview.Text);
        Assert.Equal(202, (await host.Post($"{path}/calls", new { step = "call", outcome = "reached" })).Status);
        Assert.Equal((422, "ruleBroken"), await Status(host.Post($"{path}/calls", new { step = "nobody" })));
    }

    [Fact]
    public async Task A_message_is_shown_exactly_as_sent_and_sent_again_only_when_asked()
    {
        await using var host = await Fresh();
        var path = await host.Register();
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        var id = path.Split('/')[^1];
        var message = await host.Get($"{path}/messages/first/email/1");
        Assert.Equal(message.Text, (await host.Get($"{path}/messages/{Uri.EscapeDataString($"{id}/first/email/1")}")).Text);
        Assert.Equal(Eml.Read(Directory.GetFiles(host.Outbox, "*.first.email.1.eml").Single()).Body.ReplaceLineEndings("\n").Trim(), message["body"].ReplaceLineEndings("\n").Trim());
        Assert.Equal(202, (await host.Post($"{path}/messages/first/email/1/resend")).Status);
        Assert.Equal((409, "resentAlready"), await Status(host.Post($"{path}/messages/first/email/1/resend")));
        await host.MoveTo("2026-11-30T10:00:01+01:00");
        Assert.Single(Directory.GetFiles(host.Outbox, "*.first.email.2.eml"));
        Assert.Equal((404, "notFound"), await Status(host.Post($"{path}/messages/call/call/1/resend")));
        Assert.Equal((404, "notFound"), await Status(host.Get($"{path}/messages/first/email/9")));
    }

    private static async Task<(int, string?)> Status(Task<Reply> reply) => (await reply).Status is var status ? (status, (await reply).Code) : default;
}
