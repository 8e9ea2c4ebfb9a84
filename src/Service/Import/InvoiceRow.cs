using System.Buffers;
using System.Text.Json;
using CsvHelper;

namespace Dunning.Service.Import;

/// <summary>Turns one parsed CSV line into the body of a registration, or into everything that is wrong with it.</summary>
internal sealed class InvoiceRow(Columns columns) : IDisposable
{
    private readonly RowValues values = new(columns);
    private readonly ArrayBufferWriter<byte> written = new();
    private readonly Utf8JsonWriter json = new(Stream.Null);

    public int Width => columns.Headings.Count;

    /// <summary>Null for a line without any value, as spreadsheets leave them below the last one.</summary>
    public ImportLine? Read(CsvReader row, int line, CsvMalformedReason? quotes)
    {
        if (RowShape.Fault(row, columns, quotes) is { } shape)
            return new ImportLine.Broken(line, [shape]);
        if (RowShape.IsEmpty(row))
            return null;
        values.Start(row);
        written.ResetWrittenCount();
        json.Reset(written);
        Body();
        json.Flush();
        return values.Faults is { Count: > 0 } faults ? new ImportLine.Broken(line, faults) : new ImportLine.Read(line, Parsed());
    }

    public void Dispose() => json.Dispose();

    private JsonElement Parsed()
    {
        var reader = new Utf8JsonReader(written.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private void Body()
    {
        var number = values.Required(Column.Number);
        json.WriteStartObject();
        Put("number", number);
        Put("issueDate", values.RequiredDate(Column.IssueDate));
        Put("dueDate", values.RequiredDate(Column.DueDate));
        var amount = values.Amount(Column.Amount, required: true, out var euros);
        if (amount is { } asked)
            json.WriteNumber("amount", asked);
        Put("currency", values.Currency(euros));
        Put("purchaseOrder", values.Text(Column.PurchaseOrder));
        Put("paymentUrl", values.Text(Column.PaymentUrl));
        Put("sentAt", values.Date(Column.SentAt));
        Debtor();
        if (Paid(amount) is > 0 and var paid)
            Payment(number, paid);
        if (values.Count(Column.AlreadySent) is > 0 and var sent)
            json.WriteNumber("alreadySent", sent);
        json.WriteEndObject();
    }

    private void Debtor()
    {
        var country = values.Country();
        json.WriteStartObject("debtor");
        Put("id", values.Text(Column.DebtorId));
        Put("name", values.Required(Column.Name));
        Put("kind", values.Kind());
        Put("country", country);
        Put("language", values.Language());
        Put("email", values.Text(Column.Email));
        Put("phone", values.Phone(country));
        Put("siren", values.Siren());
        Address();
        json.WriteEndObject();
    }

    private void Address()
    {
        var lines = values.Lines(Column.Line1);
        var (line2, postalCode, city) = (values.Text(Column.Line2) ?? lines.Second, values.Text(Column.PostalCode), values.Text(Column.City));
        if ((lines.First ?? line2 ?? postalCode ?? city) is null)
            return;
        json.WriteStartObject("address");
        Put("line1", lines.First);
        Put("line2", line2);
        Put("postalCode", postalCode);
        Put("city", city);
        json.WriteEndObject();
    }

    /// <summary>What was paid before the import, told by what was paid or else by what remains.</summary>
    private decimal? Paid(decimal? amount)
    {
        if (columns.Has(Column.Paid))
            return values.Amount(Column.Paid, required: false, out _);
        return amount - values.Amount(Column.Outstanding, required: false, out _);
    }

    private void Payment(string? number, decimal paid)
    {
        json.WriteStartArray("payments");
        json.WriteStartObject();
        Put("id", $"import-{number}");
        json.WriteNumber("amount", paid);
        Put("date", values.RequiredDate(Column.PaidOn));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void Put(string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
