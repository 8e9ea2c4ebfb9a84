using System.Globalization;
using System.Text;
using Dunning.Service.Rendering;

namespace Dunning.Service.Figures;

public enum CellKind
{
    Text,
    Date,
    Month,
    Count,
    Amount,
    Days,
    Percent,
}

/// <summary>A column: its name in files, which never changes, and its heads in French and English.</summary>
public sealed record FigureColumn(string Name, string French, string English, CellKind Kind);

/// <summary>The data of one figure. A cell is a text, a date, a whole number or a decimal, as its column says; null where there is nothing.</summary>
public sealed record FigureTable(string Figure, string Currency, IReadOnlyList<FigureColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>As a file: dates and numbers as the API writes them.</summary>
    public byte[] Csv()
    {
        var text = new StringBuilder(CsvText.Mark).Line(Columns.Select(c => c.Name));
        foreach (var row in Rows)
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // A number is one to a spreadsheet too: below zero it begins as a formula would, and is none.
    private static string Cell(object? value) => value switch
    {
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        int number => number.ToString(CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => CsvText.Cell((string?)value),
    };
}
