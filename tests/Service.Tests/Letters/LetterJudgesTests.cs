using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Dunning.Service.Letters;

namespace Dunning.Service.Tests.Letters;

/// <summary>What other people's programs say of our letters.</summary>
public sealed class LetterJudgesTests : IDisposable
{
    private static readonly PdfLetterRenderer Renderer = new();
    private readonly Programs programs = new();

    public static TheoryData<string> Samples => ["notice", "belgian", "longest"];

    public void Dispose() => programs.Dispose();

    [Theory, MemberData(nameof(Samples))]
    public void Qpdf_finds_no_fault_in_the_file(string sample)
    {
        var (exit, said) = Programs.Run("qpdf", "--check", Pdf(sample));
        Assert.True(exit == 0, said);
        Assert.Contains("PDF Version: 1.7", said, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Samples))]
    public void Every_font_is_embedded_as_a_subset_that_knows_its_characters(string sample)
    {
        var rows = Programs.Run("pdffonts", Pdf(sample)).Said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Matches(@"^[A-Z]{6}\+OpenSans(-Bold|-Italic)? +CID TrueType +Identity-H +yes yes yes ", row));
    }

    [Theory, MemberData(nameof(Samples))]
    public void Ghostscript_draws_every_page_without_a_word(string sample)
    {
        var (exit, said) = Programs.Run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=nullpage", Pdf(sample));
        Assert.True(exit == 0 && said.Length == 0, said);
    }

    [Fact]
    public void Ghostscript_follows_the_tables_of_the_subset_when_it_embeds_it_anew()
    {
        var (exit, said) = Programs.Run(
            "gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", $"-sOutputFile={programs.File("again.pdf")}", Pdf("notice"));
        Assert.True(exit == 0 && said.Length == 0, said);
        Assert.Contains("mettons en demeure", Programs.Run("pdftotext", programs.File("again.pdf"), "-").Said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_phone_reads_the_payment_from_the_printed_page()
    {
        Programs.Run("pdftoppm", "-r", "150", "-png", Pdf("notice"), programs.File("page"));
        Assert.Equal(SampleLetters.PaymentCode, programs.Decoded("page-2.png"));
        Programs.Run("pdftoppm", "-r", "150", "-png", Pdf("belgian"), programs.File("belgian"));
        Assert.Equal(SampleLetters.BelgianReminder.PaymentCode, programs.Decoded("belgian-1.png"));
    }

    [Fact]
    public void Every_word_and_amount_of_the_letter_is_found_in_its_text()
    {
        var text = Text("notice");
        Assert.All(
            Words(SampleLetters.FormalNotice).Distinct(),
            word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public void An_amount_is_one_text_with_its_thousands_and_its_currency()
    {
        var text = Programs.Run("pdftotext", Pdf("notice"), "-").Said;
        foreach (var amount in (string[])["4 820,40 €", "1 500,00 €", "82,21 €", "120,00 €", "7 842,61 €", "9 140,40 €"])
            Assert.Contains(amount, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_is_told_the_title_the_language_and_what_each_part_is()
    {
        var pdf = Pdf("notice");
        var info = Programs.Run("pdfinfo", pdf).Said;
        Assert.Matches(@"Title: +Mise en demeure de payer – dossier 2026-0412\n", info);
        Assert.Matches(@"Tagged: +yes\n", info);
        Assert.Matches(@"Page size: .*\(A4\)", info);
        Assert.Matches(@"CreationDate: +Mon Nov 23 00:00:00 2026 UTC", info);
        var catalog = Programs.Run("qpdf", "--show-object=trailer", pdf) is { Exit: 0 } ? Programs.Run("qpdf", "--show-object=1", pdf).Said : "";
        Assert.Contains("/Lang (fr)", catalog, StringComparison.Ordinal);
        Assert.Contains("/DisplayDocTitle true", catalog, StringComparison.Ordinal);
        var structure = Programs.Run("pdfinfo", "-struct-text", pdf).Said;
        Assert.Matches("""H1 \(block\)\s+"MISE EN DEMEURE DE PAYER ?"\s""", structure);
        Assert.Matches("""TH:?\s[^"]+"Reste dû ?"\s""", structure);
        Assert.Matches("""TD\s+"4.820,40.€ ?"\s""", structure);
        Assert.Contains("2026, les factures suivantes", structure, StringComparison.Ordinal);
        Assert.Contains("Figure", structure, StringComparison.Ordinal);
    }

    [Fact]
    public void Amounts_end_at_the_same_place_where_the_table_says_right()
    {
        var ends = Ends(Pdf("notice"), "964,00|356,00|640,40").GroupBy(end => end.Word).Select(same => same.Max(end => end.X)).ToList();
        Assert.Equal(3, ends.Count);
        Assert.True(ends.Max() - ends.Min() < 0.5, string.Join(' ', ends));
    }

    [Fact]
    public void Text_is_as_wide_as_it_was_measured_with_its_kerning()
    {
        var letter = SampleLetters.BelgianReminder with { Body = "| a |\n|--:|\n| AVAVAVAVAVAVAVToToToTo. |\n| HHHHHHHH |" };
        var ends = Ends(programs.Keep("kerned.pdf", Renderer.Render(letter)), "AV.*|H+").Select(end => end.X).ToList();
        Assert.Equal(2, ends.Count);
        Assert.True(Math.Abs(ends[0] - ends[1]) < 0.5, string.Join(' ', ends));
    }

    [Fact]
    public void A_letter_made_of_a_letter_and_an_accent_is_drawn_with_both()
    {
        Assert.True(Darkness("EEEEEEEE") > Darkness("") + 100);
        Assert.True(Darkness("ÉÉÉÉÉÉÉÉ") > Darkness("EEEEEEEE") + 20);
        Assert.True(Darkness("\u1EC6\u1EC6\u1EC6\u1EC6") > Darkness("\u00CA\u00CA\u00CA\u00CA") + 10);
    }

    private static IEnumerable<(string Word, double X)> Ends(string pdf, string words) =>
        Regex.Matches(Programs.Run("pdftotext", "-bbox", pdf, "-").Said, $"""xMax="([0-9.]+)" yMax="[0-9.]+">({words})<""")
            .Select(box => (box.Groups[2].Value, double.Parse(box.Groups[1].Value, CultureInfo.InvariantCulture)));

    // How many pixels of the drawn page are black.
    private int Darkness(string subject)
    {
        var pdf = programs.Keep("dark.pdf", Renderer.Render(SampleLetters.BelgianReminder with { Subject = subject, PaymentCode = null }));
        Programs.Run("pdftoppm", "-r", "100", "-mono", "-singlefile", pdf, programs.File("dark"));
        var picture = File.ReadAllBytes(programs.File("dark.pbm"));
        return picture.Skip(20).Sum(b => BitOperations.PopCount(b));
    }

    private string Pdf(string sample)
    {
        var letter = sample switch
        {
            "notice" => SampleLetters.FormalNotice,
            "belgian" => SampleLetters.BelgianReminder,
            _ => SampleLetters.Longest,
        };
        return programs.Keep($"{sample}.pdf", Renderer.Render(letter));
    }

    private string Text(string sample) => Programs.Run("pdftotext", "-layout", Pdf(sample), "-").Said;

    // Markdown's own signs are not words.
    private static IEnumerable<string> Words(Letter letter) =>
        new[] { Regex.Replace(letter.Body, @"!\[.*?\]\(.*?\)|\\\n|[|*#]|:?--+:?|^- ", " ", RegexOptions.Multiline) }
            .Concat([letter.PlaceAndDate!, letter.Subject, .. letter.From, .. letter.To, .. letter.References, .. letter.Footer])
            .SelectMany(text => text.Replace('\u202F', '\u00A0').Split([' ', '\n', '\u00A0'], StringSplitOptions.RemoveEmptyEntries));
}
