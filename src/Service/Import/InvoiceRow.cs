using System.Text.Json.Nodes;
using CsvHelper;

namespace Dunning.Service.Import;

/// <summary>Turns one parsed CSV line into the body of a registration, or into everything that is wrong with it.</summary>
internal sealed class InvoiceRow(Columns columns)
{
    private readonly RowValues values = new(columns);

    public int Width => columns.Headings.Count;

    /// <summary>Null for a line without any value, as spreadsheets leave them below the last one.</summary>
    public ImportLine? Read(CsvReader row, int line, CsvMalformedReason? quotes)
    {
        if (RowShape.Fault(row, columns, quotes) is { } shape)
            return new ImportLine.Broken(line, [shape]);
        if (RowShape.IsEmpty(row))
            return null;
        values.Start(row);
        var body = Body();
        return values.Faults is { Count: > 0 } faults ? new ImportLine.Broken(line, faults) : new ImportLine.Read(line, body);
    }

    private JsonObject Body()
    {
        var number = values.Required(Column.Number);
        var body = new JsonObject
        {
            ["number"] = number,
            ["issueDate"] = values.RequiredDate(Column.IssueDate),
            ["dueDate"] = values.RequiredDate(Column.DueDate),
        };
        var amount = values.Amount(Column.Amount, required: true, out var euros);
        body["amount"] = amount;
        Put(body, "currency", values.Currency(euros));
        Put(body, "purchaseOrder", values.Text(Column.PurchaseOrder));
        Put(body, "paymentUrl", values.Text(Column.PaymentUrl));
        Put(body, "sentAt", values.Date(Column.SentAt));
        body["debtor"] = Debtor();
        if (Paid(amount) is > 0 and var paid)
            body["payments"] = new JsonArray(Payment(number, paid));
        if (values.Count(Column.AlreadySent) is > 0 and var sent)
            body["alreadySent"] = sent;
        return body;
    }

    private JsonObject Debtor()
    {
        var country = values.Country();
        var debtor = new JsonObject();
        Put(debtor, "id", values.Text(Column.DebtorId));
        debtor["name"] = values.Required(Column.Name);
        debtor["kind"] = values.Kind();
        debtor["country"] = country;
        Put(debtor, "language", values.Language());
        Put(debtor, "email", values.Text(Column.Email));
        Put(debtor, "phone", values.Phone(country));
        Put(debtor, "siren", values.Siren());
        if (Address() is { Count: > 0 } address)
            debtor["address"] = address;
        return debtor;
    }

    private JsonObject Address()
    {
        var address = new JsonObject();
        var lines = values.Lines(Column.Line1);
        Put(address, "line1", lines.First);
        Put(address, "line2", values.Text(Column.Line2) ?? lines.Second);
        Put(address, "postalCode", values.Text(Column.PostalCode));
        Put(address, "city", values.Text(Column.City));
        return address;
    }

    /// <summary>What was paid before the import, told by what was paid or else by what remains.</summary>
    private decimal? Paid(decimal? amount)
    {
        if (columns.Has(Column.Paid))
            return values.Amount(Column.Paid, required: false, out _);
        return amount - values.Amount(Column.Outstanding, required: false, out _);
    }

    private JsonObject Payment(string? number, decimal paid) => new()
    {
        ["id"] = $"import-{number}",
        ["amount"] = paid,
        ["date"] = values.RequiredDate(Column.PaidOn),
    };

    private static void Put(JsonObject into, string name, string? value)
    {
        if (value is not null)
            into[name] = value;
    }
}
