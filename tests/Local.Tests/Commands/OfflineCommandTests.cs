using System.Text.Json.Nodes;
using Dunning.Domain;
using Dunning.Local.Tests.Api;

namespace Dunning.Local.Tests.Commands;

/// <summary>Simulations and rates need no host.</summary>
public sealed class OfflineCommandTests
{
    private static readonly string[] Martin = ["simulate", "--due", "2026-10-31", "--amount", "1200", "--kind", "business", "--country", "FR", "--policy", "fr-b2b", "--registered", "2026-10-01T10:00:00+02:00"];

    [Fact]
    public async Task A_simulation_by_options_is_the_policy_lived()
    {
        var told = await Cli.Piped(Martin);
        Assert.Equal(0, told.Code);
        Assert.Equal(
            ["2026-10-28 courtesy email", "2026-11-09 first email", "2026-11-16 second email", "2026-11-16 second sms", "2026-11-30 formal-notice letter", "2026-11-30 formal-notice email"],
            told.Json["timeline"]!.AsArray().Where(e => (string)e!["kind"]! == "message").Select(e => $"{((string)e!["at"]!)[..10]} {e["step"]} {e["channel"]}"));
        Assert.DoesNotContain(told.Json["timeline"]!.AsArray(), e => (string?)e!["type"] == "missingAddress");
        var read = await Cli.Read("fr", Martin);
        foreach (var shown in new[] { "30/11/2026 09:00", "lettre", "→ mise en demeure", "1\u202F200,00\u00A0€", "À la fin\u00A0: au contentieux" })
            Assert.Contains(shown, read.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulation_from_a_file_is_the_one_a_host_answers()
    {
        await using var host = await TestHost.Run();
        // As samples/requests.http has it.
        const string body = """
            { "invoice": { "number": "F-1", "issueDate": "2026-09-30", "dueDate": "2026-10-31", "amount": 1200.00, "currency": "EUR",
                "debtor": { "name": "Boulangerie Martin", "kind": "business", "country": "FR", "language": "fr", "email": "compta@example.org", "phone": "+33600000000" } },
              "policy": "fr-b2b", "registeredAt": "2026-10-01T10:00:00+02:00",
              "events": [{ "at": "2026-11-10T10:00:00+01:00", "type": "promise", "date": "2026-11-20" }], "until": "2027-01-31" }
            """;
        var file = Path.Combine(host.Folder, "simulation.json");
        await File.WriteAllTextAsync(file, body);
        var answered = (await host.Post("/api/simulations", body)).Json;
        Assert.True(JsonNode.DeepEquals(answered, (await Cli.Piped("simulate", file)).Json));
        Assert.True(JsonNode.DeepEquals(answered, (await host.Ask("simulate", file)).Json));
        await File.WriteAllTextAsync(file, """{ "invoice": { "number": "F-1" }, "policy": "none" }""");
        var refused = await Cli.Piped("simulate", file);
        Assert.Equal(1, refused.Code);
        Assert.Equal((await host.Post("/api/simulations", """{ "invoice": { "number": "F-1" }, "policy": "none" }""")).Fields, refused.Json["faults"]!.AsArray().Select(f => (string)f!["field"]!));
        await File.WriteAllTextAsync(file, "{ no");
        Assert.Equal((1, "invalidJson"), ((await Cli.Piped("simulate", file)) is var broken ? (broken.Code, (string)broken.Json["code"]!) : default));
    }

    [Fact]
    public async Task The_rates_shipped_are_shown_with_their_sources_and_what_stands_in()
    {
        var all = (await Cli.Piped("rates", "--since", "1999")).Json["items"]!.AsArray();
        Assert.Equal(RateSeries.All.Select(s => s.Name), all.Select(r => (string)r!["series"]!).Distinct());
        Assert.All(all, r => Assert.NotEmpty((string)r!["source"]!));
        var belgian = (await Cli.Piped("rates", "--country", "BE", "--series", "be-b2b")).Json["items"]!.AsArray();
        Assert.Equal(["2024-H1", "2024-H2", "2025-H1", "2025-H2", "2026-H1", "2026-H2"], belgian.Select(r => (string)r!["period"]!));
        Assert.Equal([true], belgian.Where(r => (string)r!["period"]! == "2026-H2").Select(r => (bool)r!["provisional"]!));
        var read = await Cli.Read("fr", "rates", "--series", "be-b2b");
        Assert.Contains("10,50\u00A0%", read.Out, StringComparison.Ordinal);
        Assert.Contains("2026-H2 (provisoire)", read.Out, StringComparison.Ordinal);
    }
}
