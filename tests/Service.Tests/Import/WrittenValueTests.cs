using static Dunning.Service.Tests.Import.Ledgers;

namespace Dunning.Service.Tests.Import;

public sealed class WrittenValueTests
{
    [Theory]
    [InlineData("1200", "1200")]
    [InlineData("1200,5", "1200.5")]
    [InlineData("1200.50", "1200.50")]
    [InlineData("1 234,56", "1234.56")]
    [InlineData("1\u00A0234,56", "1234.56")]
    [InlineData("12\u202F345\u202F678,90 €", "12345678.90")]
    [InlineData("1.234,56", "1234.56")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("1,234.56", "1234.56")]
    [InlineData("€ 12,00", "12.00")]
    [InlineData("12,00 EUR", "12.00")]
    [InlineData("120,0000", "120.0000")]
    [InlineData("0,125", "0.125")]
    [InlineData("+12,00", "12.00")]
    public async Task An_amount_is_read_exactly(string written, string amount) =>
        Assert.Equal(
            decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture),
            Body(await ReadBut("1200,00", written))["amount"]!.GetValue<decimal>());

    [Theory]
    [InlineData("1.234")]
    [InlineData("1,234")]
    [InlineData("-1.234")]
    [InlineData("1,234,567")]
    [InlineData("12 34,00")]
    [InlineData("1 2345,00")]
    [InlineData("1.234 567,00")]
    [InlineData("12,3,4")]
    [InlineData("12,00-")]
    [InlineData("12,00 $")]
    [InlineData("1e3")]
    [InlineData("€")]
    [InlineData(",")]
    [InlineData("=1+1")]
    [InlineData("N/A")]
    [InlineData("99999999999999999999999999999999")]
    public async Task An_amount_that_cannot_be_read_one_way_only_breaks_the_line(string written)
    {
        var fault = OnlyFault(await ReadBut("1200,00", written));
        Assert.Equal(("Montant TTC", "unreadableAmount"), (fault.Field, fault.Code));
    }

    [Theory]
    [InlineData("15/09/2026")]
    [InlineData("15-09-2026")]
    [InlineData("15.09.2026")]
    [InlineData("2026-09-15")]
    [InlineData("15/9/2026")]
    [InlineData("15/09/2026 00:00:00")]
    [InlineData("2026-09-15T00:00:00")]
    public async Task A_date_is_read_in_the_order_of_the_country(string written) =>
        Assert.Equal("2026-09-15", Body(await ReadBut("01/09/2026", written))["issueDate"]!.GetValue<string>());

    [Theory]
    [InlineData("31/06/2026")]
    [InlineData("29/02/2026")]
    [InlineData("09/15/2026")]
    [InlineData("15/09/26")]
    [InlineData("46280")]
    [InlineData("demain")]
    public async Task A_date_the_calendar_does_not_have_breaks_the_line(string written)
    {
        var fault = OnlyFault(await ReadBut("01/09/2026", written));
        Assert.Equal(("Date", "unreadableDate"), (fault.Field, fault.Code));
    }

    [Theory]
    [InlineData("04 65 71 12 34", "France", "+33465711234")]
    [InlineData("06.39.98.12.34", "FR", "+33639981234")]
    [InlineData("639981234", "France", "+33639981234")]
    [InlineData("+33 6 39 98 12 34", "Belgique", "+33639981234")]
    [InlineData("+33 (0)6 39 98 12 34", "France", "+33639981234")]
    [InlineData("0033 639981234", "France", "+33639981234")]
    [InlineData("'+33639981234", "France", "+33639981234")]
    [InlineData("0470/00.00.00", "Belgique", "+32470000000")]
    [InlineData("02 000 00 01", "BE", null)]
    [InlineData("02 123 00 01", "BE", "+3221230001")]
    public async Task A_phone_number_becomes_international_by_the_country(string written, string country, string? phone)
    {
        var line = Assert.Single(await Read($"{Header};Tél.\n{Line.Replace("France", country, StringComparison.Ordinal)};{written}"));
        Assert.Equal(phone ?? "+3220000001", Body(line)["debtor"]!["phone"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("04 65 71 12")]
    [InlineData("04 65 71 12 34 5")]
    [InlineData("poste 12")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+")]
    [InlineData("++33639981234")]
    [InlineData("+33639981234567890123456789")]
    [InlineData("00")]
    [InlineData("0")]
    public async Task A_phone_number_of_no_country_breaks_the_line(string written)
    {
        var fault = OnlyFault(await ReadWith("Téléphone", written));
        Assert.Equal(("Téléphone", "unreadablePhone"), (fault.Field, fault.Code));
    }

    [Theory]
    [InlineData("Société", "business")]
    [InlineData("PROFESSIONNEL", "business")]
    [InlineData("B2B", "business")]
    [InlineData("particulier", "consumer")]
    [InlineData("Consumer", "consumer")]
    [InlineData("b2c", "consumer")]
    [InlineData("Collectivité", "public")]
    [InlineData("Mairie", "public")]
    [InlineData("administration", "public")]
    public async Task A_type_is_understood_in_either_language(string written, string kind) =>
        Assert.Equal(kind, Body(await ReadBut("Entreprise", written))["debtor"]!["kind"]!.GetValue<string>());

    [Theory]
    [InlineData("", "required")]
    [InlineData("client", "unknownKind")]
    [InlineData("SARL", "unknownKind")]
    public async Task A_type_is_never_guessed(string written, string code) =>
        Assert.Equal(code, OnlyFault(await ReadBut("Entreprise", written)).Code);

    [Theory]
    [InlineData("fr", "FR")]
    [InlineData("BELGIË", "BE")]
    [InlineData("Pays-Bas", "NL")]
    [InlineData("UK", "GB")]
    [InlineData("pt", "PT")]
    public async Task A_country_is_a_name_or_a_code(string written, string country) =>
        Assert.Equal(country, Body(await ReadBut("France", written))["debtor"]!["country"]!.GetValue<string>());

    [Fact]
    public async Task An_unknown_country_breaks_the_line() => Assert.Equal("unknownCountry", OnlyFault(await ReadBut("France", "Syldavie")).Code);

    [Theory]
    [InlineData("=HYPERLINK(\"\"http://example.org\"\")")]
    [InlineData("+33 boulangers")]
    [InlineData("-Martin")]
    [InlineData("@SUM(A1)")]
    public async Task Text_that_a_spreadsheet_would_run_is_plain_text_here(string written) =>
        Assert.Equal(
            written.Replace("\"\"", "\"", StringComparison.Ordinal),
            Body(await ReadBut("Boulangerie Martin", $"\"{written}\""))["debtor"]!["name"]!.GetValue<string>());

    [Theory]
    [InlineData("123 456 782", "123456782")]
    [InlineData("12345678200010", "123456782")]
    [InlineData("BE0403170701", "BE0403170701")]
    public async Task A_SIRET_gives_its_SIREN_and_anything_else_is_left_to_registration(string written, string siren) =>
        Assert.Equal(siren, Body(await ReadWith("SIRET", written))["debtor"]!["siren"]!.GetValue<string>());

    [Fact]
    public async Task The_currency_sign_of_the_amount_tells_the_currency_where_no_column_does()
    {
        Assert.Equal("EUR", Body(await ReadBut("1200,00", "1200,00 €"))["currency"]!.GetValue<string>());
        Assert.False(Body(await ReadBut("1200,00", "1200,00")).ContainsKey("currency"));
    }

    [Fact]
    public async Task What_remains_due_tells_what_was_paid()
    {
        var line = Assert.Single(await Read($"{Header};Reste dû;Date règlement\n{Line};200,00;10/10/2026"));
        Assert.Equal(1000.00m, Body(line)["payments"]![0]!["amount"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task A_payment_without_a_date_breaks_the_line()
    {
        var fault = OnlyFault(await ReadWith("Réglé", "10,00"));
        Assert.Equal(("Date règlement", "required"), (fault.Field, fault.Code));
    }

    [Theory]
    [InlineData("0,00")]
    [InlineData("")]
    public async Task Nothing_paid_is_no_payment(string written) => Assert.False(Body(await ReadWith("Réglé", written)).ContainsKey("payments"));

    [Fact]
    public async Task An_address_over_two_lines_keeps_both()
    {
        var address = Body(await ReadWith("Adresse", "\"12 rue Basse\r\nBâtiment B\""))["debtor"]!["address"]!;
        Assert.Equal(("12 rue Basse", "Bâtiment B"), (address["line1"]!.GetValue<string>(), address["line2"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Every_fault_of_a_line_is_named()
    {
        var broken = Assert.IsType<Service.Import.ImportLine.Broken>(Assert.Single(await Read(
            $"{Header};Téléphone;Langue;Relances\n ;32/13/2026;;;?;Syldavie;x;12;klingon;trois")));
        Assert.Equal(
            ["N° facture", "Date", "Échéance", "Montant TTC", "Pays", "Client", "Type", "Langue", "Téléphone", "Relances"],
            broken.Faults.Select(fault => fault.Field));
    }
}
