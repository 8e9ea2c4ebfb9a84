using System.Text.RegularExpressions;
using Dunning.Service.Letters;

namespace Dunning.Service.Tests.Letters;

/// <summary>What stands where, and that nothing given is lost.</summary>
public sealed class LetterLayoutTests : IDisposable
{
    private static readonly PdfLetterRenderer Renderer = new();
    private readonly Programs programs = new();

    public void Dispose() => programs.Dispose();

    [Fact]
    public void The_same_letter_is_the_same_bytes_and_another_is_another_file()
    {
        var letter = SampleLetters.FormalNotice;
        Assert.Equal(Renderer.Render(letter), new PdfLetterRenderer().Render(letter));
        Assert.NotEqual(Id(Renderer.Render(letter)), Id(Renderer.Render(letter with { Subject = "Mise en demeure" })));

        static string Id(byte[] pdf) => Regex.Match(System.Text.Encoding.Latin1.GetString(pdf), @"/ID\[<([0-9A-F]{32})><\1>\]").Groups[1].Value;
    }

    [Fact]
    public void A_letter_is_light() => Assert.InRange(Renderer.Render(SampleLetters.FormalNotice).Length, 5_000, 100_000);

    [Theory, InlineData(WindowSide.Right, 110), InlineData(WindowSide.Left, 25)]
    public void Six_lines_of_address_stand_in_the_window_and_nothing_else_does(WindowSide side, int left)
    {
        var letter = SampleLetters.FormalNotice with { Window = side };
        Assert.Equal(letter.To, Lines(Window(letter, left)));
    }

    [Fact]
    public void An_address_too_long_for_the_window_keeps_its_ends_there_and_stands_whole_in_the_letter()
    {
        var letter = SampleLetters.Longest;
        var window = Lines(Window(letter, 110));
        Assert.Equal(7, window.Count);
        Assert.StartsWith("Société civile immobilière", window[0], StringComparison.Ordinal);
        Assert.Equal(letter.To.TakeLast(3), window.TakeLast(3));
        var text = Flat(Text(letter));
        Assert.All(letter.To, line => Assert.Contains(line, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Seven_lines_of_address_still_fit_in_the_window()
    {
        var letter = SampleLetters.FormalNotice with { To = ["Un", "Deux", "Trois", "Quatre", "Cinq", "38200 VIENNE", "FRANCE"] };
        Assert.Equal(letter.To, Lines(Window(letter, 110)));
        Assert.Single(Regex.Matches(Text(letter), "38200 VIENNE"));
    }

    [Fact]
    public void A_word_longer_than_a_line_is_cut_and_none_of_it_is_lost()
    {
        var text = Regex.Replace(Text(SampleLetters.Longest), @"\s", "");
        Assert.Contains(new string('x', 300), text, StringComparison.Ordinal);
        Assert.Equal(300, text.Count(c => c == 'W'));
    }

    [Fact]
    public void A_table_that_goes_on_overleaf_begins_there_with_its_header_and_every_row_is_there_once()
    {
        var letter = SampleLetters.Longest;
        var pages = Text(letter).Split('\f', StringSplitOptions.RemoveEmptyEntries);
        var withRows = pages.Where(page => page.Contains("F-2026-0", StringComparison.Ordinal)).ToList();
        Assert.True(withRows.Count > 3);
        Assert.All(withRows, page => Assert.Matches(@"Facture +Libellé +Adresse +Montant", page));
        for (var i = 1; i <= 40; i++)
            Assert.Single(Regex.Matches(string.Concat(pages), $"F-2026-{i:D4}"));
    }

    [Fact]
    public void Pages_are_numbered_and_headed_only_when_there_are_several()
    {
        var pages = Text(SampleLetters.FormalNotice).Split('\f', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, pages.Length);
        Assert.Matches(@" 1/2\n", pages[0]);
        Assert.Matches(@"^Menuiserie Lefèvre & Fils +MISE EN DEMEURE DE PAYER\n", pages[1]);
        Assert.Matches(@" 2/2\n", pages[1]);
        Assert.DoesNotContain("1/1", Text(SampleLetters.BelgianReminder), StringComparison.Ordinal);
    }

    [Fact]
    public void No_page_begins_with_the_last_line_of_a_paragraph_or_ends_with_its_first()
    {
        for (var filling = 0; filling < 12; filling++)
        {
            var body = string.Concat(Enumerable.Range(0, filling).Select(i => $"Remplissage {i}.\n\n"))
                + string.Join("\n\n", Enumerable.Range(0, 30).Select(p => string.Join("\\\n", Enumerable.Range(1, 5).Select(l => $"[{p} {l}]"))));
            var pages = Text(SampleLetters.FormalNotice with { Body = body }).Split('\f', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(pages.Length > 2);
            foreach (var page in pages)
            {
                var lines = Regex.Matches(page, @"\[\d+ (\d)\]").Select(m => m.Groups[1].Value).ToList();
                Assert.NotEqual("5", lines[0]);
                Assert.NotEqual("1", lines[^1]);
            }
        }
    }

    [Fact]
    public void Without_a_payment_code_its_place_is_empty_and_its_words_stay()
    {
        var letter = SampleLetters.BelgianReminder;
        Assert.Contains("Mededeling RF18 5390 0754 7034", Flat(Text(letter with { PaymentCode = null })), StringComparison.Ordinal);
        Assert.DoesNotContain("qr:payment", Text(letter with { PaymentCode = null }), StringComparison.Ordinal);
        Assert.True(Renderer.Render(letter).Length > Renderer.Render(letter with { PaymentCode = null }).Length + 1000);
    }

    [Fact]
    public void A_payment_code_in_a_table_or_beside_a_long_text_is_still_drawn()
    {
        foreach (var body in (string[])[
            "| a | b |\n|---|---|\n| ![QR](qr:payment) | IBAN |", $"![QR](qr:payment) {string.Concat(Enumerable.Repeat("mot ", 400))}"])
        {
            var pdf = programs.Keep("code.pdf", Renderer.Render(SampleLetters.BelgianReminder with { Body = body }));
            Programs.Run("pdftoppm", "-r", "150", "-png", "-singlefile", pdf, programs.File("code"));
            Assert.Equal(SampleLetters.BelgianReminder.PaymentCode, programs.Decoded("code.png"));
        }
    }

    [Fact]
    public void The_address_of_a_link_is_written_out()
    {
        var text = Flat(Text(SampleLetters.FormalNotice with { Body = "[Payer en ligne](https://pay.example/f/1) ou <https://pay.example>" }));
        Assert.Contains("Payer en ligne (https://pay.example/f/1) ou https://pay.example", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_head_or_a_foot_that_leaves_no_room_for_the_letter_is_refused()
    {
        var many = Enumerable.Repeat("Ligne", 80).ToList();
        Assert.Throws<ArgumentException>(() => Renderer.Render(SampleLetters.FormalNotice with { From = many }));
        Assert.Throws<ArgumentException>(() => Renderer.Render(SampleLetters.FormalNotice with { References = many }));
        Assert.Throws<ArgumentException>(() => Renderer.Render(SampleLetters.FormalNotice with { Footer = many }));
        Assert.Throws<ArgumentException>(() => Renderer.Render(SampleLetters.FormalNotice with { PaymentCode = new('x', 5000) }));
    }

    [Fact]
    public void A_letter_may_be_bare()
    {
        var bare = new Letter { Language = "fr", Title = "", WrittenOn = new(2026, 1, 1), From = [], To = [], Subject = "", Body = "" };
        Assert.Equal(0, Programs.Run("qpdf", "--check", programs.Keep("bare.pdf", Renderer.Render(bare))).Exit);
    }

    private string Text(Letter letter) => Programs.Run("pdftotext", "-layout", programs.Keep("letter.pdf", Renderer.Render(letter)), "-").Said;

    private string Window(Letter letter, int left) => Programs.Run(
        "pdftotext", "-l", "1", "-r", "254", "-x", $"{left * 10 - 5}", "-y", "550", "-W", "855", "-H", "240",
        programs.Keep("window.pdf", Renderer.Render(letter)), "-").Said;

    private static List<string> Lines(string text) =>
        [.. text.Split(['\n', '\f'], StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())];

    private static string Flat(string text) => Regex.Replace(text, @"\s+", " ");
}
