using System.Security.Cryptography;
using System.Text;
using Dunning.Local.Tests.Api;
using Dunning.PaymentProviders;

namespace Dunning.Local.Tests.Links;

/// <summary>Money that no webhook told of: found daily, and before whatever cannot be taken back.</summary>
public sealed class ReconciliationTests
{
    public static TheoryData<string> Every => [.. Providers.All];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Money_no_webhook_told_of_is_found_daily_and_ends_the_case(string provider)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        paying.Providers.Pay(paying.Providers.Live(provider));
        await paying.Daily();
        await paying.Daily();
        var found = await paying.Host.Get(path);
        Assert.Equal(("paid", "0.00", "0.00"), (found["status"], found["balance"], found["overpaid"]));
        Assert.Single(found.Timeline("event"), e => e.ToJsonString().Contains(provider, StringComparison.Ordinal));
        await paying.Host.MoveTo("2027-01-31T10:00:00+01:00");
        Assert.Equal(["2026-10-28 courtesy email", "2026-11-09 first email"], await paying.Host.Sent(path));
        Assert.True(Assert.Single(paying.Providers.Links).IsRevoked);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task It_is_asked_for_right_before_a_formal_notice(string provider)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-25T10:00:00+01:00");
        paying.Providers.Pay(paying.Providers.Live(provider));
        await paying.Host.MoveTo("2026-12-31T10:00:00+01:00");
        Assert.Equal("paid", (await paying.Host.Get(path))["status"]);
        Assert.DoesNotContain(await paying.Host.Sent(path), m => m.Contains("formal-notice", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_formal_notice_waits_for_a_provider_that_cannot_be_asked(string provider)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-25T10:00:00+01:00");
        paying.Providers.IsDown = true;
        await paying.Host.MoveTo("2026-11-30T16:30:00+01:00");
        Assert.DoesNotContain(await paying.Host.Sent(path), m => m.Contains("formal-notice", StringComparison.Ordinal));
        paying.Providers.IsDown = false;
        await paying.Host.MoveTo("2026-12-01T18:00:00+01:00");
        Assert.Equal(2, (await paying.Host.Sent(path)).Count(m => m.Contains("formal-notice", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_provider_that_stays_away_makes_the_notice_a_task()
    {
        await using var paying = await Paying.Start("stripe");
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-25T10:00:00+01:00");
        paying.Providers.IsDown = true;
        await paying.Host.MoveTo("2026-12-10T10:00:00+01:00");
        var tasks = (await paying.Host.Get($"/api/tasks?case={path.Split('/')[^1]}")).Json["items"]!.AsArray();
        Assert.Contains(tasks, t => ((string?)t!["task"]!["note"])?.Contains("could not be asked", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(await paying.Host.Sent(path), m => m.Contains("formal-notice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_asked_for_right_before_a_hand_over()
    {
        await using var paying = await Paying.Start("stripe");
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-30T12:00:00+01:00");
        await paying.Host.Post($"{path}/messages/formal-notice/letter/1/outcome", new { outcome = "posted" });
        await paying.Host.MoveTo("2026-12-28T10:00:00+01:00");
        var approval = await paying.Host.Task(path, "approval");
        Assert.Equal("hand-over", (string?)approval["subject"]);
        paying.Providers.Pay(paying.Providers.Live("stripe"));
        Assert.Equal(202, (await paying.Host.Post($"{path}/steps/hand-over/approve")).Status);
        await paying.Host.MoveTo("2027-01-20T10:00:00+01:00");
        Assert.Equal("paid", (await paying.Host.Get(path))["status"]);
        Assert.Empty((await paying.Host.Get($"/api/tasks?kind=handOver&case={path.Split('/')[^1]}")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task The_same_money_told_by_webhook_and_found_counts_once_and_told_by_the_platform_is_a_possible_duplicate()
    {
        await using var paying = await Paying.Start("stripe");
        var host = paying.Host;
        await host.Put("/api/creditors/demo/webhooks/stripe", new { secrets = new[] { Webhooks.Secret } });
        var path = await paying.Register();
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        var link = paying.Providers.Live("stripe");
        var paid = paying.Providers.Pay(link, 50_000);
        await paying.Daily();
        Assert.Equal(200, (await host.Stripe(Webhooks.Succeeded(link.CaseId, 50_000, paid.Id))).Status);
        await paying.Daily();
        Assert.Equal("700.00", (await host.Get(path))["balance"]);
        await host.Post($"{path}/payments", new { id = "platform-1", amount = 500m, date = "2026-11-12", source = "platform" });
        var view = await host.Get(path);
        Assert.Equal("700.00", view["balance"]);
        Assert.Contains("uplicate", view.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_partial_refund_and_a_chargeback_are_found(string provider)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        var paid = paying.Providers.Pay(paying.Providers.Live(provider));
        await paying.Daily();
        Assert.Equal("paid", (await paying.Host.Get(path))["status"]);
        paid.Refunded = 30_000;
        await paying.Daily();
        await paying.Daily();
        Assert.Equal("300.00", (await paying.Host.Get(path))["balance"]);
        if (provider == "gocardless")
            paid.Status = "charged_back";
        else
            paid.Disputed = 90_000;
        await paying.Daily();
        await paying.Daily();
        Assert.Equal("1200.00", (await paying.Host.Get(path))["balance"]);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Money_that_goes_back_months_later_is_found_by_asking_weekly(string provider)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        var paid = paying.Providers.Pay(paying.Providers.Live(provider));
        await paying.Daily();
        await paying.Daily();
        await paying.Host.MoveTo("2027-01-10T10:00:00+01:00");
        async Task<bool> IsAsked()
        {
            var before = paying.Providers.Requests.Count;
            await paying.Daily();
            return paying.Providers.Requests.Count > before;
        }
        Assert.Equal((true, false), (await IsAsked(), await IsAsked()));
        await paying.Host.MoveTo("2027-01-16T10:00:00+01:00");
        Assert.False(await IsAsked());
        paid.Refunded = 30_000;
        await paying.Host.MoveTo("2027-01-17T10:00:00+01:00");
        Assert.True(await IsAsked());
        Assert.Equal("300.00", (await paying.Host.Get(path))["balance"]);
    }

    [Fact]
    public async Task Thirteen_months_after_the_last_money_nobody_asks_any_more()
    {
        await using var paying = await Paying.Start("stripe");
        await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        paying.Providers.Pay(paying.Providers.Live("stripe"));
        foreach (var (day, isAsked) in new[] { ("2026-11-11", true), ("2026-12-10", true), ("2027-11-30", true), ("2028-02-20", true), ("2028-02-28", false) })
        {
            await paying.Host.MoveTo($"{day}T10:00:00+01:00");
            var before = paying.Providers.Requests.Count;
            await paying.Daily();
            Assert.True(isAsked == paying.Providers.Requests.Count > before, day);
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_refund_that_failed_leaves_the_money_where_it_is(string provider)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        var paid = paying.Providers.Pay(paying.Providers.Live(provider));
        paid.Refunded = 30_000;
        await paying.Daily();
        Assert.Equal("300.00", (await paying.Host.Get(path))["balance"]);
        (paid.Refunded, paid.RefundFailed) = (0, 30_000);
        await paying.Daily();
        await paying.Daily();
        Assert.Equal(("0.00", "0.00"), ((await paying.Host.Get(path))["balance"], (await paying.Host.Get(path))["overpaid"]));
    }

    [Fact]
    public async Task A_debit_that_may_be_tried_again_is_waited_for_though_it_failed()
    {
        await using var paying = await Paying.Start("gocardless");
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        var paid = paying.Providers.Pay(paying.Providers.Live("gocardless"), status: "submitted");
        await paying.Daily();
        (paid.Status, paying.Providers.MayRetry) = ("failed", true);
        await paying.Daily();
        Assert.Equal("pendingPayment", (await paying.Host.Get(path))["next.waitingFor"]);
        paying.Providers.MayRetry = false;
        await paying.Daily();
        Assert.NotEqual("pendingPayment", (await paying.Host.Get(path))["next.waitingFor"]);
    }

    [Fact]
    public async Task A_refund_of_GoCardless_finds_its_payment_or_a_person()
    {
        await using var paying = await Paying.Start("gocardless");
        var host = paying.Host;
        await host.Put("/api/creditors/demo/webhooks/gocardless", new { secrets = new[] { Webhooks.Secret } });
        var path = await paying.Register();
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        var paid = paying.Providers.Pay(paying.Providers.Live("gocardless"));
        await paying.Daily();
        paid.Refunded = 30_000;
        Assert.Equal(200, (await host.GoCardless(Refund("EV1", paid.Id))).Status);
        Assert.Equal("300.00", (await host.Get(path))["balance"]);
        // A day without anybody who answers.
        paying.Providers.IsDown = true;
        Assert.Equal(200, (await host.GoCardless(Refund("EV2", paid.Id))).Status);
        var failed = Assert.Single((await host.Get("/api/webhook-deliveries?outcome=failed")).Json["items"]!.AsArray())!;
        Assert.Equal("EV2", (string?)failed["eventId"]);
        paying.Providers.IsDown = false;
        paid.Refunded = 40_000;
        await host.MoveTo("2026-11-10T10:02:00+01:00");
        await host.Post($"/api/webhook-deliveries/{failed["id"]}/process");
        Assert.Equal("400.00", (await host.Get(path))["balance"]);
    }

    [Fact]
    public async Task A_provider_that_did_not_answer_is_waited_for_once_a_minute()
    {
        await using var paying = await Paying.Start("gocardless");
        var host = paying.Host;
        await host.Put("/api/creditors/demo/webhooks/gocardless", new { secrets = new[] { Webhooks.Secret } });
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        paying.Providers.IsDown = true;
        async Task<int> Asked(string id)
        {
            var before = paying.Providers.Requests.Count;
            Assert.Equal(200, (await host.GoCardless(Refund(id, "PM9"))).Status);
            await host.Get("/api/clock");
            return paying.Providers.Requests.Count - before;
        }
        Assert.Equal((1, 0, 0), (await Asked("EV1"), await Asked("EV2"), await Asked("EV3")));
        await host.MoveTo("2026-11-10T10:01:01+01:00");
        Assert.Equal((1, 0), (await Asked("EV4"), await Asked("EV5")));
    }

    private static object Refund(string id, string payment) =>
        new { id, created_at = "2026-11-10T08:00:00.000Z", resource_type = "refunds", action = "paid", links = new { refund = $"RF{payment}" } };

    [Theory]
    [InlineData("stripe", "processing")]
    [InlineData("gocardless", "submitted")]
    [InlineData("mollie", "pending")]
    public async Task Money_on_its_way_is_a_silence_until_it_comes_or_fails(string provider, string underWay)
    {
        await using var paying = await Paying.Start(provider);
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        var paid = paying.Providers.Pay(paying.Providers.Live(provider), status: underWay);
        await paying.Daily();
        Assert.Equal("pendingPayment", (await paying.Host.Get(path))["next.waitingFor"]);
        paid.Status = provider == "stripe" ? "canceled" : "failed";
        await paying.Daily();
        Assert.NotEqual("pendingPayment", (await paying.Host.Get(path))["next.waitingFor"]);
        Assert.Equal("1200.00", (await paying.Host.Get(path))["balance"]);
    }

    [Theory]
    [InlineData("stripe")]
    [InlineData("gocardless")]
    public async Task A_payment_that_names_another_creditors_invoice_never_touches_it(string provider)
    {
        await using var paying = await Paying.Start(provider);
        await paying.Host.Put("/api/creditors/other", new { name = "Other" });
        Assert.Equal(201, (await paying.Set(new { provider, apiKey = Providers.KeyOf(provider, "other") }, "other")).Status);
        var (ours, theirs) = (await paying.Register(), await paying.Register(i => i["creditor"] = "other"));
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        Assert.Equal(2, paying.Providers.Links.Select(l => l.Account).Distinct().Count());
        paying.Providers.Forged = theirs.Split('/')[^1];
        paying.Providers.Pay(paying.Providers.Links.Single(l => l.CaseId == ours.Split('/')[^1]));
        await paying.Daily();
        // The link says whose it is, whatever the payment names.
        Assert.Equal(("0.00", "1200.00"), ((await paying.Host.Get(ours))["balance"], (await paying.Host.Get(theirs))["balance"]));
    }

    [Fact]
    public async Task A_link_paid_in_the_second_it_was_revoked_still_pays_its_case()
    {
        await using var paying = await Paying.Start("mollie");
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        var link = paying.Providers.Live("mollie");
        await paying.Host.Post($"{path}/payments", new { id = "p1", amount = 200m });
        await paying.Host.Get(path);
        Assert.True(link.IsRevoked);
        paying.Providers.Pay(link);
        await paying.Daily();
        var view = await paying.Host.Get(path);
        Assert.Equal(("paid", "200.00"), (view["status"], view["overpaid"]));
    }

    [Fact]
    public async Task An_amount_that_an_event_leaves_out_is_read_from_the_provider()
    {
        await using var paying = await Paying.Start("gocardless");
        var host = paying.Host;
        const string Secret = "gocardless_of_the_tests_0001";
        await host.Put("/api/creditors/demo/webhooks/gocardless", new { secrets = new[] { Secret } });
        var path = await paying.Register();
        await host.MoveTo("2026-11-10T10:00:00+01:00");
        var paid = paying.Providers.Pay(paying.Providers.Live("gocardless"), 40_000);
        var body = Encoding.UTF8.GetBytes($$$"""{"events":[{"id":"EV1","created_at":"2026-11-10T08:00:00.000Z","resource_type":"payments","action":"confirmed","links":{"payment":"{{{paid.Id}}}"}}],"meta":{"webhook_id":"WB1"}}""");
        Assert.Equal(200, (await host.Send("POST", "/api/webhooks/gocardless/demo", body, null, ("Webhook-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))))).Status);
        Assert.Equal("800.00", (await host.Get(path))["balance"]);
        Assert.Empty((await host.Get("/api/unmatched")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_day_costs_nothing_for_cases_without_a_link()
    {
        await using var paying = await Paying.Start("stripe");
        var asleep = await paying.Register(i => i["dueDate"] = "2027-06-30");
        var path = await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        Assert.Null(await paying.Links(asleep));
        var before = paying.Providers.Requests.Count;
        await paying.Daily();
        Assert.Single(paying.Providers.Requests.Skip(before));
        await paying.Host.Post($"{path}/cancel", new { reason = "error" });
        await paying.Host.MoveTo("2026-12-10T10:00:00+01:00");
        await paying.Daily();
        before = paying.Providers.Requests.Count;
        await paying.Daily();
        Assert.Equal(before, paying.Providers.Requests.Count);
    }

    [Fact]
    public async Task What_is_due_is_asked_once_a_day_however_often_the_host_comes_by()
    {
        await using var paying = await Paying.Start("stripe");
        await paying.Register();
        await paying.Host.MoveTo("2026-11-10T10:00:00+01:00");
        async Task<int> Asked()
        {
            var before = paying.Providers.Requests.Count;
            await paying.Reconciliation.RunDue(default);
            return paying.Providers.Requests.Count - before;
        }
        Assert.Equal((1, 0), (await Asked(), await Asked()));
        await paying.Host.MoveTo("2026-11-11T09:00:00+01:00");
        Assert.Equal(0, await Asked());
        await paying.Host.MoveTo("2026-11-11T10:30:00+01:00");
        Assert.Equal((1, 0), (await Asked(), await Asked()));
    }
}
