using System.Globalization;
using System.Text;
using CsvHelper;

namespace Dunning.Service.Import;

/// <summary>The values of the current line, converted column by column; what cannot be converted is noted, and reading goes on.</summary>
internal sealed class RowValues(Columns columns)
{
    private readonly char[] chars = new char[RowShape.MaxField];
    private CsvReader row = null!;
    private List<Fault>? faults;

    public IReadOnlyList<Fault>? Faults => faults;

    public void Start(CsvReader current)
    {
        row = current;
        faults = null;
    }

    /// <summary>Null when empty. Line breaks and other control characters become spaces.</summary>
    public string? Text(Column column) => Span(column) is { IsEmpty: false } text ? OneLine(text) : null;

    public string? Required(Column column) => Text(column) ?? Missing(column);

    public (string? First, string? Second) Lines(Column column)
    {
        var text = Span(column);
        var end = text.IndexOfAny('\r', '\n');
        if (end < 0)
            return (Text(column), null);
        return (OneLine(text[..end]), OneLine(text[end..]));
    }

    public string? RequiredDate(Column column) => Span(column).IsEmpty ? Missing(column) : Date(column);

    public string? Date(Column column)
    {
        var text = Span(column);
        if (text.IsEmpty)
            return null;
        return WrittenDate.TryParse(text, out var date)
            ? date.ToString("O", CultureInfo.InvariantCulture)
            : Note(column, "unreadableDate", $"\"{Quote(text)}\" is not a date of the calendar written dd/MM/yyyy or yyyy-MM-dd.");
    }

    /// <summary>A negative amount is a fault here already, so that it is named together with the others of its line.</summary>
    public decimal? Amount(Column column, bool required, out bool euros)
    {
        var text = Span(column);
        euros = text.Contains('€');
        if (text.IsEmpty)
        {
            if (required)
                Missing(column);
            return null;
        }
        if (WrittenAmount.TryParse(text, out var amount) && amount >= 0)
            return amount;
        if (amount < 0)
            Note(column, "negativeAmount", $"\"{Quote(text)}\" is negative: a credit note is recorded on the invoice it reduces.");
        else
            Note(column, "unreadableAmount", $"\"{Quote(text)}\" is not an amount that can be read one way only, as 1234,56 or 1234.56.");
        return null;
    }

    public string? Currency(bool euros)
    {
        var text = Text(Column.Currency);
        return text is "€" || text is null && euros ? "EUR" : text?.ToUpperInvariant();
    }

    public string? Kind()
    {
        var text = Span(Column.Kind);
        return text.IsEmpty
            ? Missing(Column.Kind)
            : Words.Kinds.Find(text) ?? Note(Column.Kind, "unknownKind", $"\"{Quote(text)}\" is none of entreprise, particulier, public.");
    }

    public string? Country()
    {
        var text = Span(Column.Country);
        if (text.IsEmpty)
            return Missing(Column.Country);
        return Words.Countries.Find(text)
            ?? (IsCode(text) ? text.ToString().ToUpperInvariant() : null)
            ?? Note(Column.Country, "unknownCountry", $"\"{Quote(text)}\" is not a country known here; write its two-letter code.");
    }

    public string? Language()
    {
        var text = Span(Column.Language);
        if (text.IsEmpty)
            return null;
        return Words.Languages.Find(text)
            ?? (IsCode(text) ? text.ToString().ToLowerInvariant() : null)
            ?? Note(Column.Language, "unknownLanguage", $"\"{Quote(text)}\" is not a language known here; write fr, nl or en.");
    }

    /// <param name="country">Null when it could not be read: then only an international number can be.</param>
    public string? Phone(string? country)
    {
        var text = Span(Column.Phone);
        if (text.IsEmpty)
            return null;
        return WrittenPhone.ToE164(text, country)
            ?? Note(Column.Phone, "unreadablePhone", $"\"{Quote(text)}\" is not a telephone number of that country; write it as +33….");
    }

    /// <summary>Nine digits, the first nine of a SIRET; anything else is left for registration to judge.</summary>
    public string? Siren()
    {
        var text = Text(Column.Siren);
        if (text is null)
            return null;
        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '.'));
        return digits.Length is 9 or 14 && digits.All(char.IsAsciiDigit) ? digits[..9] : text;
    }

    public int? Count(Column column)
    {
        var text = Span(column);
        if (text.IsEmpty)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return count;
        Note(column, "unreadableNumber", $"\"{Quote(text)}\" is not a whole number.");
        return null;
    }

    private ReadOnlySpan<char> Span(Column column)
    {
        if (!columns.Has(column))
            return [];
        var length = Encoding.UTF8.GetChars(row.GetSpan(columns[column]), chars);
        return chars.AsSpan(0, length).Trim();
    }

    private static bool IsCode(ReadOnlySpan<char> text) => text.Length == 2 && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[1]);

    private string? Missing(Column column) => Note(column, "required", "This value is missing.");

    private string? Note(Column column, string code, string message)
    {
        (faults ??= []).Add(new Fault(columns.Heading(column), code, message));
        return null;
    }

    private static string OneLine(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyInRange('\0', '\x1F') < 0)
            return text.ToString();
        var words = text.ToString().Split([.. Enumerable.Range(0, 33).Select(code => (char)code)], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words);
    }

    private static string Quote(ReadOnlySpan<char> text) => OneLine(text.Length <= 40 ? text : text[..40]);
}
