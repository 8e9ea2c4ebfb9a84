using System.CommandLine;
using Dunning.Domain;
using Dunning.Service.Claims;

namespace Dunning.Local.Commands;

/// <summary>A rate of a period; provisional when the period is not published yet and the last published one stands in for it.</summary>
internal sealed record ShownRate(string Country, string Series, string Meaning, string Period, decimal Value, string Source, DateOnly? PublishedOn, bool Provisional);

/// <summary>The legal rates that came with the program, without a host.</summary>
internal sealed class RatesCommand : Act
{
    private readonly TimeProvider _clock;
    private readonly Option<string?> _country = Values.OneOf("--country", "Of this country.", "FR", "BE");
    private readonly Option<string?> _series = Values.OneOf("--series", "Of this series.", [.. RateSeries.All.Select(s => s.Name)]);
    private readonly Option<int?> _since = new("--since") { Description = "From this year on; the last three years unless said otherwise.", HelpName = "year" };

    public RatesCommand(Surroundings around)
        : base("rates", "Show the legal rates of interest this version came with.", around, "dunning rates --country FR", "dunning rates --series be-b2b --since 2019")
    {
        _clock = around.Clock;
        Add(_country);
        Add(_series);
        Add(_since);
    }

    protected override Task<int> Run(ParseResult parsed, Screen screen, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);
        var (country, series, since) = (parsed.GetValue(_country), parsed.GetValue(_series), parsed.GetValue(_since) ?? today.Year - 2);
        var shown = Rates(RatesFile.Load(RatesFile.Shipped), today, since).Where(r => (country is null || r.Country == country) && (series is null || r.Series == series)).ToList();
        if (screen.Json)
            screen.Write(new { Items = shown });
        else
            Show(screen, shown);
        return Task.FromResult(ExitCode.Fine);
    }

    private static IEnumerable<ShownRate> Rates(Rates rates, DateOnly today, int since)
    {
        foreach (var series in RateSeries.All)
        {
            foreach (var rate in rates.Published.Where(r => r.Series == series && r.From.Year >= since))
                yield return Of(rate, rate.Period, false);
            if (rates.On(series, today) is { Provisional: true } standIn)
                yield return Of(standIn.Published, series.Period(standIn.Semester), true);
        }
    }

    private static ShownRate Of(PublishedRate rate, string period, bool provisional) => new(
        rate.Series.Name.StartsWith("be-", StringComparison.Ordinal) ? "BE" : "FR", rate.Series.Name, rate.Series.Meaning, period, rate.Percent, rate.Source, rate.PublishedOn, provisional);

    private static void Show(Screen screen, List<ShownRate> shown)
    {
        var words = screen.Words;
        var table = Cells.Table(words.Say("Country", "Pays"), words.Say("Series<", "Série<"), words.Say("Period<", "Période<"), words.Say("Rate>", "Taux>"),
            words.Say("Published>", "Publié>"), "Source");
        foreach (var rate in shown)
            table.Row(rate.Country, rate.Series, rate.Period + (rate.Provisional ? words.Say(" (provisional)", " (provisoire)") : ""), words.Rate(rate.Value),
                rate.PublishedOn is { } on ? words.Date(on) : "", rate.Source);
        screen.Show(table);
        if (shown.Any(r => r.Provisional))
            screen.Say(words.Say("Provisional: not published when this version was made; the last published rate stands in.",
                "Provisoire\u00A0: pas encore publié à la sortie de cette version\u202F; le dernier taux publié en tient lieu."));
    }
}
