using System.Globalization;
using System.Text;
using Dunning.Service.Api.Operations;

namespace Dunning.Service.Console.Debtors;

/// <summary>A statement for a spreadsheet: commas, quotes, a point for the cents, and a byte order mark so that accents survive.</summary>
internal static class StatementCsv
{
    public static string Of(Ui ui, DebtorPage page, DateOnly today)
    {
        var csv = new StringBuilder("\uFEFFnumber,dueDate,amount,balance,currency,status,daysLate\r\n");
        foreach (var invoice in page.Invoices.OrderBy(i => i.DueDate))
        {
            var late = invoice.Balance > 0 && invoice.DueDate < today ? today.DayNumber - invoice.DueDate.DayNumber : 0;
            csv.Append(CultureInfo.InvariantCulture, $"{Text(invoice.Number)},{invoice.DueDate:yyyy-MM-dd},{invoice.Amount},{invoice.Balance},{invoice.Currency},{Text(ui.Status(invoice.Status))},{late}\r\n");
        }
        return csv.ToString();
    }

    // A spreadsheet would work out what begins as a formula.
    private static string Text(string text) => $"\"{(text is ['=' or '+' or '-' or '@' or '\t', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
