namespace Dunning.Domain.Tests.References;

public class RfReferenceTests
{
    private const string Example = "RF18539007547034";

    [Fact]
    public void The_example_of_the_standard_gets_its_check_digits() =>
        Assert.Equal(Example, RfReference.For("539007547034").Value);

    [Fact]
    public void The_text_is_canonical_and_the_display_is_in_groups_of_four()
    {
        var reference = RfReference.Parse("rf18 5390-0754.7034");
        Assert.Equal(Example, reference.Value);
        Assert.Equal(Example, reference.ToString());
        Assert.Equal("RF18 5390 0754 7034", reference.Display);
        Assert.Equal(RfReference.Parse(Example), reference);
    }

    [Theory]
    [InlineData("RF18539007547034")]
    [InlineData("RF18000000000539007547034")]
    [InlineData("RF471234567890")]
    [InlineData("RF45G72UUR")]
    [InlineData("RF6518K5")]
    public void Known_references_are_accepted(string text) => Assert.Equal(text, RfReference.Parse(text).Value);

    [Fact]
    public void An_invoice_number_with_punctuation_and_small_letters_is_taken_without_them() =>
        Assert.Equal(RfReference.For("F2026001"), RfReference.For("f-2026/001"));

    [Theory]
    [InlineData("RF45G72UUR")]
    [InlineData(Example)]
    public void Every_single_wrong_character_is_refused(string right) =>
        Assert.All(Slips.OneCharacterWrong(right, start: 0), wrong => Assert.False(RfReference.TryParse(wrong, out _, out _)));

    [Theory]
    [InlineData("RF45G72UUR")]
    [InlineData(Example)]
    public void Every_swap_of_neighbours_is_refused(string right) =>
        Assert.All(Slips.NeighboursSwapped(right, start: 0), wrong => Assert.False(RfReference.TryParse(wrong, out _, out _)));

    [Theory]
    [InlineData("97", "00")]
    [InlineData("98", "01")]
    [InlineData("02", "99")]
    public void Check_digits_that_leave_the_same_remainder_are_refused(string right, string alias)
    {
        var reference = Enumerable.Range(0, 1000).Select(n => RfReference.For($"{n}").Value).First(value => value[2..4] == right);
        Assert.False(RfReference.TryParse($"RF{alias}{reference[4..]}", out _, out var why));
        Assert.Contains("do not fit", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData(" - ", "empty")]
    [InlineData("539007547034", "begins with RF")]
    [InlineData("RF", "two check digits")]
    [InlineData("RF1", "two check digits")]
    [InlineData("RFXX539007547034", "two check digits")]
    [InlineData("RF18", "at least one")]
    [InlineData("RF18539007547034539007547034", "at most 21 characters after its check digits, this one has 24")]
    [InlineData("RF18É39007547034", "only the letters")]
    [InlineData("RF1853900754703٤", "only the letters")]
    [InlineData("RF18539007547035", "do not fit")]
    public void What_is_wrong_is_said(string? text, string expected)
    {
        Assert.False(RfReference.TryParse(text, out var reference, out var why));
        Assert.Null(reference);
        Assert.Contains(expected, why, StringComparison.Ordinal);
        Assert.Equal(why, Assert.Throws<FormatException>(() => RfReference.Parse(text!)).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--")]
    [InlineData("1234567890123456789012")]
    [InlineData("Été")]
    [InlineData("A_1")]
    public void A_reference_that_cannot_be_carried_is_refused(string own) =>
        Assert.Throws<FormatException>(() => RfReference.For(own));

    [Fact]
    public void A_default_is_no_reference() => Assert.Null(default(RfReference));

    [Fact]
    public void Any_reference_survives_careless_writing() => Chance.Repeat(2000, random =>
    {
        var own = random.LettersAndDigits(random.Next(1, 22));
        var reference = RfReference.For(own);
        Assert.Equal($"RF{Oracle.Iso7064(own, "RF")}{own}", reference.Value);
        Assert.Equal(reference, RfReference.Parse(random.Scribble(reference.Value)));
        Assert.Equal(reference, RfReference.Parse(reference.Display));
    });
}
