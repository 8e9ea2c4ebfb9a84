namespace Dunning.Domain.Tests.References;

public class IbanTests
{
    private const string Belgian = "BE68539007547034";
    private const string French = "FR1420041010050500013M02606";

    // The examples of the ISO 13616 registry, one for each country of the SEPA area.
    public static readonly TheoryData<string> Registry =
    [
        "AD1200012030200359100100", "AL47212110090000000235698741", "AT611904300234573201", Belgian, "BG80BNBG96611020345678",
        "CH9300762011623852957", "CY17002001280000001200527600", "CZ6508000000192000145399", "DE89370400440532013000",
        "DK5000400440116243", "EE382200221020145685", "ES9121000418450200051332", "FI2112345600000785", French,
        "GB29NWBK60161331926819", "GI75NWBK000000007099453", "GR1601101250000000012300695", "HR1210010051863000160",
        "HU42117730161111101800000000", "IE29AIBK93115212345678", "IS140159260076545510730339", "IT60X0542811101000000123456",
        "LI21088100002324013AA", "LT121000011101001000", "LU280019400644750000", "LV80BANK0000435195001",
        "MC5811222000010123456789030", "MD24AG000225100013104168", "ME25505000012345678951", "MK07250120000058984",
        "MT84MALT011000012345MTLCAST001S", "NL91ABNA0417164300", "NO9386011117947", "PL61109010140000071219812874",
        "PT50000201231234567890154", "RO49AAAA1B31007593840000", "RS35260005601001611379", "SE4550000000058398257466",
        "SI56263300012039086", "SK3112000000198742637541", "SM86U0322509800000000270100", "VA59001123000012345678",
    ];

    [Theory]
    [MemberData(nameof(Registry))]
    public void The_example_of_every_country_is_accepted(string text) => Assert.Equal(text, Iban.Parse(text).Value);

    [Theory]
    [MemberData(nameof(Registry))]
    public void One_character_more_or_less_is_refused_even_with_fitting_check_digits(string text)
    {
        Assert.Contains(" characters, this one has ", Why(Oracle.Iban(text[..2], text[4..] + "0")), StringComparison.Ordinal);
        Assert.Contains(" characters, this one has ", Why(Oracle.Iban(text[..2], text[4..^1])), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Registry))]
    public void Every_single_wrong_character_is_refused(string right) =>
        Assert.All(Slips.OneCharacterWrong(right, start: 0), wrong => Assert.False(Iban.TryParse(wrong, out _, out _)));

    [Theory]
    [MemberData(nameof(Registry))]
    public void Every_swap_of_neighbours_is_refused(string right) =>
        Assert.All(Slips.NeighboursSwapped(right, start: 0), wrong => Assert.False(Iban.TryParse(wrong, out _, out _)));

    [Fact]
    public void A_letter_is_refused_where_the_country_has_digits_only_even_with_fitting_check_digits()
    {
        var digitsOnly = "AT BE CZ DE DK EE ES FI HR HU IS LT ME NO PL PT RS SE SI SK VA".Split(' ');
        var withLetter =
            from row in Registry
            let account = row.Data[4..]
            where digitsOnly.Contains(row.Data[..2])
            from place in Enumerable.Range(0, account.Length)
            select Oracle.Iban(row.Data[..2], $"{account[..place]}A{account[(place + 1)..]}");
        Assert.All(withLetter, text => Assert.Contains("other places", Why(text), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("be68 5390 0754 7034")]
    [InlineData(" BE68-5390-0754-7034 ")]
    [InlineData("BE68.5390.0754.7034")]
    [InlineData("BE68\u00a05390\u202f0754\t7034\r\n")]
    [InlineData("BE68–5390‑0754‐7034")]
    public void Spaces_case_and_usual_punctuation_do_not_matter(string text)
    {
        var iban = Iban.Parse(text);
        Assert.Equal(Belgian, iban.Value);
        Assert.Equal(Belgian, iban.ToString());
        Assert.Equal("BE68 5390 0754 7034", iban.Display);
        Assert.Equal(Iban.Parse(Belgian), iban);
    }

    [Fact]
    public void The_last_group_of_the_display_may_be_short() =>
        Assert.Equal("FR14 2004 1010 0505 0001 3M02 606", Iban.Parse(French).Display);

    [Theory]
    [InlineData("BE", "539007547035")]
    [InlineData("FR", "20041010050500013M02607")]
    [InlineData("FR", "20041010050500013N02606")]
    [InlineData("MC", "11222000010123456789031")]
    public void A_wrong_national_key_is_refused_even_with_fitting_check_digits(string country, string account) =>
        Assert.Contains($"banks of {country}", Why(Oracle.Iban(country, account)), StringComparison.Ordinal);

    [Theory]
    [InlineData("30006000011234567890189")]
    [InlineData("20041010050500013M02606")]
    public void A_right_French_key_is_accepted(string account) => Assert.Null(Why(Oracle.Iban("FR", account)));

    [Fact]
    public void The_letters_of_a_French_account_count_as_the_digits_of_their_column()
    {
        // The columns of the French banks' own table: each letter with the digit under it.
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        const string digits = "12345678912345678923456789";
        Assert.All(letters.Zip(digits), pair =>
        {
            var key = 97 - 3 * (long)(pair.Second - '0') * 100 % 97;
            Assert.Null(Why(Oracle.Iban("FR", $"000000000000000000{pair.First}00{key:D2}")));
        });
    }

    [Fact]
    public void A_Belgian_account_whose_remainder_is_nothing_ends_in_97()
    {
        Assert.Null(Why(Oracle.Iban("BE", "000000009797")));
        Assert.NotNull(Why(Oracle.Iban("BE", "000000009700")));
    }

    [Theory]
    [InlineData("97", "00")]
    [InlineData("98", "01")]
    [InlineData("02", "99")]
    public void Check_digits_that_leave_the_same_remainder_are_refused(string right, string alias)
    {
        var text = Enumerable.Range(0, 1000).Select(n => Oracle.Iban("NO", $"{n:D11}")).First(iban => iban[2..4] == right);
        Assert.Null(Why(text));
        Assert.Contains("check digits", Why($"NO{alias}{text[4..]}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData(" ", "empty")]
    [InlineData("BE", "SEPA")]
    [InlineData("BE6", "SEPA")]
    [InlineData("6853", "SEPA")]
    [InlineData("XX68539007547034", "SEPA")]
    [InlineData("TR330006100519786457841326", "SEPA")]
    [InlineData("BE68539007547O34", "other places")]
    [InlineData("BEA8539007547034", "other places")]
    [InlineData("NL911BNA0417164300", "other places")]
    [InlineData("BE6853900754703", "An IBAN of BE has 16 characters, this one has 15.")]
    [InlineData("DE68539007547034", "An IBAN of DE has 22 characters, this one has 16.")]
    [InlineData("BE68539007547035", "check digits")]
    [InlineData("BE6853900754703٤", "only letters and digits")]
    [InlineData("BE68+539007547034", "only letters and digits")]
    [InlineData("ıT60X0542811101000000123456", "only letters and digits")]
    public void What_is_wrong_is_said(string? text, string expected)
    {
        Assert.False(Iban.TryParse(text, out var iban, out var why));
        Assert.Null(iban);
        Assert.Contains(expected, why, StringComparison.Ordinal);
        Assert.Equal(why, Assert.Throws<FormatException>(() => Iban.Parse(text!)).Message);
    }

    [Fact]
    public void A_refusal_does_not_repeat_the_account() => Assert.All(Slips.OneCharacterWrong(French, start: 0), wrong =>
        Assert.DoesNotContain(wrong[4..9], Why(wrong), StringComparison.Ordinal));

    [Fact]
    public void A_default_is_no_account() => Assert.Null(default(Iban));

    [Fact]
    public void Any_account_survives_careless_writing() => Chance.Repeat(2000, random =>
    {
        var text = random.Next(3) switch
        {
            0 => Oracle.Iban("DE", random.Digits(18)),
            1 => Oracle.Iban("MD", random.LettersAndDigits(20)),
            _ => random.Digits(10) is var first ? Oracle.Iban("BE", first + Oracle.Belgian(first)) : "",
        };
        var iban = Iban.Parse(random.Scribble(text));
        Assert.Equal(text, iban.Value);
        Assert.Equal(iban, Iban.Parse(iban.Display));
    });

    private static string? Why(string text) => Iban.TryParse(text, out _, out var why) ? null : why;
}
