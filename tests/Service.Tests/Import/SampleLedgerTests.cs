using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dunning.Service.Import;
using static Dunning.Service.Tests.Import.Ledgers;

namespace Dunning.Service.Tests.Import;

public sealed class SampleLedgerTests
{
    private static async Task<JsonObject> Invoice(string number) =>
        (await Read(Sample())).OfType<ImportLine.Read>().Select(Body).First(body => body["number"]!.GetValue<string>() == number);

    [Fact]
    public async Task The_sample_has_forty_good_lines_and_two_broken_ones()
    {
        var lines = await Read(Sample());
        Assert.Equal(Enumerable.Range(2, 42), lines.Select(line => line.Line));
        Assert.Equal(40, lines.OfType<ImportLine.Read>().Count());
        Assert.Equal([25, 32], lines.OfType<ImportLine.Broken>().Select(line => line.Line));
    }

    [Fact]
    public async Task Its_amounts_add_up_to_the_cent()
    {
        var bodies = (await Read(Sample())).OfType<ImportLine.Read>().Select(Body).ToList();
        Assert.Equal(79_118.40m, bodies.Sum(body => body["amount"]!.GetValue<decimal>()));
        Assert.Equal(75_700.74m, bodies.DistinctBy(body => body["number"]!.GetValue<string>()).Sum(body => body["amount"]!.GetValue<decimal>()));
    }

    [Fact]
    public async Task Its_duplicate_says_the_same_twice()
    {
        var lines = await Read(Sample());
        var twice = lines.OfType<ImportLine.Read>()
            .GroupBy(line => Body(line)["number"]!.GetValue<string>())
            .Single(group => group.Count() > 1).ToList();
        Assert.Equal([21, 22], twice.Select(line => line.Line));
        Assert.True(JsonNode.DeepEquals(Body(twice[0]), Body(twice[1])));
    }

    [Fact]
    public async Task A_line_becomes_the_body_of_a_registration() => Assert.Equal(
        """
        {
          "number": "FA2026-0334",
          "issueDate": "2026-06-05",
          "dueDate": "2026-07-20",
          "amount": 4120.00,
          "currency": "EUR",
          "purchaseOrder": "BC 2026/88",
          "debtor": {
            "id": "C0034",
            "name": "Traiteur Maison Béraudier",
            "kind": "business",
            "country": "FR",
            "language": "fr",
            "email": "comptabilite@beraudier.example.org",
            "phone": "+33465715016",
            "siren": "999991185",
            "address": {
              "line1": "Z.A. des Platanes, lot 4",
              "postalCode": "69400",
              "city": "Villefranche-sur-Saône"
            }
          },
          "payments": [
            {
              "id": "import-FA2026-0334",
              "amount": 1500.00,
              "date": "2026-07-28"
            }
          ],
          "alreadySent": 1
        }
        """, (await Invoice("FA2026-0334")).ToJsonString(Readable), ignoreLineEndingDifferences: true);

    [Fact]
    public async Task Quoted_separators_and_quotes_belong_to_the_value()
    {
        var quoted = await Invoice("FA2026-0420");
        Assert.Equal("Le \"Petit Mitron\"; SAS", quoted["debtor"]!["name"]!.GetValue<string>());
        Assert.Equal("BL \"août\" n° 31", quoted["purchaseOrder"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_impossible_date_and_the_negative_amount_are_both_named()
    {
        var broken = (await Read(Sample())).OfType<ImportLine.Broken>().First();
        Assert.Equal([("Date", "unreadableDate"), ("Montant TTC", "negativeAmount")], broken.Faults.Select(fault => (fault.Field, fault.Code)));
        Assert.Contains("31/06/2026", broken.Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_cut_short_is_told_by_its_columns() =>
        Assert.Equal("columnCount", OnlyFault((await Read(Sample())).Last(line => line is ImportLine.Broken)).Code);

    [Fact]
    public async Task Every_kind_country_and_language_of_the_sample_is_understood()
    {
        var debtors = (await Read(Sample())).OfType<ImportLine.Read>().Select(line => Body(line)["debtor"]!).ToList();
        IEnumerable<string> All(string field) => debtors.Select(debtor => debtor[field]!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["business", "consumer", "public"], All("kind"));
        Assert.Equal(["BE", "FR"], All("country"));
        Assert.Equal(["en", "fr", "nl"], All("language"));
    }

    [Fact]
    public async Task Its_SIRENs_pass_their_check_and_its_addresses_are_reserved_ones()
    {
        foreach (var line in (await Read(Sample())).OfType<ImportLine.Read>())
        {
            var debtor = Body(line)["debtor"]!;
            if (debtor["siren"]?.GetValue<string>() is { } siren)
                Assert.True(siren.Length == 9 && Luhn(siren) % 10 == 0, siren);
            if (debtor["email"]?.GetValue<string>() is { } email)
                Assert.Matches(@"[@.]example\.(org|com|net)$", email);
            if (debtor["phone"]?.GetValue<string>() is { } phone)
                Assert.Matches(@"^\+33(19900|26191|35301|46571|53649|63998)\d{4}$", phone);
        }
    }

    [Fact]
    public async Task The_same_ledger_in_Windows_1252_says_the_same()
    {
        // Windows-1252 has no narrow no-break space; programs that write it use the wide one.
        var text = SampleText().Replace('\u202F', '\u00A0');
        Assert.Equal(Transcript(await Read(Sample())), Transcript(await Read(Windows1252.GetBytes(text))));
    }

    [Fact]
    public async Task The_same_ledger_without_mark_and_with_plain_line_ends_says_the_same() =>
        Assert.Equal(
            Transcript(await Read(Sample())),
            Transcript(await Read(SampleText().Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n'))));

    [Theory]
    [InlineData(',')]
    [InlineData('\t')]
    public async Task The_same_ledger_with_another_separator_says_the_same(char separator) =>
        Assert.Equal(Transcript(await Read(Sample())), Transcript(await Read(Separated(separator))));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4093)]
    public async Task It_reads_the_same_in_small_pieces(int piece)
    {
        Assert.Equal(Transcript(await Read(Sample())), Transcript(await Read(new Trickle(Sample(), piece))));
        var windows1252 = Windows1252.GetBytes(SampleText());
        Assert.Equal(Transcript(await Read(windows1252)), Transcript(await Read(new Trickle(windows1252, piece))));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static int Luhn(string digits) => digits.Reverse().Select((c, i) => (c - '0') * (1 + i % 2)).Sum(d => d > 9 ? d - 9 : d);

    private static string Separated(char separator)
    {
        using var csv = CsvHelper.CsvReader.FromText(SampleText(), new CsvHelper.CsvReaderOptions { Separator = ';', HasHeader = false });
        var text = new StringBuilder();
        while (csv.Read())
            text.AppendJoin(separator, Enumerable.Range(0, csv.FieldCount).Select(i => Quoted(csv.GetString(i)))).Append("\r\n");
        return text.ToString();

        static string Quoted(string value) => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private sealed class Trickle(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default) =>
            base.ReadAsync(destination[..Math.Min(piece, destination.Length)], cancellationToken);
    }
}
