using Dunning.Service.Figures;
using Dunning.Service.Rendering;

namespace Dunning.Service.Console.Figures;

/// <summary>Figures as people read them.</summary>
internal static class FigureWords
{
    private const string None = "—";

    public static string Value(this Ui ui, FigureView figure) => figure.Unit == "percent" ? ui.Percent(figure.Value) : ui.DayCount(figure.Value);

    public static string Percent(this Ui ui, decimal? percent) => percent is { } value ? Wording.Number(value, 1, ui.Language) + (ui.IsFrench ? "\u00A0%" : "%") : None;

    public static string DayCount(this Ui ui, decimal? days) =>
        days is { } value ? $"{Wording.Number(value, 1, ui.Language)}\u00A0{(Math.Abs(value) < 2 && ui.IsFrench || Math.Abs(value) == 1 ? ui.Say("jour", "day") : ui.Say("jours", "days"))}" : None;

    /// <summary>Without its cents, for a card or a bar.</summary>
    public static string Round(this Ui ui, decimal amount, string currency) => Wording.Amount(decimal.Round(amount, 0, MidpointRounding.AwayFromZero), currency, 0, ui.Language);

    /// <summary>"nov. 2026" would need names of twelve months; "11/2026" needs none.</summary>
    public static string Month(DateOnly month) => month.ToString("MM'/'yyyy", System.Globalization.CultureInfo.InvariantCulture);

    public static string DayMonth(DateOnly day) => day.ToString("dd'/'MM", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>"12 k", "1,5 M": an axis has little room.</summary>
    public static string Short(this Ui ui, double amount) => Math.Abs(amount) switch
    {
        >= 1_000_000 => $"{Wording.Number((decimal)amount / 1_000_000, amount % 1_000_000 == 0 ? 0 : 1, ui.Language)}\u00A0M",
        >= 1_000 => $"{Wording.Number((decimal)amount / 1_000, amount % 1_000 == 0 ? 0 : 1, ui.Language)}\u00A0k",
        _ => Wording.Number((decimal)amount, amount % 1 == 0 ? 0 : 1, ui.Language),
    };

    public static WordsView Words(this Ui ui, FigureDefinition definition) => ui.IsFrench ? definition.French : definition.English;

    public static string Head(this Ui ui, FigureColumn column) => ui.Say(column.French, column.English);

    public static bool IsNumber(FigureColumn column) => column.Kind is CellKind.Amount or CellKind.Count or CellKind.Days or CellKind.Percent;

    public static string Cell(this Ui ui, FigureTable table, FigureColumn column, object? cell) => (column.Kind, cell) switch
    {
        (_, null) => None,
        (CellKind.Date, DateOnly date) => ui.Date(date),
        (CellKind.Month, DateOnly month) => Month(month),
        (CellKind.Amount, decimal amount) => ui.Amount(amount, table.Currency),
        (CellKind.Percent, decimal percent) => ui.Percent(percent),
        (CellKind.Days, decimal days) => Wording.Number(days, 1, ui.Language),
        (CellKind.Count, int count) => Wording.Number(count, 0, ui.Language),
        (_, string text) => column.Name is "step" ? ui.StepName(text) : column.Name is "channels" ? ui.Channels(text) : column.Name is "daysLate" ? ui.Bucket(text) : text,
        _ => throw new ArgumentException($"A {cell.GetType().Name} is no {column.Kind}.", nameof(cell)),
    };

    public static string Channels(this Ui ui, string channels) => string.Join(", ", channels.Split(", ").Select(ui.Channel));

    public static string Bucket(this Ui ui, string bucket) => bucket switch
    {
        "notDue" => ui.Say("non échu", "not due"),
        "91+" => ui.Say("91 jours et plus", "91 days and more"),
        _ => bucket.Replace('-', '–') + ui.Say("\u00A0jours", " days"),
    };

    public static string Verdict(this Ui ui, TrialView trial) => trial.Verdict switch
    {
        "aHigher" => ui.Say("Le côté A est payé plus souvent\u00A0; le hasard seul l’expliquerait moins d’une fois sur vingt.", "Side A is paid more often; chance alone would explain it less than once in twenty."),
        "bHigher" => ui.Say("Le côté B est payé plus souvent\u00A0; le hasard seul l’expliquerait moins d’une fois sur vingt.", "Side B is paid more often; chance alone would explain it less than once in twenty."),
        "noDifference" => ui.Say("Rien ne les distingue\u00A0: l’écart peut être dû au hasard.", "Nothing tells them apart: the difference may be chance."),
        _ => ui.Say($"Pas assez de données\u00A0: il faut au moins {trial.LeastDebtors} débiteurs de chaque côté pour conclure.", $"Not enough data: at least {trial.LeastDebtors} debtors on each side are needed to conclude."),
    };
}
