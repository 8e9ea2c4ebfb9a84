using System.Text.Json.Nodes;
using Dunning.BankSamples;
using Dunning.Domain;

namespace Dunning.Local.Tests.Api;

/// <summary>
/// Ledgers and payments made up by seed: whatever payers write, no invoice is paid by money that was meant for another, no money is lost, none counts twice.
/// </summary>
public sealed class RandomStatementTests
{
    private sealed record Owing(string Number, decimal Amount, string Path);

    /// <summary>What a payer meant, and how it was written; Meant is empty for money that is for none of ours.</summary>
    private sealed record Paying(CamtEntry Entry, IReadOnlyList<Owing> Meant);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Nothing_is_applied_to_a_wrong_invoice_and_what_came_in_adds_up(int seed)
    {
        await using var host = await TestHost.Run();
        var random = new Random(seed);
        var ledger = await Ledger(host, random);
        var payings = Enumerable.Range(0, 60).Select(i => Payment(random, ledger, i)).ToList();
        var (version, told) = (random.Next(2) == 0 ? 2 : 8, new List<(int Place, JsonNode Line)>());
        // Some are notified first, one by one; then the statement tells of all, twice.
        var notified = Enumerable.Range(0, payings.Count).Where(_ => random.Next(3) == 0).ToList();
        foreach (var place in notified)
            told.Add((place, (await StatementTests.Take(host, Camt.Notification(version, [payings[place].Entry], $"N{place}")))[0]));
        var lines = await StatementTests.Take(host, Camt.Statement(version, payings.Select(p => p.Entry)));
        // Of two alike it is all one which was notified.
        Assert.True(lines[..^1].Count(l => (string?)l["result"] == "duplicate") == notified.Count, $"seed {seed}");
        told.AddRange(lines[..^1].Index().Where(l => (string?)l.Item["result"] != "duplicate").Select(l => (l.Index, l.Item)));
        Assert.All((await StatementTests.Take(host, Camt.Statement(version, payings.Select(p => p.Entry))))[..^1], l => Assert.Equal("duplicate", (string?)l["result"]));

        var applied = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (place, line) in told)
        {
            var parts = line["payments"]?.AsArray() ?? [];
            foreach (var part in parts)
            {
                Assert.True(payings[place].Meant.Any(m => m.Number == (string?)part!["number"]), $"seed {seed}, line {place}: {line.ToJsonString()}");
                applied[(string)part!["number"]!] = applied.GetValueOrDefault((string)part["number"]!) + (decimal)part["amount"]!;
            }
            Assert.True(parts.Count == 0 || parts.Sum(p => (decimal)p!["amount"]!) == payings[place].Entry.Amount, $"seed {seed}, line {place}");
        }
        var waiting = (await host.Get("/api/unmatched?limit=500")).Json["items"]!.AsArray().Sum(i => (decimal)i!["amount"]!);
        Assert.True(payings.Sum(p => p.Entry.Amount) == applied.Values.Sum() + waiting, $"seed {seed}: {payings.Sum(p => p.Entry.Amount)} came in, {applied.Values.Sum()} applied, {waiting} waiting");
        Assert.True(applied.Count > 10, $"seed {seed}: only {applied.Count} invoices were paid");
        foreach (var owing in ledger)
            Assert.Equal((seed, owing.Number, Math.Max(0, owing.Amount - applied.GetValueOrDefault(owing.Number))), (seed, owing.Number, decimal.Parse((await host.Get(owing.Path))["balance"], System.Globalization.CultureInfo.InvariantCulture)));
    }

    // Numbers as different creditors write them, some alike but for their punctuation, some within others, many equal amounts.
    private static async Task<List<Owing>> Ledger(TestHost host, Random random)
    {
        var numbers = new HashSet<string>(StringComparer.Ordinal);
        while (numbers.Count < 40)
            numbers.Add(random.Next(7) switch
            {
                0 => $"F-2026-{random.Next(40):d4}",
                1 => $"F2026{random.Next(40):d4}",
                2 => $"{random.Next(100000, 100060)}",
                3 => $"2026/{random.Next(40):d3}",
                4 => $"F-2026-{random.Next(40):d4}-{random.Next(1, 3)}",
                5 => $"{random.Next(40)}",
                _ => $"AV{random.Next(1000, 1040)}",
            });
        var ledger = new List<Owing>();
        foreach (var number in numbers)
        {
            var amount = random.Next(3) == 0 ? 120m : random.Next(1_000, 500_000) / 100m;
            ledger.Add(new(number, amount, await StatementTests.Register(host, number, amount)));
        }
        return ledger;
    }

    private static Paying Payment(Random random, List<Owing> ledger, int i)
    {
        var owing = ledger[random.Next(ledger.Count)];
        var amount = random.Next(5) switch { 0 => decimal.Round(owing.Amount / 3, 2) + 0.01m, 1 => owing.Amount - 0.40m, _ => owing.Amount };
        var bank = random.Next(2) == 0 ? $"BNK{i}" : null;
        var iban = $"FR14200410100505{random.Next(5):d9}26";
        Paying Of(decimal paid, CamtDetail detail, params Owing[] meant) => new(CamtEntry.Of(paid, detail with { Iban = iban }, bank), meant);
        switch (random.Next(8))
        {
            case 0:
                return Of(amount, new() { Reference = RfReference.For(owing.Number).Value }, owing);
            case 1:
                return Of(amount, new() { EndToEndId = owing.Number }, owing);
            case 2:
                return Of(amount, new() { Text = [$"VIR FACTURE {Blurred(random, owing.Number)} MERCI"] }, owing);
            case 3:
                return Of(amount, new() { Text = ["reglement", Blurred(random, owing.Number)] }, owing);
            case 4:
                var other = ledger[random.Next(ledger.Count)];
                return other == owing ? Of(amount, new() { Documents = [owing.Number] }, owing) : Of(owing.Amount + other.Amount, new() { Text = [$"{owing.Number} et {other.Number}"] }, owing, other);
            case 5:
                // Somebody else's number, written as ours are, and an amount that one of ours owes.
                return Of(owing.Amount, new() { Text = [$"F-2027-{random.Next(40):d4}"] });
            case 6:
                return Of(owing.Amount, new() { Text = [$"CLIENT{owing.Number}X{random.Next(9)}"] }, owing);
            default:
                return Of(random.Next(100, 900) / 100m, new() { Text = [$"divers {random.Next(1000)}"] });
        }
    }

    // As payers copy a number: other case, blanks for punctuation. Never so that it becomes another creditor's number: the punctuation that is left out is doubt.
    private static string Blurred(Random random, string number) => random.Next(3) switch { 0 => number.ToLowerInvariant(), 1 => number.Replace('-', ' ').Replace('/', ' '), _ => number };
}
