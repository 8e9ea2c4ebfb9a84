using System.Text.Json.Nodes;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Commands;

/// <summary>Acts on cases: the same as over HTTP.</summary>
public sealed class CaseCommandTests(TestHost host) : IClassFixture<TestHost>
{
    [Fact]
    public async Task A_list_says_where_it_ended_and_goes_on_from_there()
    {
        for (var i = 0; i < 5; i++)
            await host.Register(b => b["debtor"]!["name"] = "Les Longues Listes");
        var all = (await host.Ask("list", "--sort", "number")).Json["items"]!.AsArray();
        var first = await host.Ask("list", "--sort", "number", "--limit", "3");
        Assert.Equal(0, first.Code);
        Assert.Equal(3, first.Json["items"]!.AsArray().Count);
        var rest = await host.Ask("list", "--sort", "number", "--limit", "500", "--cursor", (string)first.Json["nextCursor"]!);
        Assert.Null(rest.Json["nextCursor"]);
        Assert.Equal(all.Select(Number), first.Json["items"]!.AsArray().Concat(rest.Json["items"]!.AsArray()).Select(Number));
    }

    [Fact]
    public async Task A_list_obeys_its_filters()
    {
        var id = (await host.Register(b => (b["dueDate"], b["amount"]) = ("2027-01-15", 98765.40))).Split('/')[^1];
        await host.Register();
        var found = await host.Ask("list", "--creditor", "demo", "--status", "scheduled", "--due-after", "2027-01-14", "--due-before", "2027-01-16", "--min-balance", "98765.40");
        Assert.Equal([id], found.Json["items"]!.AsArray().Select(i => (string)i!["id"]!));
        Assert.Contains("98765.40", found.Out, StringComparison.Ordinal);
        Assert.Empty((await host.Ask("list", "--debtor", "nobody")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_person_reads_a_list_in_their_language()
    {
        var id = (await host.Register(b => (b["dueDate"], b["amount"], b["debtor"]!["name"]) = ("2027-02-03", 1234.50, "Chez [red]Émile"))).Split('/')[^1];
        var french = await host.Read("fr", "list", "--due-after", "2027-02-02");
        Assert.Contains("1\u202F234,50\u00A0€", french.Out, StringComparison.Ordinal);
        foreach (var shown in new[] { "Échéance", "03/02/2027", "programmé", "Chez [red]Émile", "courtesy le ", id, "1\u00A0dossier." })
            Assert.Contains(shown, french.Out, StringComparison.Ordinal);
        var english = await host.Read("en", "list", "--due-after", "2027-02-02");
        foreach (var shown in new[] { "€1,234.50", "scheduled", "courtesy on ", "1\u00A0case." })
            Assert.Contains(shown, english.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', english.Out);
    }

    [Fact]
    public async Task A_case_is_shown_by_its_id_and_by_its_number()
    {
        var path = await host.Register();
        var shown = await host.Ask("show", path.Split('/')[^1]);
        Assert.True(JsonNode.DeepEquals((await host.Get(path)).Json, shown.Json), shown.Out);
        Assert.Equal((string)shown.Json["id"]!, (string)(await host.Ask("show", (string)shown.Json["number"]!, "--creditor", "demo")).Json["id"]!);
        var read = await host.Read("en", "show", path.Split('/')[^1]);
        foreach (var part in new[] { "Boulangerie", "Balance:", "€1,200.00", "Next:", "its date in the policy", "registered", "→ scheduled" })
            Assert.Contains(part, read.Out, StringComparison.Ordinal);
        Assert.Contains("À suivre\u00A0:", (await host.Read("fr", "show", path.Split('/')[^1])).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_and_a_release_do_what_the_api_does()
    {
        var path = await host.Register();
        var number = (string)(await host.Get(path)).Json["number"]!;
        var held = await host.Ask("hold", number, "--creditor", "demo", "--reason", "call of Mr Martin", "--until", "2026-11-20");
        Assert.Equal((0, "held"), (held.Code, (string)held.Json["status"]!));
        var silence = (await host.Get(path)).Json["silences"]![0]!;
        Assert.Equal("call of Mr Martin", (string)silence["note"]!);
        Assert.StartsWith("2026-11-21T00:00:00", (string)silence["until"]!, StringComparison.Ordinal);
        Assert.Contains("until 21/11/2026 00:00", (await host.Read("en", "show", path.Split('/')[^1])).Out, StringComparison.Ordinal);
        var released = await host.Read("fr", "release", path.Split('/')[^1]);
        Assert.Equal(0, released.Code);
        Assert.Contains("programmé", released.Out, StringComparison.Ordinal);
        Assert.Equal("scheduled", (string)(await host.Get(path)).Json["status"]!);
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_refused_ends_with_1()
    {
        var unknown = await host.Ask("show", "nobody");
        Assert.Equal((1, "notFound"), (unknown.Code, (string)unknown.Json["code"]!));
        Assert.Contains("--creditor", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await host.Ask("show", "F-nobody", "--creditor", "demo")).Code);
        Assert.Equal(1, (await host.Ask("list", "--cursor", "nonsense")).Code);
        var reader = await host.NewKey("read");
        var path = await host.Register();
        var forbidden = await host.Ask("hold", path.Split('/')[^1], "--reason", "x", "--key", reader);
        Assert.Equal((1, "notAllowed"), (forbidden.Code, (string)forbidden.Json["code"]!));
        Assert.DoesNotContain(reader, forbidden.Out + forbidden.Error, StringComparison.Ordinal);
    }

    private static string Number(JsonNode? item) => (string)item!["number"]!;
}
