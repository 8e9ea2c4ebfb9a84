using System.Buffers;
using System.Text;

namespace Dunning.Service;

/// <summary>
/// CSV as RFC 4180 has it. A text that a spreadsheet would take for a formula begins with an apostrophe.
/// </summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\r\n\t");

    public static void Line(StringBuilder text, IEnumerable<string?> values) => text.AppendJoin(',', values.Select(Cell)).Append("\r\n");

    public static string Cell(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "";
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + value : value;
        return !safe.AsSpan().ContainsAny(Quoted) && safe == safe.Trim() ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
