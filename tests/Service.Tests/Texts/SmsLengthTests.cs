using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

public sealed class SmsLengthTests
{
    [Theory]
    [InlineData(0, 0), InlineData(1, 1), InlineData(160, 1), InlineData(161, 2), InlineData(306, 2), InlineData(307, 3)]
    public void GSM_7_holds_160_alone_and_153_in_each_part(int length, int segments) =>
        Assert.Equal(segments, SmsLength.Segments(new string('é', length)));

    [Theory]
    [InlineData(70, 1), InlineData(71, 2), InlineData(134, 2), InlineData(135, 3)]
    public void One_foreign_character_leaves_70_alone_and_67_in_each_part(int length, int segments)
    {
        Assert.Equal(segments, SmsLength.Segments(new string('a', length - 1) + "ç"));
        Assert.Equal(segments, SmsLength.Segments(new string('a', length - 1) + "\u202F"));
        Assert.Equal(segments, SmsLength.Segments(new string('a', length - 1) + "\u00A0"));
    }

    [Fact]
    public void A_euro_sign_takes_two_places()
    {
        Assert.Equal(1, SmsLength.Segments(new string('a', 158) + "€"));
        Assert.Equal(2, SmsLength.Segments(new string('a', 159) + "€"));
    }

    [Fact]
    public void An_escape_pair_is_never_cut_between_two_parts()
    {
        Assert.Equal(2, SmsLength.Segments(new string('a', 153) + "€" + new string('a', 151)));
        Assert.Equal(3, SmsLength.Segments(new string('a', 152) + "€" + new string('a', 152)));
    }

    [Fact]
    public void An_emoji_takes_two_units_and_is_never_cut()
    {
        Assert.Equal(1, SmsLength.Segments(new string('a', 68) + "😀"));
        Assert.Equal(2, SmsLength.Segments(new string('a', 69) + "😀"));
        Assert.Equal(2, SmsLength.Segments(new string('a', 67) + "😀" + new string('a', 65)));
        Assert.Equal(3, SmsLength.Segments(new string('a', 66) + "😀" + new string('a', 66)));
    }

    [Fact]
    public void French_is_spelt_with_what_the_alphabet_has()
    {
        Assert.Equal("éèùàÉ garcon fete a mais OEuvre l'oie \"oui\" - ...", Gsm7.Spell("éèùàÉ garçon fête â maïs Œuvre l’oie “oui” – …"));
        Assert.Equal("Ca ? ?", Gsm7.Spell("Ca 😀 中"));
        Assert.Equal("e", Gsm7.Spell("e\u0302"));
    }
}
