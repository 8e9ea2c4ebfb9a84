using System.Globalization;
using System.Text;
using Dunning.Service.Api.Operations;
using Dunning.Service.Rendering;

namespace Dunning.Service.Console.Debtors;

/// <summary>A statement for a spreadsheet, with a point for the cents.</summary>
internal static class StatementCsv
{
    public static string Of(Ui ui, DebtorPage page, DateOnly today)
    {
        var csv = new StringBuilder($"{CsvText.Mark}number,dueDate,amount,balance,currency,status,daysLate\r\n");
        foreach (var invoice in page.Invoices.OrderBy(i => i.DueDate))
        {
            var late = invoice.Balance > 0 && invoice.DueDate < today ? today.DayNumber - invoice.DueDate.DayNumber : 0;
            csv.Append(CultureInfo.InvariantCulture, $"{CsvText.Cell(invoice.Number)},{invoice.DueDate:yyyy-MM-dd},{invoice.Amount},{invoice.Balance},{invoice.Currency},{CsvText.Cell(ui.Status(invoice.Status))},{late}\r\n");
        }
        return csv.ToString();
    }
}
