using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dunning.Local.Tests.Api;
using Dunning.Service.Figures;

namespace Dunning.Local.Tests.Figures;

/// <summary>Figures of a small ledger told over HTTP under a test clock, held against numbers reckoned by hand.</summary>
public sealed partial class KpiTests
{
    /*
     * Of "demo", in euros, seen on 31 December 2026 for the last quarter (92 days):
     *   F-1 martin  1,000 issued 30 September, due 31 October: 400 on 5 November, 600 on 20 November (20 days late, 51 to pay)
     *   F-2 martin    500 issued 1 October, due 31 October: paid on 30 October (1 early, 29 to pay)
     *   F-3 durand    800 issued 1 November, due 1 December: 200 credited on 5 December, promised for 10 December and not kept; 600 open, 30 days late
     *   F-4 durand    300 issued 20 December, due 19 January: open, not due
     *   F-5 martin    700 issued 1 October, due 31 October: given up on 1 December
     *   F-6 martin    900 issued 1 October: cancelled, so none
     * and in dollars F-7, 50 issued 1 December, due 31 December.
     */
    private static async Task<TestHost> Ledger()
    {
        var host = await TestHost.Run();
        async Task<string> Register(string number, string debtor, decimal amount, string issued, string due, string currency = "EUR") => await host.Register(i =>
            (i["number"], i["debtor"]!["id"], i["amount"], i["issueDate"], i["dueDate"], i["currency"]) = (number, debtor, amount, issued, due, currency));
        var first = await Register("F-1", "martin", 1000m, "2026-09-30", "2026-10-31");
        var second = await Register("F-2", "martin", 500m, "2026-10-01", "2026-10-31");
        var fifth = await Register("F-5", "martin", 700m, "2026-10-01", "2026-10-31");
        await host.Post($"{await Register("F-6", "martin", 900m, "2026-10-01", "2026-10-31")}/cancel", new { reason = "error" });
        await host.MoveTo("2026-10-30T12:00:00+01:00");
        await host.Post($"{second}/payments", new { id = "p2", amount = 500m, date = "2026-10-30" });
        await host.MoveTo("2026-11-02T08:00:00+01:00");
        var third = await Register("F-3", "durand", 800m, "2026-11-01", "2026-12-01");
        await host.MoveTo("2026-11-05T12:00:00+01:00");
        await host.Post($"{first}/payments", new { id = "p1", amount = 400m, date = "2026-11-05" });
        await host.MoveTo("2026-11-20T12:00:00+01:00");
        await host.Post($"{first}/payments", new { id = "p3", amount = 600m, date = "2026-11-20" });
        await host.MoveTo("2026-12-01T12:00:00+01:00");
        await host.Post($"{fifth}/write-off", new { reason = "old" });
        await Register("F-7", "durand", 50m, "2026-12-01", "2026-12-31", "USD");
        await host.MoveTo("2026-12-05T12:00:00+01:00");
        await host.Post($"{third}/credit-notes", new { id = "c3", amount = 200m, date = "2026-12-05" });
        await host.Post($"{third}/promises", new { id = "pr3", date = "2026-12-10" });
        await host.MoveTo("2026-12-20T12:00:00+01:00");
        await Register("F-4", "durand", 300m, "2026-12-20", "2027-01-19");
        await host.MoveTo("2026-12-31T12:00:00+01:00");
        return host;
    }

    private const string Quarter = "creditor=demo&from=2026-10-01&to=2026-12-31";

    [Fact]
    public async Task Every_figure_is_what_a_person_reckons()
    {
        await using var host = await Ledger();
        var kpis = await host.Get($"/api/kpis?{Quarter}");
        Assert.True(kpis.Status == 200, kpis.ToString());
        Assert.Equal(("EUR", "5", "2026-12-31"), (kpis["currency"], kpis["invoices"], kpis["asOf"]));
        Assert.Equal("""["EUR","USD"]""", kpis.Json["currencies"]!.ToJsonString());

        // Owed: 600 of F-3 and 300 of F-4. Sold in 92 days: 500 + 800 + 300 + 700.
        Assert.Equal(("900.00", "300.00", "2300.00", "92"), (kpis["total.owed"], kpis["total.notDue"], kpis["total.sales"], kpis["total.salesDays"]));
        Assert.Equal(("36", "12", "24", "days"), (kpis["dso.value"], kpis["bestPossibleDso.value"], kpis["averageDaysDelinquent.value"], kpis["dso.unit"]));
        // 300 of December's 300: 31 days; 600 of November's 800: 22.5 of its 30.
        Assert.Equal("53.5", kpis["dsoCountBack.value"]);
        // Collected 400 + 600 + 500; there were 1,000 before and 2,300 sold, less 200 credited and 300 not due.
        Assert.Equal(("1500.00", "2800.00", "200.00", "700.00", "53.57"), (kpis["total.collected"], kpis["total.collectible"], kpis["total.credited"], kpis["total.writtenOff"], kpis["cei.value"]));
        // F-1 and F-2: 51 and 29 days; 20 late and 1 early. By euro: (51 × 1,000 + 29 × 500) ÷ 1,500.
        Assert.Equal(("2", "40", "43.67", "9.5"), (kpis["total.paid"], kpis["daysToPay.value"], kpis["daysToPayByAmount.value"], kpis["daysLate.value"]));
        // F-1, F-2, F-3 and F-5 fell due, all but F-2 late: 1,000 + 600 + 700 of 2,800; 200 of F-3 were credited.
        Assert.Equal(("4", "3", "75", "82.14"), (kpis["total.fellDue"], kpis["total.late"], kpis["lateRate.value"], kpis["lateRateByAmount.value"]));
        Assert.Equal(("0", "1", "0"), (kpis["total.promisesKept"], kpis["total.promisesBroken"], kpis["promisesKept.value"]));
        Assert.Equal("notDue 1 300.00 33.33, 1-30 1 600.00 66.67, 31-60 0 0.00 0, 61-90 0 0.00 0, 91+ 0 0.00 0",
            string.Join(", ", kpis.Json["ageing"]!["buckets"]!.AsArray().Select(b => $"{b!["bucket"]} {b["invoices"]} {b["amount"]} {b["percent"]}")));
        // October: 500 of 2,200 by the due date, 900 by J+15, 1,500 by J+30; December: none of 600, its thirtieth day being today.
        Assert.Equal("2026-10-01 3 2200.00 22.73 40.91 68.18 68.18 - -, 2026-12-01 1 600.00 0 0 - - - -", string.Join(", ", kpis.Json["recovery"]!["cohorts"]!.AsArray().Select(c =>
            $"{c!["month"]} {c["invoices"]} {c["collectible"]} {string.Join(' ', c["recovery"]!.AsArray().Select(r => r!["percent"]?.ToString() ?? "-"))}")));
        // F-3, 30 days late: nobody was ever so late. F-4: later than not due were F-1, 20 days, and F-2, 1 early; the second of both is 20: 8 February.
        Assert.Equal(("900.00", "600.00", "0.00"), (kpis["cash.owed"], kpis["cash.later"], kpis["cash.doubtful"]));
        Assert.Equal("2027-02-08 300.00", string.Join(", ", kpis.Json["cash"]!["weeks"]!.AsArray().Where(w => (decimal)w!["usual"]! != 0).Select(w => $"{w!["monday"]} {w["usual"]}")));
        Assert.Equal("null", kpis["trial"]);
        // Each figure says where its words are.
        var keys = kpis.Json.AsObject().Select(m => m.Value is JsonObject figure ? (string?)figure["definition"] : null).OfType<string>().Distinct().ToList();
        Assert.Equal(15, keys.Count);
        Assert.All(keys, k => Assert.NotEmpty((string)kpis.Json["definitions"]![k]!["fr"]!["formula"]!));
    }

    [Fact]
    public async Task What_followed_a_step_is_counted_for_it_and_its_channel()
    {
        await using var host = await Ledger();
        var kpis = await host.Get($"/api/kpis?{Quarter}&withinDays=30");
        var steps = kpis.Json["steps"]!["items"]!.AsArray().ToDictionary(s => (string)s!["step"]!, s => $"{s!["taken"]} {s["paidInFull"]} {s["owed"]} {s["collected"]}");
        // On 28 October to F-1, F-2 and F-5, of 2,200: F-2 was paid on the 30th, 400 of F-1 on 5 November, before its next. On 27 November to F-3, of 800.
        Assert.Equal("4 1 3000.00 900.00", steps["courtesy"]);
        Assert.Equal(30, (int)kpis.Json["steps"]!["withinDays"]!);
        Assert.Contains(kpis.Json["channels"]!["items"]!.AsArray(), c => (string)c!["channels"]! == "email");
        Assert.Equal("fr-b2b@1", (string)kpis.Json["policies"]!["items"]!.AsArray().Single()!["policy"]!);
    }

    [Fact]
    public async Task As_of_a_day_that_is_past_nothing_later_is_known()
    {
        await using var host = await Ledger();
        var then = await host.Get("/api/kpis?creditor=demo&to=2026-11-10");
        // F-1 less 400, F-3 and F-5; F-4 was not there yet, F-5 not given up.
        Assert.Equal(("4", "2100.00", "2025-11-11"), (then["invoices"], then["total.owed"], then["from"]));
        Assert.Equal("1", then["total.paid"]);
        // The ledger begins on 30 September: a year of sales is not there to be held against.
        Assert.Equal("42", then["total.salesDays"]);
        Assert.Equal("null", then["promisesKept.value"]);
        // What was announced or disputed then is not known.
        Assert.Equal("null", then["cash"]);
        // A month that is past holds what fell due on its last day: F-1, F-2 and F-5, on 31 October.
        var october = await host.Get("/api/kpis?creditor=demo&from=2026-10-01&to=2026-10-31");
        Assert.Equal(("3", "2"), (october["total.fellDue"], october["total.late"]));
        Assert.Equal(200, (await host.Get("/api/kpis/cash.csv?creditor=demo&to=2026-11-10")).Status);
    }

    [Fact]
    public async Task Currencies_are_never_added_and_one_can_be_chosen()
    {
        await using var host = await Ledger();
        var dollars = await host.Get($"/api/kpis?{Quarter}&currency=USD");
        Assert.Equal(("USD", "1", "50.00"), (dollars["currency"], dollars["invoices"], dollars["total.owed"]));
        // Due today: nobody knows whether it is late.
        Assert.Equal("0", dollars["total.fellDue"]);
        Assert.Equal("0", (await host.Get($"/api/kpis?{Quarter}&currency=JPY"))["invoices"]);
    }

    [Fact]
    public async Task A_key_sees_the_figures_of_its_creditors_and_no_others()
    {
        await using var host = await Ledger();
        await host.Put("/api/creditors/other", new { name = "Other" });
        var theirs = await host.NewKey("read", "other");
        Assert.Equal("0", (await host.Get("/api/kpis", theirs))["invoices"]);
        foreach (var path in new[] { "/api/kpis?creditor=demo", "/api/kpis/ageing.csv?creditor=demo", "/api/creditors/demo/policy-split" })
            Assert.Equal(404, (await host.Get(path, theirs)).Status);
        Assert.Equal(404, (await host.Get("/api/kpis?creditor=nobody")).Status);
        Assert.Equal(("400", "creditor"), ((await host.Get("/api/kpis")) is var all ? (all["status"], all.Fields.Single()) : default));
    }

    [Fact]
    public async Task A_period_that_is_none_is_refused_with_every_fault()
    {
        await using var host = await TestHost.Run();
        foreach (var (query, fields) in new[]
                 {
                     ("from=2026-13-01&currency=XXX&withinDays=0", "currency,from,withinDays"), ("to=2027-01-01", "to"), ("asOf=2027-01-01", "asOf"), ("from=2026-10-01&to=2026-09-01", "from"),
                     ("to=2026-09-30&asOf=2026-09-01", "to"), ("from=2020-01-01", "from"),
                 })
        {
            var refused = await host.Get($"/api/kpis?creditor=demo&{query}");
            Assert.Equal((400, fields), (refused.Status, refused.Status == 400 ? string.Join(',', refused.Fields.Order()) : refused.Text));
        }
    }

    [Fact]
    public async Task The_data_of_each_figure_is_a_file()
    {
        await using var host = await Ledger();
        foreach (var figure in FigureDefinitions.All)
        {
            var csv = await host.Get($"/api/kpis/{figure.Key}.csv?{Quarter}");
            Assert.Equal((200, "text/csv"), (csv.Status, csv.ContentType));
            Assert.Contains($"{figure.Key}-EUR-2026-10-01-2026-12-31.csv", csv.Headers["Content-Disposition"], StringComparison.Ordinal);
            var lines = csv.Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.All(lines, l => Assert.Equal(lines[0].Split(',').Length, Quoted().Replace(l, "").Split(',').Length));
        }
        var late = await host.Get($"/api/kpis/daysLate?{Quarter}");
        Assert.Equal("from,to,paid,daysLate\r\n2026-10-01,2026-10-31,1,-1\r\n2026-11-01,2026-11-30,1,20\r\n2026-12-01,2026-12-31,0,\r\n", late.Text.TrimStart('\uFEFF'));
        Assert.Equal(404, (await host.Get($"/api/kpis/weather.csv?{Quarter}")).Status);
    }

    [Fact]
    public async Task A_file_says_what_the_answer_says_cell_by_cell()
    {
        await using var host = await Ledger();
        // Two that were paid in one month: the mean of invoices is not that of euros.
        var more = await host.Register(i => (i["number"], i["amount"], i["issueDate"], i["dueDate"]) = ("F-9", 100m, "2026-10-20", "2026-11-10"));
        await host.Post($"{more}/payments", new { id = "p9", amount = 100m, date = "2026-11-06" });
        await host.Put("/api/creditors/demo/policy-split", new { a = "fr-b2b", b = "fr-b2b-fast", percentB = 50 });
        var kpis = (await host.Get($"/api/kpis?{Quarter}")).Json;
        foreach (var figure in FigureDefinitions.All.Select(d => d.Key))
        {
            var lines = (await host.Get($"/api/kpis/{figure}.csv?{Quarter}")).Text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => Cell().Matches(l).Select(m => m.Groups[1].Value.Trim('"')).ToList()).ToList();
            var rows = (figure switch
            {
                "ageing" => kpis["ageing"]!["buckets"],
                "recovery" => kpis["recovery"]!["cohorts"],
                "steps" or "channels" or "policies" => kpis[figure]!["items"],
                "cash" => kpis["cash"]!["weeks"],
                "trial" => kpis["trial"]!["arms"],
                _ => kpis["months"],
            })!.AsArray();
            Assert.Equal((figure, rows.Count), (figure, lines.Count - 1));
            Assert.True(rows.Count > 0, figure);
            foreach (var (cells, row) in lines.Skip(1).Zip(rows))
                foreach (var (name, cell) in lines[0].Zip(cells))
                    Assert.Equal((figure, name, Told(figure, name, row!)), (figure, name, cell));
        }
    }

    // Amounts are written with cents where the other numbers are not.
    private static string Told(string figure, string column, JsonNode row) => (figure, column) switch
    {
        ("ageing", "daysLate") => $"{row["bucket"]}",
        ("recovery", ['d', 'a', 'y', .. var days]) => $"{row["recovery"]!.AsArray().Single(r => $"{r!["daysAfterDue"]}" == days)!["percent"]}",
        ("promises", "kept") => $"{row["promisesKept"]}",
        ("promises", "broken") => $"{row["promisesBroken"]}",
        ("promises", "rate") => $"{row["promisesKeptRate"]}",
        ("cash", "week") => $"{row["monday"]}",
        ("trial", "policy") => $"{row["policy"]}@{row["version"]}",
        _ => row.AsObject().ContainsKey(column) ? $"{row[column]}" : $"there is no {column}",
    };

    [Fact]
    public async Task A_figure_follows_what_happens_at_once()
    {
        await using var host = await Ledger();
        Assert.Equal("900.00", (await host.Get($"/api/kpis?{Quarter}"))["total.owed"]);
        var paid = (await host.Get("/api/invoices?number=F-3&creditor=demo")).Json["items"]![0]!["id"];
        await host.Post($"/api/invoices/{paid}/payments", new { id = "p9", amount = 600m, date = "2026-12-31" });
        Assert.Equal("300.00", (await host.Get($"/api/kpis?{Quarter}"))["total.owed"]);
        await host.Register(i => (i["number"], i["issueDate"], i["dueDate"]) = ("F-8", "2026-12-30", "2027-01-30"));
        Assert.Equal(("1500.00", "6"), ((await host.Get($"/api/kpis?{Quarter}")) is var after ? (after["total.owed"], after["invoices"]) : default));
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("(?:^|,)(\"[^\"]*\"|[^,]*)")]
    private static partial Regex Cell();
}
