using System.Text;
using Dunning.Service.Outgoing;
using Dunning.Service.Webhooks.Verifying;
using Microsoft.AspNetCore.Http;

namespace Dunning.Local.Tests.Api;

/// <summary>What a platform is told, by a receiver that verifies it with the verifier we judge others by.</summary>
public sealed class OutgoingTests
{
    private static readonly DateTimeOffset Start = TestHost.Start.ToUniversalTime();

    [Fact]
    public async Task What_happens_is_told_signed_in_order_and_under_the_ids_of_the_feed()
    {
        await using var receiver = await Receiver.Start();
        await using var host = await Host();
        var path = await host.Register();
        var (_, secret) = await Endpoint(host, receiver);
        await host.Post($"{path}/payments", new { id = "pay-1", amount = 1200m, date = "2026-10-01" });
        await Now(host);
        Assert.Equal(["payment.received", "invoice.paid", "invoice.statusChanged"], receiver.Types);
        foreach (var told in receiver.All)
        {
            Assert.Equal(Verdict.Genuine, await told.Verify(secret));
            Assert.Equal(Verdict.Forged, await told.Verify("whsec_" + Convert.ToBase64String(new byte[32])));
            Assert.Equal(Verdict.Forged, await (told with { Body = [.. told.Body, (byte)' '] }).Verify(secret));
            Assert.Equal(["data", "timestamp", "type"], told.Json.AsObject().Select(m => m.Key).Order());
            Assert.Equal((Start, "application/json; charset=utf-8"), (told.At, told.Headers.ContentType.ToString()));
        }
        var feed = await host.Get("/api/events?creditor=demo");
        Assert.Equal(receiver.All.Select(r => r.Id), feed.Json["items"]!.AsArray().Select(i => (string)i!["id"]!));
        Assert.Equal(receiver.All.Select(r => r.Json["data"]!.ToJsonString()), feed.Json["items"]!.AsArray().Select(i => i!["data"]!.ToJsonString()));
        Assert.Equal((0m, 1200.00m, "EUR"), (Data(receiver, 0, "balance"), Data(receiver, 0, "amount"), (string)receiver.All.First().Json["data"]!["currency"]!));
        Assert.DoesNotContain("Martin", string.Concat(receiver.All.Select(r => Encoding.UTF8.GetString(r.Body))), StringComparison.Ordinal);
        // Nothing more comes of looking again.
        await Now(host);
        Assert.Equal(3, receiver.All.Count);
    }

    [Fact]
    public async Task An_endpoint_is_tried_on_the_schedule_of_the_specification_to_its_dead_letter_and_replayed()
    {
        await using var receiver = await Receiver.Start();
        await using var host = await Host();
        var (id, secret) = await Endpoint(host, receiver, "payment.received");
        receiver.AnswerAlways(500);
        await Pay(host);
        await host.MoveTo("2026-10-02T10:00:00+02:00");
        await host.Restart();
        await host.MoveTo("2026-10-04T10:00:00+02:00");
        Assert.Equal(9, receiver.All.Count);
        var pending = (await host.Get($"/api/webhook-endpoints/{id}/deliveries?state=pending")).Json["items"]!.AsArray().Single()!;
        Assert.Equal((9, 500), ((int)pending["attempts"]!, (int)pending["status"]!));
        await host.MoveTo("2026-10-06T10:00:00+02:00");

        Assert.Equal(RetrySchedule.Waits.Count, receiver.All.Count);
        Assert.Single(receiver.All.Select(r => r.Id).Distinct());
        var at = Start;
        foreach (var (told, wait) in receiver.All.Zip(RetrySchedule.Waits))
        {
            Assert.InRange(told.At - at, wait - TimeSpan.FromSeconds(1), wait * 1.05 + TimeSpan.FromSeconds(1));
            Assert.Equal(Verdict.Genuine, await told.Verify(secret));
            at = told.At;
        }
        var endpoint = await host.Get($"/api/webhook-endpoints/{id}");
        Assert.Equal(("true", "failing", "1", "0"), (endpoint["disabled"], endpoint["disabledBecause"], endpoint["deadLetters"], endpoint["pending"]));
        var dead = (await host.Get($"/api/webhook-endpoints/{id}/deliveries")).Json["items"]!.AsArray().Single()!;
        Assert.Equal((receiver.All.First().Id, "dead", 10), ((string)dead["id"]!, (string)dead["state"]!, (int)dead["attempts"]!));

        receiver.AnswerAlways(204);
        Assert.Equal(202, (await host.Post($"/api/webhook-endpoints/{id}/replay", new { since = "2026-10-01T00:00:00Z" })).Status);
        await Now(host);
        Assert.Equal(10, receiver.All.Count);
        Assert.Equal(200, (await host.Put($"/api/webhook-endpoints/{id}", new { url = receiver.Url })).Status);
        await Now(host);
        Assert.Equal((11, receiver.All.First().Id), (receiver.All.Count, receiver.All.Last().Id));
        endpoint = await host.Get($"/api/webhook-endpoints/{id}");
        Assert.Equal(("false", "null", "0", "0", "1", "null"), (endpoint["disabled"], endpoint["disabledBecause"], endpoint["deadLetters"], endpoint["pending"], endpoint["delivered"], endpoint["failingSince"]));
        var delivered = (await host.Get($"/api/webhook-endpoints/{id}/deliveries?state=delivered")).Json["items"]!.AsArray().Single()!;
        Assert.Equal(202, (await host.Post($"/api/webhook-endpoints/{id}/deliveries/{delivered["id"]}/replay")).Status);
        await Now(host);
        Assert.Equal(12, receiver.All.Count);
        Assert.Equal(404, (await host.Post($"/api/webhook-endpoints/{id}/deliveries/evt_nothing/replay")).Status);
    }

    [Fact]
    public async Task A_dead_letter_among_deliveries_that_get_through_disables_nothing()
    {
        await using var receiver = await Receiver.Start();
        await using var host = await Host();
        var (id, _) = await Endpoint(host, receiver, "payment.received");
        var poison = "";
        receiver.Answer = (http, number) =>
        {
            poison = number == 1 ? receiver.All.First().Id : poison;
            http.Response.StatusCode = http.Request.Headers["webhook-id"] == poison ? 400 : 200;
            return Task.CompletedTask;
        };
        await Pay(host);
        await Now(host);
        foreach (var day in (string[])["02", "03", "04", "05"])
        {
            await host.MoveTo($"2026-10-{day}T15:00:00+02:00");
            await Pay(host);
            await Now(host);
        }
        var endpoint = await host.Get($"/api/webhook-endpoints/{id}");
        Assert.Equal(("false", "1", "4"), (endpoint["disabled"], endpoint["deadLetters"], endpoint["delivered"]));
        receiver.AnswerAlways(200);
        Assert.Equal(202, (await host.Post($"/api/webhook-endpoints/{id}/deliveries/{poison}/replay")).Status);
        await Now(host);
        endpoint = await host.Get($"/api/webhook-endpoints/{id}");
        Assert.Equal(("0", "5"), (endpoint["deadLetters"], endpoint["delivered"]));
    }

    [Theory]
    [InlineData(410, true)]
    [InlineData(302, false)]
    [InlineData(404, false)]
    public async Task Gone_disables_and_a_redirect_is_a_failure_that_nobody_follows(int status, bool disables)
    {
        await using var receiver = await Receiver.Start();
        await using var host = await Host();
        var (id, _) = await Endpoint(host, receiver, "payment.received");
        receiver.Answer = (http, _) =>
        {
            (http.Response.StatusCode, http.Response.Headers.Location) = (status, receiver.Url + "/elsewhere");
            return Task.CompletedTask;
        };
        await Pay(host);
        await Now(host);
        var endpoint = await host.Get($"/api/webhook-endpoints/{id}");
        Assert.Equal((1, disables ? "true" : "false", disables ? "gone" : "null", "1"), (receiver.All.Count, endpoint["disabled"], endpoint["disabledBecause"], endpoint["pending"]));
        await host.MoveTo("2026-10-01T10:00:06+02:00");
        Assert.Equal(disables ? 1 : 2, receiver.All.Count);
        // On again, it is told what it missed.
        receiver.AnswerAlways(200);
        await host.Put($"/api/webhook-endpoints/{id}", new { url = receiver.Url, types = new[] { "payment.received" } });
        await host.MoveTo("2026-10-01T10:10:00+02:00");
        Assert.Equal("1", (await host.Get($"/api/webhook-endpoints/{id}"))["delivered"]);
    }

    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("1", 5)]
    [InlineData("Thu, 01 Oct 2026 09:00:00 GMT", 3600)]
    [InlineData("999999", 86400)]
    public async Task A_receiver_that_asks_to_wait_is_waited_for(string retryAfter, int seconds)
    {
        await using var receiver = await Receiver.Start();
        await using var host = await Host();
        await Endpoint(host, receiver, "payment.received");
        receiver.Answer = (http, number) =>
        {
            http.Response.StatusCode = number > 1 ? 200 : seconds == 3600 ? 429 : 503;
            http.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        };
        await Pay(host);
        await host.MoveTo("2026-10-03T10:00:00+02:00");
        Assert.Equal(2, receiver.All.Count);
        Assert.InRange(receiver.All.Last().At - Start, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 1));
    }

    [Fact]
    public async Task For_a_day_after_a_rotation_both_secrets_sign()
    {
        await using var receiver = await Receiver.Start();
        await using var host = await Host();
        var (id, old) = await Endpoint(host, receiver, "payment.received");
        var rotated = await host.Post($"/api/webhook-endpoints/{id}/rotate");
        var fresh = rotated["secret"];
        Assert.True(rotated.Status == 200 && fresh != old && rotated["secrets"] == "2", rotated.ToString());
        Assert.DoesNotContain("whsec_", (await host.Get($"/api/webhook-endpoints/{id}")).Text, StringComparison.Ordinal);
        await Pay(host);
        await host.MoveTo("2026-10-02T10:00:01+02:00");
        await Pay(host);
        await Now(host);
        Assert.Equal(2, receiver.All.First().Headers["webhook-signature"].ToString().Split(' ').Length);
        foreach (var (n, secret, verdict) in ((int, string, Verdict)[])[(0, old, Verdict.Genuine), (0, fresh, Verdict.Genuine), (1, old, Verdict.Forged), (1, fresh, Verdict.Genuine)])
            Assert.Equal(verdict, await receiver.All.ElementAt(n).Verify(secret));
    }

    [Fact]
    public async Task A_slow_endpoint_keeps_no_other_waiting()
    {
        await using var slow = await Receiver.Start();
        await using var quick = await Receiver.Start();
        await using var host = await Host();
        var release = new TaskCompletionSource();
        slow.Answer = (_, _) => release.Task;
        var (id, _) = await Endpoint(host, slow, "payment.received");
        await Endpoint(host, quick, "payment.received");
        await Pay(host);
        var moving = Now(host);
        await Task.WhenAll(slow.Arrival(), quick.Arrival());
        Assert.False(moving.IsCompleted);
        release.SetResult();
        await moving;
        Assert.Equal("1", (await host.Get($"/api/webhook-endpoints/{id}"))["delivered"]);
    }

    [Fact]
    public async Task In_real_time_it_is_told_without_anybody_asking_and_after_a_restart()
    {
        await using var receiver = await Receiver.Start();
        await using var host = await TestHost.Run(o => o with { LoopbackWebhooks = true, Clock = null });
        await Endpoint(host, receiver, "payment.received");
        await Pay(host);
        await receiver.Arrival();
        receiver.Answer = (http, number) =>
        {
            http.Response.StatusCode = number == 2 ? 500 : 200;
            return Task.CompletedTask;
        };
        await Pay(host);
        await receiver.Arrival();
        await host.Restart();
        await receiver.Arrival();
        Assert.Equal(receiver.All.ElementAt(1).Id, receiver.All.ElementAt(2).Id);
    }

    [Fact]
    public async Task A_test_call_says_at_once_what_came_back()
    {
        await using var receiver = await Receiver.Start();
        await using var host = await Host();
        var (id, secret) = await Endpoint(host, receiver);
        receiver.Answer = (http, _) =>
        {
            http.Response.StatusCode = 202;
            return http.Response.WriteAsync(new string('x', 100_000));
        };
        var reply = await host.Post($"/api/webhook-endpoints/{id}/test");
        Assert.Equal(("true", "202", 300), (reply["delivered"], reply["status"], reply["answer"].Length));
        Assert.Equal(("test", Verdict.Genuine), (receiver.All.Single().Type, await receiver.All.Single().Verify(secret)));
        await receiver.DisposeAsync();
        reply = await host.Post($"/api/webhook-endpoints/{id}/test");
        Assert.Equal(("false", "null", "noConnection"), (reply["delivered"], reply["status"], reply["error"]));
    }

    [Fact]
    public async Task An_import_announces_nothing_of_what_it_brings_along()
    {
        await using var host = await Host();
        var ledger = "number,issue date,due date,name,kind,country,email,amount,paid,payment date\nA-1,2026-08-01,2026-09-01,Martin,business,FR,m@example.org,100.00,40.00,2026-09-10\n";
        var imported = await host.Send("POST", "/api/invoices/import?creditor=demo&start=held", ledger, TestHost.Key, ("Content-Type", "text/csv"));
        Assert.True(imported.Status == 200 && imported.Text.Contains("\"accepted\":1", StringComparison.Ordinal), imported.ToString());
        Assert.Equal(60m, (decimal)(await host.Get("/api/invoices?creditor=demo")).Json["items"]![0]!["balance"]!);
        Assert.Empty((await host.Get("/api/events?creditor=demo")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task The_events_of_a_creditor_are_its_own()
    {
        await using var host = await Host();
        await host.Put("/api/creditors/other", new { name = "Autre" });
        var (mine, theirs) = (await host.NewKey("admin", "demo"), await host.NewKey("admin", "other"));
        var made = await host.Post("/api/webhook-endpoints", new { creditor = "demo", url = "https://platform.example.org/x" }, mine);
        Assert.Equal(201, made.Status);
        await Pay(host);
        await Now(host);
        Assert.NotEmpty((await host.Get("/api/events", mine)).Json["items"]!.AsArray());
        Assert.Empty((await host.Get("/api/events", theirs)).Json["items"]!.AsArray());
        Assert.Equal(404, (await host.Get("/api/events?creditor=demo", theirs)).Status);
        Assert.Equal((400, "creditor"), ((await host.Get("/api/events")) is var all ? (all.Status, all.Fields.Single()) : default));
        foreach (var (method, suffix) in ((string, string)[])[("GET", ""), ("DELETE", ""), ("POST", "/rotate"), ("POST", "/test"), ("GET", "/deliveries"), ("POST", "/deliveries/evt_1/replay")])
            Assert.Equal(404, (await host.Send(method, $"{made.Location}{suffix}", null, theirs)).Status);
        Assert.Equal(422, (await host.Post("/api/webhook-endpoints", new { creditor = "demo", url = "https://platform.example.org/x" }, theirs)).Status);
        Assert.Empty((await host.Get("/api/webhook-endpoints", theirs)).Json["items"]!.AsArray());
        Assert.Equal(403, (await host.Get(made.Location!, await host.NewKey("ingest", "demo"))).Status);
    }

    [Fact]
    public async Task The_feed_goes_on_where_it_was_left_and_says_what_it_cannot_read()
    {
        await using var host = await Host();
        await Pay(host);
        await Now(host);
        var first = await host.Get("/api/events?creditor=demo&limit=1&type=invoice.paid,payment.received");
        var rest = await host.Get($"/api/events?creditor=demo&after={first["nextCursor"]}");
        Assert.DoesNotContain((string)first.Json["items"]![0]!["id"]!, rest.Text, StringComparison.Ordinal);
        var end = await host.Get($"/api/events?creditor=demo&after={rest["nextCursor"]}");
        Assert.Empty(end.Json["items"]!.AsArray());
        await Pay(host);
        await Now(host);
        Assert.Equal("payment.received", (string)(await host.Get($"/api/events?creditor=demo&after={end["nextCursor"]}")).Json["items"]![0]!["type"]!);
        var wrong = await host.Get("/api/events?creditor=demo&after=bm93aGVyZQ&type=invoice.payed&limit=0");
        Assert.Equal(["limit", "type", "after"], wrong.Fields);
    }

    [Fact]
    public async Task An_endpoint_that_cannot_be_is_refused_with_every_fault()
    {
        await using var host = await TestHost.Run();
        foreach (var url in (string[])["http://platform.example.org/", "https://127.0.0.1/", "https://2130706433/", "https://0x7f.0.0.1/", "https://[::1]/", "https://10.1.2.3/", "https://169.254.169.254/latest", "https://user:pass@platform.example.org/", "https://platform.example.org:22/", "https://localhost/", "ftp://platform.example.org/", "/relative", "https://platform.example.org/#here"])
        {
            var refused = await host.Post("/api/webhook-endpoints", new { creditor = "demo", url });
            Assert.True(refused.Status == 400 && refused.Fields is ["url"], $"{url}: {refused}");
        }
        var wrong = await host.Post("/api/webhook-endpoints", new { url = 5, types = new[] { "test", "x" }, description = "\n\u0001", disabled = "no" });
        Assert.Equal(["creditor", "url", "types", "types", "description", "disabled"], wrong.Fields);
        Assert.Equal(422, (await host.Post("/api/webhook-endpoints", new { creditor = "nobody", url = "https://platform.example.org/" })).Status);
    }

    [Fact]
    public async Task An_endpoint_lives_by_the_rules_of_every_resource()
    {
        await using var host = await Host();
        var body = new { creditor = "demo", url = "https://platform.example.org/", types = new[] { "invoice.paid" }, description = "Accounting" };
        var made = await host.Post("/api/webhook-endpoints", body, TestHost.Key, ("Idempotency-Key", "k1"));
        var again = await host.Post("/api/webhook-endpoints", body, TestHost.Key, ("Idempotency-Key", "k1"));
        Assert.Equal((201, 201, made["id"], "null"), (made.Status, again.Status, again["id"], again["secret"]));
        Assert.StartsWith("whsec_", made["secret"], StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(made["secret"]["whsec_".Length..]).Length);
        var read = await host.Get(made.Location!);
        Assert.Equal(412, (await host.Put(made.Location!, body, TestHost.Key, ("If-Match", "\"stale\""))).Status);
        Assert.Equal(200, (await host.Put(made.Location!, new { url = "https://platform.example.org/other", disabled = true }, TestHost.Key, ("If-Match", read.Etag!))).Status);
        read = await host.Get(made.Location!);
        Assert.Equal(("https://platform.example.org/other", "true", "null", "[]"), (read["url"], read["disabled"], read["disabledBecause"], read["types"]));
        Assert.Single((await host.Get("/api/webhook-endpoints?creditor=demo")).Json["items"]!.AsArray());
        Assert.Equal(200, (await host.Send("DELETE", made.Location!, null)).Status);
        Assert.Equal((404, 404), ((await host.Get(made.Location!)).Status, (await host.Send("DELETE", made.Location!, null)).Status));
        Assert.Empty((await host.Get("/api/webhook-endpoints?creditor=demo")).Json["items"]!.AsArray());
    }

    private static Task<TestHost> Host() => TestHost.Run(o => o with { LoopbackWebhooks = true });

    private static async Task<(string Id, string Secret)> Endpoint(TestHost host, Receiver receiver, params string[] types)
    {
        var reply = await host.Post("/api/webhook-endpoints", new { creditor = "demo", url = receiver.Url, types });
        Assert.True(reply.Status == 201, reply.ToString());
        return (reply["id"], reply["secret"]);
    }

    private static async Task Pay(TestHost host)
    {
        var path = await host.Register();
        Assert.Equal(202, (await host.Post($"{path}/payments", new { amount = 1200m })).Status);
    }

    // Whoever moves the test clock, even by nothing, has what is due delivered.
    private static async Task Now(TestHost host) => await host.MoveTo((await host.Get("/api/clock"))["now"]);

    private static decimal Data(Receiver receiver, int nth, string name) => (decimal)receiver.All.ElementAt(nth).Json["data"]![name]!;
}
