namespace Dunning.Domain.Tests.References;

public class BelgianReferenceTests
{
    private const string Example = "090933755493";

    [Theory]
    [InlineData(8000906, "+++000/8000/90655+++")]
    [InlineData(909337554, "+++090/9337/55493+++")]
    [InlineData(0, "+++000/0000/00097+++")]
    [InlineData(97, "+++000/0000/09797+++")]
    [InlineData(9_999_999_999, "+++999/9999/99948+++")]
    public void A_number_gets_its_check_digits(long number, string display)
    {
        Assert.Equal(display, BelgianReference.For(number).Display);
        Assert.Equal(BelgianReference.For(number), BelgianReference.Parse(display));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10_000_000_000)]
    [InlineData(long.MinValue)]
    public void A_number_that_does_not_fit_ten_digits_is_refused(long number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BelgianReference.For(number));

    [Theory]
    [InlineData("+++090/9337/55493+++")]
    [InlineData("***090/9337/55493***")]
    [InlineData("090933755493")]
    [InlineData(" +++ 090 / 9337 / 55493 +++ ")]
    [InlineData("090/9337/55493")]
    [InlineData("090 9337 55493")]
    public void Every_usual_spelling_is_accepted(string text)
    {
        var reference = BelgianReference.Parse(text);
        Assert.Equal(Example, reference.Value);
        Assert.Equal(Example, reference.ToString());
        Assert.Equal("+++090/9337/55493+++", reference.Display);
    }

    [Fact]
    public void Every_single_wrong_digit_is_refused() =>
        Assert.All(Slips.OneCharacterWrong(Example, start: 0), wrong => Assert.False(BelgianReference.TryParse(wrong, out _, out _)));

    [Fact]
    public void Every_swap_of_neighbours_is_refused() =>
        Assert.All(Slips.NeighboursSwapped(Example, start: 0), wrong => Assert.False(BelgianReference.TryParse(wrong, out _, out _)));

    [Fact]
    public void A_remainder_of_nothing_is_written_97_and_never_00() =>
        Assert.False(BelgianReference.TryParse("000000009700", out _, out _));

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("++++++", "empty")]
    [InlineData("+++", "only digits")]
    [InlineData("+++++", "only digits")]
    [InlineData("+++090/9337/55493", "only digits")]
    [InlineData("+++090/9337/55493***", "only digits")]
    [InlineData("+090/9337/55493+", "only digits")]
    [InlineData("+++090/9337/5549A+++", "only digits")]
    [InlineData("+++090/9337/5549٣+++", "only digits")]
    [InlineData("+++090/9337/5549+++", "12 digits, this one has 11")]
    [InlineData("0909337554930", "12 digits, this one has 13")]
    [InlineData("+++090/9337/55494+++", "do not fit")]
    public void What_is_wrong_is_said(string? text, string expected)
    {
        Assert.False(BelgianReference.TryParse(text, out var reference, out var why));
        Assert.Null(reference);
        Assert.Contains(expected, why, StringComparison.Ordinal);
        Assert.Equal(why, Assert.Throws<FormatException>(() => BelgianReference.Parse(text!)).Message);
    }

    [Fact]
    public void A_default_is_no_reference() => Assert.Null(default(BelgianReference));

    [Fact]
    public void Any_number_survives_careless_writing() => Chance.Repeat(2000, random =>
    {
        var reference = BelgianReference.For(random.NextInt64(10_000_000_000));
        Assert.Equal(Oracle.Belgian(reference.Value[..10]), reference.Value[10..]);
        Assert.Equal(reference, BelgianReference.Parse(random.Scribble(reference.Value)));
        Assert.Equal(reference, BelgianReference.Parse(reference.Display));
    });
}
