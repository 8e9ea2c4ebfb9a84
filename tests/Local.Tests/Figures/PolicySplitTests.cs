using Dunning.Domain;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Figures;

/// <summary>Two policies tried side by side: who may begin it, who gets which, and what its figures say.</summary>
public sealed class PolicySplitTests
{
    private static readonly object Trial = new { a = "fr-b2b", b = "fr-b2b-fast", percentB = 50 };

    [Fact]
    public async Task Debtors_are_divided_and_each_case_keeps_the_policy_it_was_given()
    {
        await using var host = await TestHost.Run();
        var before = await host.Register(i => i["debtor"]!["id"] = "before");
        Assert.Equal(201, (await host.Put("/api/creditors/demo/policy-split", Trial)).Status);
        var split = new PolicySplit(new("fr-b2b", 1), new("fr-b2b-fast", 1), 50, new(2026, 10, 1));
        for (var n = 0; n < 20; n++)
            for (var invoice = 0; invoice < 2; invoice++)
                Assert.Equal(split.For($"debtor-{n}").Name, (await host.Get(await host.Register(i => i["debtor"]!["id"] = $"debtor-{n}")))["policy.name"]);
        Assert.Equal(2, Enumerable.Range(0, 20).Select(n => split.For($"debtor-{n}")).Distinct().Count());
        // Who was there before, and whoever has a policy of their own, is in no trial.
        Assert.Equal("fr-b2b", (await host.Get(before))["policy.name"]);
        var other = Enumerable.Range(0, 20).Select(n => $"debtor-{n}").First(d => split.For(d) == split.B);
        Assert.Equal("fr-b2b", (await host.Get(await host.Register(i => (i["debtor"]!["id"], i["policy"]) = (other, "fr-b2b"))))["policy.name"]);
        Assert.Equal("fr-public", (await host.Get(await host.Register(i => (i["debtor"]!["id"], i["debtor"]!["kind"]) = (other, "public"))))["policy.name"]);
        Assert.Equal("2026-10-01", (await host.Post("/api/creditors/demo/policy-split/end"))["endedOn"]);
        Assert.Equal("fr-b2b", (await host.Get(await host.Register(i => i["debtor"]!["id"] = other)))["policy.name"]);
    }

    [Fact]
    public async Task Its_figures_count_both_sides_and_conclude_nothing_from_few_debtors()
    {
        await using var host = await TestHost.Run();
        await host.Put("/api/creditors/demo/policy-split", Trial);
        var split = new PolicySplit(new("fr-b2b", 1), new("fr-b2b-fast", 1), 50, new(2026, 10, 1));
        var (a, paid) = (0, 0);
        for (var n = 0; n < 8; n++)
        {
            var path = await host.Register(i => i["debtor"]!["id"] = $"debtor-{n}");
            if (split.For($"debtor-{n}") != split.A)
                continue;
            a++;
            if (n % 2 == 0)
            {
                paid++;
                await host.Post($"{path}/payments", new { amount = 1200m, date = "2026-10-01" });
            }
        }
        // The thirtieth day after the due date is not over.
        await host.MoveTo("2026-11-30T12:00:00+01:00");
        Assert.Equal("0", (await Arm(host, 0))["invoices"]!.ToString());
        await host.MoveTo("2026-12-01T00:30:00+01:00");
        var first = await Arm(host, 0);
        Assert.Equal(("A", a, a, paid), ((string)first["arm"]!, (int)first["debtors"]!, (int)first["invoices"]!, (int)first["paid"]!));
        Assert.True((decimal)first["low"]! < (decimal)first["percentPaid"]! && (decimal)first["percentPaid"]! < (decimal)first["high"]!);
        // Moved since, an invoice counts where it began.
        var unpaid = Enumerable.Range(0, 8).First(n => split.For($"debtor-{n}") == split.A && n % 2 == 1);
        var id = (await host.Get($"/api/invoices?debtor=debtor-{unpaid}")).Json["items"]![0]!["id"];
        Assert.Equal(202, (await host.Post($"/api/invoices/{id}/policy", new { policy = "fr-b2b-fast" })).Status);
        var moved = await host.Get("/api/kpis?creditor=demo");
        Assert.Equal((a, "1", "0"), ((int)(await Arm(host, 0))["invoices"]!, moved["trial.moved"], moved["trial.leftOut"]));
        Assert.Equal(("notEnoughData", "30"), ((await host.Get("/api/kpis?creditor=demo")) is var kpis ? (kpis["trial.verdict"], kpis["trial.leastDebtors"]) : default));
    }

    [Fact]
    public async Task A_trial_that_cannot_be_is_refused()
    {
        await using var host = await TestHost.Run();
        const string path = "/api/creditors/demo/policy-split";
        Assert.Equal(404, (await host.Get(path)).Status);
        Assert.Equal(404, (await host.Post($"{path}/end")).Status);
        Assert.Equal("a,b,percentB", string.Join(',', (await host.Put(path, new { a = "nothing", percentB = 100 })).Fields.Order()));
        Assert.Equal(["b"], (await host.Put(path, new { a = "fr-b2b", b = "fr-b2b" })).Fields);
        Assert.Equal((422, "b"), ((await host.Put(path, new { a = "fr-b2b", b = "fr-b2c" })) is var unfit ? (unfit.Status, unfit.Fields.Single()) : default));
        Assert.Equal(403, (await host.Put(path, Trial, await host.NewKey("operator"))).Status);
        Assert.Equal(201, (await host.Put(path, Trial)).Status);
        Assert.Equal(200, (await host.Put(path, Trial)).Status);
        Assert.Equal("trialRunning", (await host.Put(path, new { a = "fr-b2b", b = "fr-b2b-fast", percentB = 20 })).Code);
        Assert.Equal(200, (await host.Post($"{path}/end")).Status);
        Assert.Equal("20", (await host.Put(path, new { a = "fr-b2b", b = "fr-b2b-fast", percentB = 20 }))["percentB"]);
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> Arm(TestHost host, int side) => (await host.Get("/api/kpis?creditor=demo")).Json["trial"]!["arms"]![side]!;
}
