using System.Text;
using System.Text.Json.Nodes;

namespace Dunning.Local.Tests.Api;

/// <summary>
/// Mutated bodies and paths against every operation: never a 500, and a refusal changes nothing. The seed is printed; DUNNING_FUZZ_SEED repeats a run, DUNNING_FUZZ_ROUNDS makes it longer.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 500;

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "-0.0", "1.0000000000000000000000000000001", "123456789012345678901234567890", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud83d\"", "\"\\r\\nBcc: x\"", "[]", "{}", "[[]]",
        "[null]", "[{}]", "{\"a\":1}", "\"2026-02-30\"", "\"9999-12-31\"", "\"0001-01-01\"", "\"2026-10-31T25:00:00Z\"", "\"=cmd()\"", "\"../..\"", "\"é🧾\"", "\"2026-12-01\"", "5", "1200",
    ];

    [Fact]
    public async Task Nothing_anybody_sends_is_a_500_and_no_refusal_changes_anything()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DUNNING_FUZZ_SEED"), out var given) ? given : Environment.TickCount;
        output.WriteLine($"DUNNING_FUZZ_SEED={seed}");
        var chance = new Random(seed);
        await using var host = await TestHost.Run();
        var cases = new List<string>();
        for (var n = 0; n < 4; n++)
            cases.Add(await host.Register(i => i["debtor"]!["id"] = "martin"));
        await host.MoveTo("2026-11-17T10:00:00+01:00");
        var operations = Operations((await host.Get("/openapi/v1.json")).Json).ToList();
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("DUNNING_FUZZ_ROUNDS"), out var asked) ? asked : Rounds;
        var known = await Snapshot(host, cases);
        for (var round = 0; round < rounds; round++)
        {
            var (method, route, example) = operations[chance.Next(operations.Count)];
            var path = Path(route, chance, cases);
            var body = method == "GET" ? null : Mutated(example, chance);
            var reply = await host.Send(method, path, body);
            var shown = $"seed {seed} round {round}: {method} {path} {body} -> {reply}";
            Assert.True(reply.Status < 500, shown);
            var now = method == "GET" ? known : await Snapshot(host, cases);
            Assert.True(reply.Status < 400 || ((reply.ContentType == "application/problem+json" || path.Contains("%00", StringComparison.Ordinal)) && now == known), shown);
            known = now;
        }
        Assert.DoesNotContain(host.Logged, l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Critical", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Method, string Route, JsonNode? Example)> Operations(JsonNode api)
    {
        foreach (var (path, operations) in api["paths"]!.AsObject())
            foreach (var (method, operation) in operations!.AsObject())
                // The clock would run away.
                if (path is not ("/api/clock" or "/openapi/v1.json"))
                    yield return (method.ToUpperInvariant(), path, operation!["requestBody"]?["content"]?["application/json"]?["example"]);
    }

    private static string Path(string route, Random chance, List<string> cases)
    {
        string Any(params string[] values) => chance.Next(12) == 0 ? Uri.EscapeDataString("..%\0é/ ~*"[chance.Next(9)..]) : values[chance.Next(values.Length)];
        var filled = string.Join('/', route.Split('/').Select(part => part switch
        {
            "{id}" when route.StartsWith("/api/invoices", StringComparison.Ordinal) => Any([.. cases.Select(c => c.Split('/')[^1])]),
            "{id}" or "{creditor}" => Any("demo", "martin", "x"),
            "{step}" => Any("courtesy", "first", "second", "call", "formal-notice", "hand-over"),
            "{channel}" => Any("email", "sms", "letter", "call"),
            "{sending}" => Any("1", "2", "0", "99999999999999999999"),
            "{name}" => Any("gentle", "fr-b2b"),
            "{task}" => Any($"{cases[0].Split('/')[^1]}~1", "x"),
            _ when part.StartsWith('{') => Any("pay-1", "dispute-1", "reply-1", "debit-1", "F-1"),
            _ => part,
        }));
        return chance.Next(4) == 0 ? $"{filled}?creditor=demo&limit={Any("1", "x", "-1")}&cursor={Any("", "AAAA", "%00")}&sort={Any("number", "-x")}&version={Any("1", "x")}" : filled + "?creditor=demo";
    }

    private static string Mutated(JsonNode? example, Random chance)
    {
        var text = (example ?? new JsonObject()).ToJsonString();
        if (chance.Next(10) == 0)
            return text[..chance.Next(text.Length)];
        if (chance.Next(10) == 0)
            return Values[chance.Next(Values.Length)];
        for (var times = chance.Next(3); times > 0 && text.Length > 2; times--)
            text = Replace(text, chance);
        return text;
    }

    // Puts a strange value where some value stood, keeping the rest as it was.
    private static string Replace(string json, Random chance)
    {
        var starts = new List<int>();
        for (var i = 1; i < json.Length; i++)
            if (json[i - 1] == ':' || (json[i - 1] == '[' && json[i] != ']'))
                starts.Add(i);
        if (starts.Count == 0)
            return $"{{\"x\":{Values[chance.Next(Values.Length)]}}}";
        var (start, depth, quoted, end) = (starts[chance.Next(starts.Count)], 0, false, 0);
        for (end = start; end < json.Length; end++)
        {
            if (json[end] == '"' && json[end - 1] != '\\')
                quoted = !quoted;
            if (quoted)
                continue;
            depth += json[end] is '{' or '[' ? 1 : json[end] is '}' or ']' ? -1 : 0;
            if (depth < 0 || (depth == 0 && json[end] == ','))
                break;
        }
        return new StringBuilder(json).Remove(start, end - start).Insert(start, Values[chance.Next(Values.Length)]).ToString();
    }

    private static async Task<string> Snapshot(TestHost host, List<string> cases)
    {
        var parts = new List<string?>();
        foreach (var path in cases)
            parts.Add((await host.Get(path)).Etag);
        foreach (var list in new[] { "/api/invoices?limit=500", "/api/creditors", "/api/keys", "/api/policies?creditor=demo", "/api/sending", "/api/debtors/martin" })
            parts.Add((await host.Get(list)).Etag);
        return string.Join(' ', parts);
    }
}
