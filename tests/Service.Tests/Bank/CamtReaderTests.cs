using System.Text;
using Dunning.BankSamples;
using Dunning.Service.Bank;
using CamtEntry = Dunning.BankSamples.CamtEntry;

namespace Dunning.Service.Tests.Bank;

/// <summary>What a camt file says, whatever its version.</summary>
public sealed class CamtReaderTests
{
    [Theory]
    [InlineData(2, true)]
    [InlineData(8, true)]
    [InlineData(2, false)]
    [InlineData(8, false)]
    public async Task Every_field_of_a_credit_is_read_in_both_versions_of_both_messages(int version, bool statement)
    {
        CamtEntry[] entries =
        [
            CamtEntry.Of(1200.50m, new()
            {
                EndToEndId = "E2E-7", Name = "Boulangerie Martin & Fils", Iban = "FR1420041010050500013M02606", Reference = "RF18539007547034",
                Documents = ["F-1", "F-2"], Text = ["VIR", "MARTIN"],
            }, "BANK-1") with { Booked = "2026-10-05", Valued = "2026-10-06" },
        ];
        var parts = await Read(statement ? Camt.Statement(version, entries) : Camt.Notification(version, entries));
        var line = Assert.IsType<StatementPart.Read>(parts[0]).Line;
        Assert.Equal(
            (Movement.Credit, "1200.50 EUR", statement ? "camt.053" : "camt.054", Camt.Account, "BANK-1", "E2E-7", "VIR MARTIN", "Boulangerie Martin & Fils", "FR1420041010050500013M02606"),
            (line.Movement, line.Amount.ToString(), line.Kind, line.Account, line.BankReference, line.EndToEndId, line.Text, line.PayerName, line.PayerIban));
        Assert.Equal(["RF18539007547034"], line.References);
        Assert.Equal(["F-1", "F-2"], line.Documents);
        Assert.Equal(((DateOnly?)new DateOnly(2026, 10, 6), (DateOnly?)new DateOnly(2026, 10, 5)), (line.Date, line.BookedOn));
        Assert.Equal(statement ? new DateOnly(2026, 10, 5) : null, Assert.IsType<StatementPart.Ended>(parts[1]).AsOf);
    }

    [Theory]
    [InlineData("CRDT", false, null, "Credit")]
    [InlineData("CRDT", null, "AC04", "Other")]
    [InlineData("CRDT", true, null, "Other")]
    [InlineData("DBIT", null, null, "Other")]
    [InlineData("DBIT", null, "MD06", "Return")]
    [InlineData("DBIT", true, null, "Return")]
    public async Task Only_money_of_others_is_a_credit_and_only_what_takes_one_back_a_return(string direction, bool? reversal, string? reason, string movement)
    {
        var line = await One(CamtEntry.Of(10m, new() { ReturnReason = reason }) with { Direction = direction, Reversal = reversal });
        Assert.Equal(movement, line.Movement.ToString());
        Assert.Equal(movement == "Other", line.Why is not null);
    }

    [Theory]
    [InlineData("PDNG")]
    [InlineData("INFO")]
    [InlineData("FUTR")]
    public async Task What_is_not_booked_is_no_money_yet(string status) =>
        Assert.Equal((Movement.Other, "not booked yet"), (await One(new CamtEntry(10m) { Status = status })) is var line ? (line.Movement, line.Why) : default);

    [Fact]
    public async Task A_batch_whose_amounts_add_up_is_read_transaction_by_transaction_another_as_one_doubtful_line()
    {
        CamtDetail Part(decimal? amount, string id) => new() { Amount = amount, EndToEndId = id, Text = [id] };
        var lines = Lines(await Read(Camt.Statement(2, [new(60m) { Details = [Part(10m, "A"), Part(20m, "B"), Part(30m, "C")] }])));
        Assert.Equal(["10.00 EUR A 1/3", "20.00 EUR B 2/3", "30.00 EUR C 3/3"], lines.Select(l => $"{l.Amount} {l.EndToEndId} {l.Part}/{l.Parts}"));
        foreach (var details in new[] { new[] { Part(10m, "A"), Part(20m, "B") }, [Part(30m, "A"), Part(null, "B")] })
        {
            var whole = Assert.Single(Lines(await Read(Camt.Statement(8, [new(60m) { Details = details }]))));
            Assert.Equal(("60.00 EUR", "A | B"), (whole.Amount.ToString(), whole.Text));
            Assert.NotNull(whole.Doubt);
        }
    }

    [Theory]
    [InlineData("<Amt Ccy=\"EUR\">0</Amt>", "notPositive")]
    [InlineData("<Amt Ccy=\"EUR\">-5.00</Amt>", "notPositive")]
    [InlineData("<Amt Ccy=\"EUR\">1.005</Amt>", "overPrecise")]
    [InlineData("<Amt Ccy=\"EUR\">1,00</Amt>", "unreadableAmount")]
    [InlineData("<Amt Ccy=\"XXQ\">1.00</Amt>", "unknownCurrency")]
    [InlineData("<Amt>1.00</Amt>", "unknownCurrency")]
    public async Task An_entry_without_a_true_amount_is_refused_and_the_others_stand(string amount, string code)
    {
        var file = Camt.Statement(8, [new(1m), new(2m)]).Replace("""<Ntry><Amt Ccy="EUR">1</Amt>""", "<Ntry>" + amount, StringComparison.Ordinal);
        var parts = await Read(file);
        Assert.Equal(code, Assert.Single(Assert.IsType<StatementPart.Broken>(parts[0]).Faults).Code);
        Assert.Equal("2.00 EUR", Assert.Single(Lines(parts)).Amount.ToString());
    }

    [Fact]
    public async Task A_file_cut_short_gives_what_was_whole_and_then_one_error_with_its_line()
    {
        var file = Camt.Statement(2, [new(1m), new(2m), new(3m)]);
        for (var length = file.IndexOf("<Ntry>", StringComparison.Ordinal); length < file.Length - 1; length += 37)
        {
            var (parts, refused) = await ReadUntilRefused(Encoding.UTF8.GetBytes(file[..length]));
            Assert.True(refused is { Code: "brokenXml", Line: > 1 }, $"{length}: {refused?.Code}");
            Assert.Equal(file[..length].Split("</Ntry>").Length - 1, parts.Count(p => p is StatementPart.Read));
        }
    }

    [Fact]
    public async Task Document_types_and_entities_are_refused_without_being_looked_at()
    {
        var laughs = string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">"));
        foreach (var type in new[]
                 {
                     "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "<!DOCTYPE Document SYSTEM \"http://127.0.0.1:1/x.dtd\">", $"<!DOCTYPE Document [<!ENTITY l0 \"ha\">{laughs}]>",
                 })
        {
            var file = Camt.Statement(2, [CamtEntry.Of(1m, new() { Text = ["&l9;"] })]).Replace("<Document", type + "<Document", StringComparison.Ordinal);
            Assert.Equal("documentType", (await Refused(file)).Code);
        }
        Assert.Equal("brokenXml", (await Refused(Camt.Statement(2, [CamtEntry.Of(1m, new())]).Replace("<RmtInf>", "<RmtInf><Ustrd>&x;</Ustrd>", StringComparison.Ordinal))).Code);
    }

    [Fact]
    public async Task Bytes_that_are_not_of_the_encoding_declared_are_one_error_with_its_line()
    {
        var latin = Encoding.Latin1.GetBytes(Camt.Statement(2, [new(1m), CamtEntry.Of(1m, new() { Name = "Société Générale" })]));
        Assert.True((await ReadUntilRefused(latin)).Refused is { Code: "wrongEncoding", Line: > 1 });
        Assert.Equal("wrongEncoding", (await Refused(Camt.Statement(2, []).Replace("UTF-8", "no-such-thing", StringComparison.Ordinal))).Code);
        var declared = Camt.Statement(2, [CamtEntry.Of(1m, new() { Name = "Société" })]).Replace("UTF-8", "ISO-8859-1", StringComparison.Ordinal);
        Assert.Equal("Société", Assert.Single(Lines((await ReadUntilRefused(Encoding.Latin1.GetBytes(declared))).Parts)).PayerName);
        var wide = Camt.Statement(8, [CamtEntry.Of(1m, new() { Name = "Société" })]).Replace("UTF-8", "UTF-16", StringComparison.Ordinal);
        Assert.Equal("Société", Assert.Single(Lines((await ReadUntilRefused([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(wide)])).Parts)).PayerName);
    }

    [Theory]
    [InlineData("<html/>", "notAStatement")]
    [InlineData("<Document><CstmrCdtTrfInitn/></Document>", "notAStatement")]
    [InlineData("<Document><BkToCstmrAcctRpt></BkToCstmrAcctRpt></Document>", "interimReport")]
    [InlineData("<Document/>", "notAStatement")]
    [InlineData("<", "brokenXml")]
    [InlineData("", "emptyFile")]
    [InlineData(" \n\n", "emptyFile")]
    public async Task What_is_no_statement_is_told_so(string file, string code) => Assert.Equal(code, (await Refused(file)).Code);

    [Fact]
    public async Task A_text_a_name_or_a_depth_without_end_is_refused_before_it_fills_the_memory()
    {
        Assert.Equal("tooLong", (await ReadUntilRefused(new Endless("<Document><BkToCstmrStmt><Stmt><Id>", "x"))).Refused!.Code);
        Assert.Equal("tooLong", (await ReadUntilRefused(new Endless("<Document><BkToCstmrStmt a='", "x"))).Refused!.Code);
        Assert.Equal("tooLong", (await ReadUntilRefused(new Endless("<Document><", "x"))).Refused!.Code);
        Assert.Equal("tooDeep", (await ReadUntilRefused(new Endless("<Document><BkToCstmrStmt>", "<a>"))).Refused!.Code);
        Assert.Equal("tooLarge", (await ReadUntilRefused(new Endless("<Document><BkToCstmrStmt><!--", "< x "))).Refused!.Code);
    }

    private static async Task<BankLine> One(CamtEntry entry) => Assert.Single(Lines(await Read(Camt.Statement(8, [entry]))));

    private static async Task<StatementRefused> Refused(string file) => (await ReadUntilRefused(Encoding.UTF8.GetBytes(file))).Refused!;

    private static async Task<List<StatementPart>> Read(string file)
    {
        var (parts, refused) = await ReadUntilRefused(Encoding.UTF8.GetBytes(file));
        Assert.Null(refused);
        return parts;
    }

    private static IEnumerable<BankLine> Lines(IEnumerable<StatementPart> parts) => parts.OfType<StatementPart.Read>().Select(p => p.Line);

    private static Task<(List<StatementPart> Parts, StatementRefused? Refused)> ReadUntilRefused(byte[] file) => ReadUntilRefused(new MemoryStream(file));

    internal static async Task<(List<StatementPart> Parts, StatementRefused? Refused)> ReadUntilRefused(Stream file, string? profile = null)
    {
        var profiles = CsvProfiles.Load(CsvProfiles.ShippedFolder);
        var parts = new List<StatementPart>();
        try
        {
            await foreach (var part in StatementReader.Read(file, profile is null ? null : "csv", profile is null ? null : profiles.Named(profile), profiles, TestContext.Current.CancellationToken))
                parts.Add(part);
        }
        catch (StatementRefused refused)
        {
            return (parts, refused);
        }
        return (parts, null);
    }

    /// <summary>A start, then the same again and again, for two gigabytes.</summary>
    private sealed class Endless(string start, string again) : Stream
    {
        private readonly byte[] _again = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(again, 64 * 1024 / again.Length)));
        private byte[] _left = Encoding.ASCII.GetBytes(start);
        private long _given;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left.Length == 0)
                _left = _given > 2L * 1024 * 1024 * 1024 ? [] : _again;
            var count = Math.Min(buffer.Length, _left.Length);
            _left.AsMemory(0, count).CopyTo(buffer);
            _left = _left[count..];
            _given += count;
            return ValueTask.FromResult(count);
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush()
        {
        }
    }
}
