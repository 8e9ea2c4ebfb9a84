using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>What is owed, as a client sees it.</summary>
public sealed class ClaimTests
{
    [Fact]
    public async Task A_claim_tells_its_segments_and_its_articles()
    {
        await using var host = await TestHost.Run();
        var reply = await host.Post("/api/claims/calculate", Terms());
        Assert.Equal(200, reply.Status);
        Assert.Equal("""{"asOf":"2025-11-30","regime":"fr-b2b","currency":"EUR","principal":3500.00,"interest":87.71,"indemnity":40.00,"indemnityCurrency":"EUR","total":3627.71,"accruedInterest":87.71,"overpaid":0.00,"provisional":false,"segments":[{"from":"2025-10-01","to":"2025-10-20","days":20,"base":6000.00,"rate":12.15,"interest":39.9452054795,"basis":"ECB rate 2.15 % (2025-H2) + 10 points: Code de commerce, art. L441-10 II","provisional":false},{"from":"2025-10-21","to":"2025-11-30","days":41,"base":3500.00,"rate":12.15,"interest":47.7678082192,"basis":"ECB rate 2.15 % (2025-H2) + 10 points: Code de commerce, art. L441-10 II","provisional":false}],"legalBasis":["Code de commerce, art. L441-10 II","Code de commerce, art. L441-10 II et D441-5"],"notes":[]}""", reply.Text);
    }

    [Theory]
    [InlineData("fr-b2c", """{"formalNoticeDate":"2025-10-15","judgmentServedDate":"2025-10-20","creditorQuality":"private"}""", "3500.00 31.61 0.00")]
    [InlineData("fr-public", "{}", "3500.00 73.27 40.00")]
    [InlineData("be-b2b", """{"allocation":"interest-first"}""", "3534.52 41.69 40.00")]
    [InlineData("be-b2c", """{"noticeSentDate":"2025-10-01","noticeChannel":"email","clause":true,"contractualRate":10.5}""", "3500.00 49.91 340.00")]
    [InlineData("fr-b2b", """{"currency":"USD","creditNotes":[{"date":"2025-10-31","amount":500}]}""", "3000.00 82.72 40.00")]
    public async Task Every_regime_is_computed(string regime, string more, string owed)
    {
        await using var host = await TestHost.Run();
        var reply = await host.Post("/api/claims/calculate", Terms(t =>
        {
            t["regime"] = regime;
            foreach (var (name, value) in JsonNode.Parse(more)!.AsObject())
                t[name] = value?.DeepClone();
        }));
        Assert.Equal(owed, $"{reply["principal"]} {reply["interest"]} {reply["indemnity"]}");
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once_with_its_path()
    {
        await using var host = await TestHost.Run();
        var reply = await host.Post("/api/claims/calculate", JsonNode.Parse("""
            { "regime": "fr-b4b", "currency": "EUR", "amount": 0, "dueDate": "2018-12-31", "asOf": "soon", "payments": [{ "date": "2025-13-01", "amount": -5 }, {}],
              "creditNotes": [{ "date": "2025-10-01", "amount": 0.001 }], "contractualRate": 5000, "allocation": "mine", "noticeChannel": "pigeon", "clause": "yes" }
            """));
        Assert.Equal((400, "invalidRequest"), (reply.Status, reply.Code));
        Assert.Equal(["allocation", "amount", "asOf", "clause", "contractualRate", "creditNotes[0].amount", "dueDate", "noticeChannel", "noticeSentDate", "payments[0].amount", "payments[0].date",
            "payments[1].amount", "payments[1].date", "regime"], reply.Fields.Order(StringComparer.Ordinal));
        Assert.Contains("2019-H1 is the first semester", reply.Text, StringComparison.Ordinal);
        var empty = await host.Post("/api/claims/calculate", new { });
        Assert.Equal(["regime", "currency", "amount", "dueDate", "asOf"], empty.Fields);
    }

    [Fact]
    public async Task A_rate_under_the_floor_is_refused_naming_floor_and_semester()
    {
        await using var host = await TestHost.Run();
        var reply = await host.Post("/api/claims/calculate", Terms(t => t["contractualRate"] = 8.00m));
        Assert.Equal((422, "ruleBroken"), (reply.Status, reply.Code));
        Assert.Equal(["contractualRate"], reply.Fields);
        Assert.Contains("8.28 % in 2025-H2", reply.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await host.Post("/api/claims/calculate", Terms(t => (t["contractualRate"], t["dueDate"], t["asOf"]) = (8.00m, "2026-01-10", "2026-02-10")))).Status);
        Assert.Equal(400, (await host.Post("/api/claims/calculate", Terms(t => (t["contractualRate"], t["regime"]) = (8.00m, "fr-public")))).Status);
    }

    [Fact]
    public async Task A_rate_entered_by_an_operator_counts_at_once_and_after_a_restart()
    {
        await using var host = await TestHost.Run();
        var late = Terms(t => (t["dueDate"], t["asOf"], t["payments"]) = ("2026-07-31", "2026-08-30", null));
        Assert.Equal(("True", "59.92"), await Claimed());
        var entered = await host.Put("/api/rates/ecb/2026-H2", new { value = 2.40m, source = "ECB", publishedOn = "2026-06-11" });
        Assert.Equal(201, entered.Status);
        Assert.Equal(("False", "61.15"), await Claimed());
        await host.Restart();
        Assert.Equal(("False", "61.15"), await Claimed());
        // The same again is the same; another value needs a reason.
        Assert.Equal(200, (await host.Put("/api/rates/ecb/2026-H2", new { value = 2.40m, source = "ECB" })).Status);
        Assert.Equal((409, "ratePublished"), await Refusal(host.Put("/api/rates/ecb/2026-H2", new { value = 2.15m, source = "ECB" })));
        Assert.Equal(("False", "61.15"), await Claimed());
        var corrected = await host.Put("/api/rates/ecb/2026-H2", new { value = 2.15m, source = "ECB", correction = "Read from the wrong column" });
        Assert.Equal((200, "2.40"), (corrected.Status, corrected["replaces"]));
        Assert.Equal(("False", "59.92"), await Claimed());
        var rate = (await host.Get("/api/rates?series=ecb")).Json["items"]!.AsArray()[^1]!;
        Assert.Equal(("2026-H2", "2.15", "Read from the wrong column"), ((string?)rate["period"], rate["value"]!.ToString(), (string?)rate["correction"]));

        async Task<(string Provisional, string Interest)> Claimed()
        {
            var reply = await host.Post("/api/claims/calculate", late);
            return (((bool)reply.Json["provisional"]!).ToString(), reply["interest"]);
        }
    }

    [Fact]
    public async Task A_rate_that_cannot_be_is_refused()
    {
        await using var host = await TestHost.Run();
        object rate = new { value = 2.40m, source = "ECB" };
        Assert.Equal(404, (await host.Put("/api/rates/fed/2026-H2", rate)).Status);
        Assert.Equal(["semester"], (await host.Put("/api/rates/ecb/2026", rate)).Fields);
        Assert.Equal(["semester"], (await host.Put("/api/rates/be-legal/2026-H2", rate)).Fields);
        Assert.Equal(["value", "source"], (await host.Put("/api/rates/ecb/2026-H2", new { })).Fields);
        var gap = await host.Put("/api/rates/ecb/2027-H1", rate);
        Assert.Equal((422, "semester"), (gap.Status, gap.Fields.Single()));
        Assert.Contains("ecb/2026-H2 is missing", gap.Text, StringComparison.Ordinal);
        Assert.Equal(["value"], (await host.Put("/api/rates/ecb/2026-H2", new { value = 240m, source = "ECB" })).Fields);
        // Shipped rates are published too.
        Assert.Equal((409, "ratePublished"), await Refusal(host.Put("/api/rates/be-legal/2025", new { value = 5m, source = "SPF" })));
        Assert.Equal(403, (await host.Put("/api/rates/ecb/2026-H2", rate, await host.NewKey("operator"))).Status);
        Assert.Equal(403, (await host.Put("/api/rates/ecb/2026-H2", rate, await host.NewKey("admin", "demo"))).Status);
        Assert.Equal(200, (await host.Get("/api/rates", await host.NewKey("read", "demo"))).Status);
    }

    [Fact]
    public async Task A_case_tells_what_is_owed_on_any_day()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register();
        Assert.Equal("1200.00 0.00 0.00", await Owed(host, path));
        await host.MoveTo("2026-11-30T10:00:00+01:00");
        // Due on 31 October: thirty days at the rate of 2026-H1, carried forward.
        Assert.Equal("1200.00 11.98 40.00", await Owed(host, path));
        var view = await host.Get(path);
        Assert.Equal(("1251.98", "True", "2026-11-30"), (view["claim.total"], ((bool)view.Json["claim"]!["provisional"]!).ToString(), view["claim.asOf"]));
        await host.Post($"{path}/payments", new { id = "p", amount = 200m, date = "2026-11-10" });
        Assert.Equal("1000.00 10.65 40.00", await Owed(host, path));
        await host.Post($"{path}/reversals", new { paymentId = "p" });
        Assert.Equal("1200.00 11.98 40.00", await Owed(host, path));
        await host.Post($"{path}/credit-notes", new { amount = 1200m, date = "2026-10-31" });
        Assert.Equal("0.00 0.00 0.00", await Owed(host, path));
        Assert.Equal("1200.00 0.00 0.00", await Owed(host, $"{await host.Register()}", "2026-10-31"));
        Assert.Equal(400, (await host.Get($"{path}/claim?asOf=yesterday")).Status);
        Assert.Equal((422, "asOf"), ((await host.Get($"{path}/claim?asOf=2018-01-01")) is var early ? (early.Status, early.Fields.Single()) : default));
        Assert.Equal(404, (await host.Get("/api/invoices/nobody/claim")).Status);
        var cancelled = await host.Register();
        await host.Post($"{cancelled}/cancel");
        Assert.Equal((422, "null"), ((await host.Get($"{cancelled}/claim")).Status, (await host.Get(cancelled))["claim"]));
    }

    [Fact]
    public async Task A_consumer_owes_interest_from_the_formal_notice_as_it_was_accepted()
    {
        await using var host = await TestHost.Run();
        var path = await host.Register(i => i["debtor"]!["kind"] = "consumer");
        await host.MoveTo("2026-12-20T10:00:00+01:00");
        Assert.Equal("1200.00 0.00 0.00", await Owed(host, path));
        await host.Post($"{path}/steps/formal-notice/approve");
        await host.MoveTo("2026-12-31T10:00:00+01:00");
        var notice = (await host.Get(path)).Timeline("message").Last(m => (string?)m["step"] == "formal-notice");
        Assert.Equal("2026-12-21", notice["at"]!.GetValue<string>()[..10]);
        Assert.Equal(("0.00", "0.00"), (notice["interest"]!.ToString(), notice["indemnity"]!.ToString()));
        // Ten days at 2.62 %.
        Assert.Equal("1200.00 0.86 0.00", await Owed(host, path));
        Assert.Equal("2026-12-22", (string?)(await host.Get($"{path}/claim")).Json["segments"]![0]!["from"]);
    }

    [Fact]
    public async Task A_Belgian_consumer_owes_the_legal_rate_once_the_fourteen_days_of_the_first_reminder_are_over()
    {
        await using var host = await TestHost.Run();
        // Its first reminder must name the creditor's enterprise number (XIX.2).
        await host.Put("/api/creditors/peeters", new { name = "Peeters", enterpriseNumber = "0403.170.701" });
        var path = await host.Register(i => (i["creditor"], i["debtor"]!["kind"], i["debtor"]!["country"]) = ("peeters", "consumer", "BE"));
        await host.MoveTo("2026-12-20T10:00:00+01:00");
        var first = (await host.Get(path)).Timeline("message").First(m => string.CompareOrdinal(m["at"]!.GetValue<string>(), "2026-11") > 0);
        Assert.Equal(("2026-11-09", "email"), (first["at"]!.GetValue<string>()[..10], (string?)first["channel"]));
        Assert.Equal("1200.00 0.00 0.00", await Owed(host, path, "2026-11-23"));
        // From the 24th on, 4.50 %.
        Assert.Equal("1200.00 0.15 0.00", await Owed(host, path, "2026-11-24"));
    }

    [Fact]
    public async Task An_unlawful_term_is_a_warning_and_the_limitation_is_shown()
    {
        await using var host = await TestHost.Run();
        var reply = await host.Post("/api/invoices", host.Invoice(i => i["dueDate"] = "2026-12-31"));
        Assert.Equal(202, reply.Status);
        Assert.StartsWith("'dueDate' is 92 days after the invoice", (string?)reply.Json["warnings"]!.AsArray().Single(), StringComparison.Ordinal);
        var view = await host.Get(reply.Location!);
        Assert.StartsWith("'dueDate' is 92 days", (string?)view.Json["warnings"]!.AsArray().Single(), StringComparison.Ordinal);
        Assert.Equal("2031-09-30", view["limitationOn"]);
        var lawful = await host.Post("/api/invoices", host.Invoice());
        Assert.DoesNotContain("warnings", lawful.Text, StringComparison.Ordinal);
        Assert.Empty((await host.Get(lawful.Location!)).Json["warnings"]!.AsArray());
        Assert.Equal("2028-09-30", (await host.Get(await host.Register(i => i["debtor"]!["kind"] = "consumer")))["limitationOn"]);
        Assert.Equal("null", (await host.Get(await host.Register(i => i["debtor"]!["country"] = "BE")))["limitationOn"]);
    }

    private static JsonObject Terms(Action<JsonObject>? change = null)
    {
        var terms = JsonNode.Parse("""
            { "regime": "fr-b2b", "currency": "EUR", "amount": 6000.00, "dueDate": "2025-09-30", "asOf": "2025-11-30",
              "payments": [{ "date": "2025-10-20", "amount": 2500.00 }], "contractualRate": null, "allocation": "principal-first" }
            """)!.AsObject();
        change?.Invoke(terms);
        return terms;
    }

    private static async Task<string> Owed(TestHost host, string path, string? asOf = null)
    {
        var claim = await host.Get($"{path}/claim{(asOf is null ? "" : $"?asOf={asOf}")}");
        return $"{claim["principal"]} {claim["interest"]} {claim["indemnity"]}";
    }

    private static async Task<(int Status, string? Code)> Refusal(Task<Reply> asked) => await asked is var reply ? (reply.Status, reply.Code) : default;
}
