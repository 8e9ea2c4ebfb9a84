using Spectre.Console;

namespace Dunning.Local.Commands;

/// <summary>Tables of text that came from elsewhere: nothing in a name can colour or move a terminal.</summary>
internal static class Cells
{
    /// <summary>A column whose heading ends with ">" is set to the right, as figures are; neither it nor one that ends with "&lt;" is broken.</summary>
    public static Table Table(params string[] headings)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings)
            table.AddColumn(heading switch
            {
                [.. var figures, '>'] => new TableColumn(new Text(figures)).RightAligned().NoWrap(),
                [.. var whole, '<'] => new TableColumn(new Text(whole)).NoWrap(),
                _ => new TableColumn(new Text(heading)),
            });
        return table;
    }

    public static void Row(this Table table, params string?[] cells) => table.AddRow(cells.Select(c => new Text(Clean(c ?? ""))));

    /// <summary>Control characters become spaces.</summary>
    public static string Clean(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
