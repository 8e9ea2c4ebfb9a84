using System.Globalization;
using CsvHelper;
using Dunning.Domain;
using Dunning.Service.Import;

namespace Dunning.Service.Bank;

/// <summary>One line of a bank's CSV, by the places its header gives the columns.</summary>
internal sealed class CsvBankRow(CsvProfile profile, Dictionary<BankColumn, int[]> places)
{
    private const int MaxText = 2000;

    private readonly int _needed = places.Values.SelectMany(p => p).Max() + 1;

    /// <summary>The account of the last line that named one.</summary>
    public string? Account { get; private set; }

    public StatementPart Read(CsvReader csv, int line, int entry)
    {
        if (csv.FieldCount < Math.Min(_needed, places[places.ContainsKey(BankColumn.Amount) ? BankColumn.Amount : BankColumn.Credit][0] + 1))
            return new StatementPart.Broken(line, entry, [new("line", "columnCount", $"The line has {csv.FieldCount} columns where at least {_needed} are needed.")]);
        var faults = new List<Fault>();
        var (booked, valued) = (Date(csv, BankColumn.BookedOn, faults), Date(csv, BankColumn.ValueDate, faults));
        if ((booked ?? valued) is null && faults.Count == 0)
            faults.Add(new("date", "required", "The line has no date."));
        var currency = Cell(csv, BankColumn.Currency)?.ToUpperInvariant() ?? profile.Currency;
        if (!Currency.TryParse(currency is "€" or "EURO" or "EUROS" ? "EUR" : currency, out var known))
            faults.Add(new("currency", "unknownCurrency", "The currency is no active ISO 4217 code."));
        var signed = Signed(csv, faults);
        Account = Iban(Cell(csv, BankColumn.Account)) ?? Account;
        if (signed == 0)
            faults.Add(new("amount", "notPositive", "The amount is zero."));
        else if (signed is { } some && known is not null && !Money.TryOf(some, known, out _, out var why))
            faults.Add(new("amount", "overPrecise", why!));
        if (faults.Count > 0 || signed is not { } amount)
            return new StatementPart.Broken(line, entry, faults);
        var credit = amount > 0;
        return new StatementPart.Read(new(line, entry, credit ? Movement.Credit : Movement.Other, Money.Of(Math.Abs(amount), known!))
        {
            Kind = "csv",
            Account = Account,
            BookedOn = booked,
            ValueDate = valued,
            BankReference = Given(csv, BankColumn.BankReference),
            EndToEndId = Given(csv, BankColumn.EndToEndId) is { } id && !id.StartsWith("NOT", StringComparison.OrdinalIgnoreCase) ? id : null,
            References = Cell(csv, BankColumn.Reference) is { } reference ? [reference] : [],
            Text = Text(csv),
            PayerName = Cell(csv, BankColumn.PayerName),
            PayerIban = Iban(Cell(csv, BankColumn.PayerIban)),
            Why = credit ? null : "money that went out",
        });
    }

    private decimal? Signed(CsvReader csv, List<Fault> faults)
    {
        if (places.ContainsKey(BankColumn.Amount))
        {
            if (Amount(csv, BankColumn.Amount, faults, required: true) is not { } amount)
                return null;
            return Cell(csv, BankColumn.Direction) is { } direction && direction[0] is 'D' or 'd' ? -Math.Abs(amount) : amount;
        }
        var (credit, debit) = (Amount(csv, BankColumn.Credit, faults, required: false), Amount(csv, BankColumn.Debit, faults, required: false));
        if (faults.Count == 0 && (credit ?? 0) == 0 && (debit ?? 0) == 0)
            faults.Add(new("amount", "required", "The line has neither a debit nor a credit."));
        // Debits are written with or without their sign.
        return credit is { } came and not 0 ? came : debit is { } went ? -Math.Abs(went) : null;
    }

    private decimal? Amount(CsvReader csv, BankColumn column, List<Fault> faults, bool required)
    {
        if (Cell(csv, column) is not { } text)
        {
            if (required)
                faults.Add(new("amount", "required", "The line has no amount."));
            return null;
        }
        if (WrittenAmount.TryParse(text, out var amount))
            return amount;
        faults.Add(new("amount", "unreadableAmount", "The amount cannot be read one way only, as 1234,56 or 1234.56."));
        return null;
    }

    private DateOnly? Date(CsvReader csv, BankColumn column, List<Fault> faults)
    {
        if (Cell(csv, column) is not { } text)
            return null;
        var read = profile.Dates.Count == 0
            ? WrittenDate.TryParse(text, out var date)
            : DateOnly.TryParseExact(text, [.. profile.Dates], CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
        if (read && date.Year is >= 2000 and <= 2099)
            return date;
        faults.Add(new("date", "unreadableDate", "The date is no date of the calendar as this bank writes it."));
        return null;
    }

    private string? Cell(CsvReader csv, BankColumn column) =>
        places.TryGetValue(column, out var at) && at[0] < csv.FieldCount && OneLine(csv.GetString(at[0])) is { Length: > 0 } text ? text : null;

    private string? Given(CsvReader csv, BankColumn column) => Cell(csv, column) is { } text ? Placeholder.Unless(text) : null;

    private string Text(CsvReader csv)
    {
        var text = string.Join(' ', places[BankColumn.Text].Where(p => p < csv.FieldCount).Select(p => OneLine(csv.GetString(p))).Where(t => t.Length > 0).Distinct());
        return text.Length > MaxText ? text[..MaxText] : text;
    }

    private static string OneLine(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\x1F') < 0 ? text.Trim() : string.Join(' ', text.Split([.. Enumerable.Range(0, 33).Select(c => (char)c)], StringSplitOptions.RemoveEmptyEntries));

    private static string? Iban(string? text) => text?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
}
