using System.Globalization;

namespace Dunning.Service.Bank;

/// <summary>What a statement or a notification says of itself, before, between and after its entries.</summary>
internal sealed class CamtStatement(string kind)
{
    private DateOnly? _until, _closing, _balance, _lastBooked;
    private string? _balanceType;

    /// <summary>The kind that tells of all that was booked; a notification tells of some of it.</summary>
    public const string OfTheBooks = "camt.053";

    public string Kind => kind;

    public string? Id { get; private set; }

    public string? Account { get; private set; }

    public void Value(string path, string value)
    {
        switch (path)
        {
            case "Id":
                Id = value;
                break;
            case "Acct/Id/IBAN":
                Account = value.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
                break;
            case "Acct/Id/Othr/Id":
                Account ??= value;
                break;
            case "FrToDt/ToDtTm":
                _until = Date(value);
                break;
            case "Bal/Tp/CdOrPrtry/Cd":
                _balanceType = value;
                Closing();
                break;
            case "Bal/Dt/Dt" or "Bal/Dt/DtTm":
                _balance = Date(value);
                Closing();
                break;
        }
    }

    public void Booked(DateOnly? on) => _lastBooked = on > _lastBooked || _lastBooked is null ? on : _lastBooked;

    /// <summary>Only a statement tells all that happened until a day; a notification tells of some of it.</summary>
    public StatementPart.Ended End() => new(Account, kind == OfTheBooks ? _closing ?? _until ?? _lastBooked : null);

    /// <summary>A date, or the date of an instant as it is written: the bank's own day.</summary>
    public static DateOnly? Date(string value) =>
        value.Length >= 10 && DateOnly.TryParseExact(value.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is >= 2000 and <= 2099 ? date : null;

    private void Closing()
    {
        if (_balanceType is null || _balance is null)
            return;
        if (_balanceType == "CLBD")
            _closing = _balance;
        (_balanceType, _balance) = (null, null);
    }
}
