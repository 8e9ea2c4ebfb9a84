using System.Diagnostics;
using System.Text;
using Dunning.Domain;
using Dunning.Service.Payments;

namespace Dunning.Service.Tests.Payments;

public sealed class EpcQrTests
{
    private static readonly Iban Belgian = Iban.Parse("BE68539007547034");

    [Fact]
    public void The_worked_example_of_the_guideline_comes_out_byte_for_byte()
    {
        var payload = EpcQr.Payload("Dupont & Fils SPRL", Belgian, null, Euros(89.90m), "+++090/9337/55493+++");
        Assert.Equal("BCD\n002\n1\nSCT\n\nDupont & Fils SPRL\nBE68539007547034\nEUR89.90\n\n\n+++090/9337/55493+++", payload);
        Assert.Equal(82, Encoding.UTF8.GetByteCount(payload!));
    }

    [Fact]
    public void An_RF_reference_is_structured_and_nothing_stands_after_it() =>
        Assert.Equal("BCD\n002\n1\nSCT\nGKCCBEBB\nA\nBE68539007547034\nEUR1234.50\n\nRF18539007547034", EpcQr.Payload("A", Belgian, "GKCCBEBB", Euros(1234.5m), "RF18 5390 0754 7034"));

    [Theory]
    [InlineData("0.01", "EUR0.01"), InlineData("999999999.99", "EUR999999999.99"), InlineData("100000", "EUR100000.00")]
    public void An_amount_has_two_decimals_and_no_thousands(string amount, string written) =>
        Assert.Contains($"\n{written}\n", EpcQr.Payload("A", Belgian, null, Euros(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)), "F-1"), StringComparison.Ordinal);

    [Fact]
    public void Where_none_can_be_made_there_is_none()
    {
        Assert.Null(EpcQr.Payload("A", null, null, Euros(1), "F-1"));
        Assert.Null(EpcQr.Payload(" ", Belgian, null, Euros(1), "F-1"));
        Assert.Null(EpcQr.Payload("A", Belgian, null, Euros(0), "F-1"));
        Assert.Null(EpcQr.Payload("A", Belgian, null, Euros(1_000_000_000m), "F-1"));
        Assert.Null(EpcQr.Payload("A", Belgian, null, Money.Of(1, Currency.Parse("CHF")), "F-1"));
        Assert.Null(EpcQr.Payload(string.Concat(Enumerable.Repeat("🏭", 70)), Belgian, "GKCCBEBBXXX", Euros(1), new string('é', 140)));
    }

    [Fact]
    public void Names_and_references_are_cut_between_characters_and_kept_on_their_line()
    {
        var lines = EpcQr.Payload(string.Concat(Enumerable.Repeat("😀", 35)) + new string('x', 60), Belgian, null, Euros(1), "a\nb")!.Split('\n');
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 35)) + new string('x', 35), lines[5]);
        Assert.Equal(11, lines.Length);
        Assert.Equal("a b", lines[10]);
        Assert.Equal(new string('y', 140), EpcQr.Payload("A", Belgian, null, Euros(1), new string('y', 200))!.Split('\n')[10]);
    }

    [Theory]
    [InlineData("Dupont & Fils SPRL", "+++090/9337/55493+++", "89.90")]
    [InlineData("Société d’Étanchéité du Berry – Œuvres", "F-2026-0001", "123456.78")]
    [InlineData("A", "RF18539007547034", "0.01")]
    [InlineData("Bäckerei Müller Straße GmbH, Zürich 例え", "Rechnung №7, März", "999999999.99")]
    [InlineData("Une raison sociale qui tient tout juste en soixante-dix caractères, ou", "Une référence libre de cent quarante signes exactement, comme personne n’en écrit jamais mais comme un logiciel peut en fabriquer un jour", "1500.00")]
    public async Task Another_program_reads_from_the_image_what_was_put_in_field_by_field(string name, string reference, string amount)
    {
        var payload = EpcQr.Payload(name, Belgian, null, Euros(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)), reference)!;
        Assert.InRange(Encoding.UTF8.GetByteCount(payload), 1, EpcQr.MostBytes);
        var read = (await Zbar(PaymentCode.Png(payload))).Split('\n');
        Assert.Equal(payload.Split('\n'), read);
        Assert.Equal(["BCD", "002", "1", "SCT", "", name, "BE68539007547034", "EUR" + amount], read[..8]);
        Assert.Equal(reference, read[^1]);
        Assert.Equal(reference.StartsWith("RF", StringComparison.Ordinal) ? 10 : 11, read.Length);
    }

    [Fact]
    public void The_modules_are_those_of_the_image_without_its_quiet_zone()
    {
        var modules = PaymentCode.Modules(EpcQr.Payload("Dupont", Belgian, null, Euros(1), "F-1")!);
        Assert.Equal(1, modules.GetLength(0) % 4);
        Assert.Equal(13 * 4 + 17, PaymentCode.Modules(EpcQr.Payload(new string('é', 63), Belgian, null, Euros(1), new string('y', 140))!).GetLength(0));
        // The finder pattern of every QR code: seven dark modules, a light ring, a dark heart.
        Assert.Equal("#######.", string.Concat(Enumerable.Range(0, 8).Select(x => modules[0, x] ? '#' : '.')));
        Assert.Equal("#.###.#.", string.Concat(Enumerable.Range(0, 8).Select(x => modules[3, x] ? '#' : '.')));
    }

    private static async Task<string> Zbar(byte[] png)
    {
        const string program = "/usr/bin/zbarimg";
        Assert.SkipUnless(File.Exists(program), "zbar-tools is not installed");
        var path = Path.Combine(Directory.CreateTempSubdirectory("zbar-").FullName, "code.png");
        await File.WriteAllBytesAsync(path, png);
        using var zbar = Process.Start(new ProcessStartInfo(program, ["--quiet", "--raw", "--oneshot", path]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 })!;
        var errors = zbar.StandardError.ReadToEndAsync();
        var read = await zbar.StandardOutput.ReadToEndAsync();
        await zbar.WaitForExitAsync();
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.True(zbar.ExitCode == 0, await errors);
        return read.TrimEnd('\n');
    }

    private static Money Euros(decimal amount) => Money.Of(amount, Currency.Euro);
}
