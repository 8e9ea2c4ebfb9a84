using Dunning.Service.Letters;

namespace Dunning.Service.Tests.Letters;

/// <summary>Names as people write them, with a font that does not have every script.</summary>
public sealed class LetterCharactersTests : IDisposable
{
    private static readonly PdfLetterRenderer Renderer = new();
    private readonly Programs programs = new();

    public void Dispose() => programs.Dispose();

    [Theory]
    [InlineData("Rene\u0301e Lefe\u0300vre", "Renée Lefèvre")]
    [InlineData("Nguye\u0302\u0303n", "Nguyễn")]
    [InlineData("Boulangerie 🥖 Martin ❤️", "Boulangerie Martin")]
    [InlineData("👩🏽‍🍳 Chez Léa 🇫🇷", "Chez Léa")]
    [InlineData("𝐁𝐨𝐥𝐝 𝟐𝟒 Ｆｕｌｌ", "Bold 24 Full")]
    [InlineData("Łódź Öğüt Ščečín Ţepeş Șerban", "Łódź Öğüt Ščečín Ţepeş Șerban")]
    [InlineData("Αθήνα Живко", "Αθήνα Живко")]
    [InlineData("abc\u202Edef\u200Bghi\u00ADjkl", "abcdefghijkl")]
    [InlineData("STRAẞE A\u2011B", "STRASSE A-B")]
    [InlineData("<b>Dupont & Cie</b> (SARL) \\ %", "<b>Dupont & Cie</b> (SARL) \\ %")]
    public void A_name_is_drawn_as_its_bearer_would_write_it(string given, string drawn)
    {
        var letter = SampleLetters.BelgianReminder with { To = [given, "Rue Haute 1", "1000 BRUXELLES"] };
        var text = Programs.Run("pdftotext", "-layout", programs.Keep("letter.pdf", Renderer.Render(letter)), "-").Said;
        Assert.Contains(drawn, text.Split('\n').Select(line => line.Trim().Replace("  ", " ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("שלום")]
    [InlineData("محمد")]
    [InlineData("山田太郎")]
    [InlineData("สมชาย")]
    [InlineData("हिन्दी")]
    public void A_script_that_would_be_drawn_wrongly_is_refused_without_saying_whose_name_it_is(string name)
    {
        var refused = Assert.Throws<LetterNotDrawable>(() => Renderer.Render(SampleLetters.FormalNotice with { To = [$"Dupond {name}"] }));
        Assert.Contains($"U+{(int)name[0]:X4}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(name[0], refused.Message);
        Assert.DoesNotContain("Dupond", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_character_that_cannot_be_drawn_is_told_at_once_wherever_it_stands()
    {
        var refused = Assert.Throws<LetterNotDrawable>(() => Renderer.Render(SampleLetters.FormalNotice with
        {
            Title = "\u05D0",
            From = ["\u05D1"],
            To = ["\u05D2"],
            PlaceAndDate = "\u05D3",
            References = ["\u05D4"],
            Subject = "\u05D5",
            Body = "\u05D6 **\u05D7** `\u05D8`\n\n> \u05D9\n\n- \u05DA\n\n| \u05DB |\n|---|\n| \u05DC |\n\n# \u05DD\n\n[\u05DE](https://pay.example)",
            Footer = ["\u05DF"],
        }));
        Assert.Equal(Enumerable.Range(0x5D0, 16), refused.Characters);
    }
}
