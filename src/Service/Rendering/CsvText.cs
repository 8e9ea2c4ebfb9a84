using System.Buffers;
using System.Text;

namespace Dunning.Service.Rendering;

/// <summary>
/// CSV as RFC 4180 has it, with the mark of UTF-8 that spreadsheets look for. A value that a spreadsheet would take for a formula begins with an apostrophe.
/// </summary>
public static class CsvText
{
    public const string Mark = "\uFEFF";

    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\r\n\t");

    public static StringBuilder Line(this StringBuilder text, IEnumerable<string?> values) => text.AppendJoin(',', values.Select(Cell)).Append("\r\n");

    public static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0' ? "'" + value : value;
        return !safe.AsSpan().ContainsAny(Quoted) && safe == safe.Trim() ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
