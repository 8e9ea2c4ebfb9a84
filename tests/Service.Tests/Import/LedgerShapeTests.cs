using System.Text;
using Dunning.Service.Import;
using static Dunning.Service.Tests.Import.Ledgers;

namespace Dunning.Service.Tests.Import;

public sealed class LedgerShapeTests
{
    private static async Task<IReadOnlyList<Fault>> Refusal(byte[] bytes) => (await Assert.ThrowsAsync<LedgerRefused>(() => Read(bytes))).Faults;

    private static Task<IReadOnlyList<Fault>> Refusal(string text) => Refusal(Encoding.UTF8.GetBytes(text));

    private static string Numbered(string number) => Line.Replace("F-1", number, StringComparison.Ordinal);

    private static string Named(string name) => Line.Replace("Boulangerie Martin", name, StringComparison.Ordinal);

    private static IEnumerable<string> Told(IEnumerable<ImportLine> lines) =>
        lines.Select(line => line is ImportLine.Broken broken ? $"{line.Line} {broken.Faults[0].Code}" : $"{line.Line} {Body(line)["number"]}");

    [Fact]
    public async Task A_header_names_every_column_it_lacks() => Assert.Equal(
        ["issueDate", "dueDate", "debtor.kind", "debtor.country"],
        (await Refusal("N° facture;Client;Montant TTC\n1;2;3\n")).Select(fault => fault.Field));

    [Fact]
    public async Task None_of_the_mandatory_columns_can_be_left_out()
    {
        foreach (var heading in Header.Split(';'))
        {
            var fault = Assert.Single(await Refusal(Header.Replace(heading, "x", StringComparison.Ordinal)));
            Assert.Contains($"\"{heading}\"", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\r\n")]
    [InlineData("\uFEFF")]
    public async Task An_empty_file_is_refused(string text) => Assert.Equal("emptyFile", Assert.Single(await Refusal(text)).Code);

    [Fact]
    public async Task A_binary_file_is_refused()
    {
        Assert.Equal("binaryFile", Assert.Single(await Refusal([0x50, 0x4B, 3, 4, 0, 0, 8, 8])).Code);
        Assert.Equal("binaryFile", Assert.Single(await Refusal([0x1F, 0x8B, 8, 8, 0x6A, 0x33, 0xC1, 0x68])).Code);
        Assert.Equal("binaryFile", Assert.Single(await Refusal([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Header)])).Code);
    }

    [Fact]
    public async Task A_header_of_too_many_columns_is_refused() =>
        Assert.Equal("tooManyColumns", Assert.Single(await Refusal(Header + new string(';', 100))).Code);

    [Fact]
    public async Task A_header_alone_has_no_lines() => Assert.Empty(await Read(Header));

    [Theory]
    [InlineData("N° Facture;Date;Échéance;Client;Type;Pays;Montant TTC")]
    [InlineData("numero de facture ; DATE FACTURE;Date d'échéance;Raison sociale;type_client;Code pays;Total TTC")]
    [InlineData("Invoice number;Issue date;Due date;Customer name;Kind;Country;Amount")]
    [InlineData("invoiceNumber;issueDate;dueDate;name;kind;country;amount")]
    public async Task A_heading_is_known_in_French_and_English_whatever_its_case_and_accents(string header) =>
        Assert.Equal("F-1", Body(Assert.Single(await Read($"{header}\n{Line}")))["number"]!.GetValue<string>());

    [Fact]
    public async Task The_more_telling_of_two_headings_counts()
    {
        var line = Assert.Single(await Read($"Montant;{Header}\n1000,00;{Line}"));
        Assert.Equal(1200.00m, Body(line)["amount"]!.GetValue<decimal>());
    }

    [Theory]
    [InlineData("sep=;\r\n", 3)]
    [InlineData("\r\n\r\n", 4)]
    [InlineData("\r\r", 4)]
    public async Task Lines_are_numbered_as_in_the_file(string before, int number) =>
        Assert.Equal([$"{number} F-1", $"{number + 2} F-2"], Told(await Read($"{before}{Header}\r\n{Line}\r\n\r\n{Numbered("F-2")}\r\n")));

    [Fact]
    public async Task Lines_without_any_value_are_no_lines() => Assert.Equal(["2 F-1"], Told(await Read($"{Header}\n{Line}\n;;;;;;\n \n")));

    [Fact]
    public async Task A_quote_left_open_breaks_its_own_line_only() => Assert.Equal(
        ["2 malformedQuotes", "3 F-2", "4 F-3"],
        Told(await Read($"{Header}\n\"{Line}\n{Numbered("F-2")}\n{Numbered("F-3")}\n")));

    [Fact]
    public async Task Quotes_left_open_break_their_own_lines_only_however_many_follow()
    {
        var text = new StringBuilder(Header).Append('\n');
        for (var i = 2; i < 200; i++)
            text.Append(i % 30 < 2 ? "\"" : "").Append(Numbered($"F-{i}")).Append('\n');
        var expected = Enumerable.Range(2, 198).Select(i => i % 30 < 2 ? $"{i} malformedQuotes" : $"{i} F-{i}");
        Assert.Equal(expected, Told(await Read(text.ToString())));
    }

    [Fact]
    public async Task A_value_over_several_lines_is_one_value_and_the_numbers_go_on()
    {
        var name = "\"Boulangerie\nMartin \"\"Fils\"\"\nSARL\"";
        var lines = await Read($"{Header}\n\"{Line}\n{Named(name)}\n{Numbered("F-9")}");
        Assert.Equal(["2 malformedQuotes", "3 F-1", "6 F-9"], Told(lines));
        Assert.Equal("Boulangerie Martin \"Fils\" SARL", Body(lines[1])["debtor"]!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Boulangerie \"Martin\"")]
    [InlineData("\"Boulangerie\" Martin")]
    public async Task A_stray_quote_breaks_its_line(string name) =>
        Assert.Equal("malformedQuotes", OnlyFault(await ReadBut("Boulangerie Martin", name)).Code);

    [Theory]
    [InlineData(4000, null)]
    [InlineData(4001, "fieldTooLong")]
    [InlineData(70_000, "lineTooLong")]
    [InlineData(5_000_000, "lineTooLong")]
    public async Task A_value_too_long_breaks_its_line_and_the_next_one_stands(int length, string? code)
    {
        var lines = await Read($"{Header}\n{Named(new string('é', length))}\n{Numbered("F-2")}\n");
        Assert.Equal([$"2 {code ?? "F-1"}", "3 F-2"], Told(lines));
    }

    [Theory]
    [InlineData(Header + "\n", "a")]
    [InlineData(Header + "\n\"", "a")]
    [InlineData("{}\n{\"note\":\"", "a")]
    public async Task A_line_without_end_takes_no_more_memory_than_a_line_may(string start, string more)
    {
        var endless = new Endless(Encoding.UTF8.GetBytes(start), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(more, 8000))), 64_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var lines = await Read(endless);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        Assert.Equal("lineTooLong", OnlyFault(lines[^1]).Code);
    }

    [Fact]
    public async Task Too_many_columns_break_a_line() => Assert.Equal(
        ["2 tooManyColumns", "3 columnCount", "4 F-2"],
        Told(await Read($"{Header}\n{Line}{new string(';', 100)}\n{Line};x\n{Numbered("F-2")}")));

    [Fact]
    public async Task Characters_lost_on_the_way_break_their_line()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes($"{Header}\n{Line}\n"), .. Windows1252.GetBytes(Named("Réglisse")), .. "\n"u8];
        Assert.Equal(["2 F-1", "3 unreadableText"], Told(await Read(bytes)));
    }

    [Fact]
    public async Task Windows_1252_is_recognised_at_the_first_accent_however_late()
    {
        var header = "Number;Date;Due;Client;Type;Country;Amount\n";
        var text = header + string.Concat(Enumerable.Repeat(Line + "\n", 3000)) + Line.Replace("Martin", "Réglisse €", StringComparison.Ordinal);
        var lines = await Read(Windows1252.GetBytes(text));
        Assert.Equal(3001, lines.Count);
        Assert.Equal("Boulangerie Réglisse €", Body(lines[^1])["debtor"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_ledger_is_read_as_it_arrives()
    {
        await using var endless = new Endless(Encoding.UTF8.GetBytes(Header + "\n"), Encoding.UTF8.GetBytes(Line + "\n"));
        var count = 0;
        await foreach (var _ in LedgerReader.Read(endless, CancellationToken.None))
            if (++count == 10_000)
                break;
        Assert.InRange(endless.Given, 700_000, 1_000_000);
    }

    [Fact]
    public async Task Reading_stops_when_asked()
    {
        using var stop = new CancellationTokenSource();
        await using var endless = new Endless(Encoding.UTF8.GetBytes(Header + "\n"), Encoding.UTF8.GetBytes(Line + "\n"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var line in LedgerReader.Read(endless, stop.Token))
                await stop.CancelAsync();
        });
    }

    private sealed class Endless(byte[] header, byte[] line, long limit = long.MaxValue) : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Given > limit)
                return new(0);
            var next = Given == 0 ? header : line;
            next.CopyTo(destination);
            Given += next.Length;
            return new(next.Length);
        }
    }
}
