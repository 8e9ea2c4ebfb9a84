using System.Globalization;
using Dunning.Domain;

namespace Dunning.Service.Bank;

/// <summary>One Ntry while it is read: its own fields, and those of each transaction it tells in detail.</summary>
internal sealed class CamtEntry(CamtStatement statement, int line, int number)
{
    private const int MaxParts = 100_000;
    private const string Details = "NtryDtls/TxDtls";

    private readonly List<CamtTransaction> _parts = [];
    private string? _amount, _currency, _lastCurrency, _direction, _status, _reference;
    private bool _isReversal;
    private DateOnly? _booked, _valued;
    private string _text = "";

    public void Opened(string path, int at)
    {
        if (path == Details)
        {
            if (_parts.Count == MaxParts)
                throw new StatementRefused("tooManyTransactions", $"An entry holds more than {MaxParts} transactions.", at);
            _parts.Add(new());
        }
        else if (path == Details + "/RtrInf")
        {
            _parts[^1].IsReturn = true;
        }
    }

    public void Currency(string? code) => _lastCurrency = code;

    public void Value(string path, string value)
    {
        if (path.StartsWith(Details + "/", StringComparison.Ordinal))
        {
            _parts[^1].Value(path[(Details.Length + 1)..], value, _lastCurrency);
            return;
        }
        switch (path)
        {
            case "Amt":
                (_amount, _currency) = (value, _lastCurrency);
                break;
            case "CdtDbtInd":
                _direction = value;
                break;
            case "RvslInd":
                _isReversal = value is "true" or "1";
                break;
            case "Sts" or "Sts/Cd" or "Sts/Prtry":
                _status = value;
                break;
            case "BookgDt/Dt" or "BookgDt/DtTm":
                _booked = CamtStatement.Date(value);
                break;
            case "ValDt/Dt" or "ValDt/DtTm":
                _valued = CamtStatement.Date(value);
                break;
            case "AcctSvcrRef":
                _reference = Placeholder.Unless(value);
                break;
            case "AddtlNtryInf":
                _text = value;
                break;
        }
    }

    /// <summary>What the entry comes to: one line, or one for each transaction of a batch whose amounts add up.</summary>
    public IReadOnlyList<StatementPart> Lines()
    {
        var faults = new List<Fault>();
        var amount = Amount(_amount, _currency, faults);
        if (_direction is not ("CRDT" or "DBIT"))
            faults.Add(new("CdtDbtInd", "required", "must be CRDT or DBIT."));
        if ((_valued ?? _booked) is null)
            faults.Add(new("BookgDt", "required", "neither BookgDt nor ValDt is a date between 2000 and 2099."));
        if (amount is null || faults.Count > 0)
            return [new StatementPart.Broken(line, number, faults)];
        if (_status == "BOOK")
            statement.Booked(_booked);
        var whole = new BankLine(line, number, Movement.Other, amount.Value)
        {
            Kind = statement.Kind,
            Statement = statement.Id,
            Account = statement.Account,
            BookedOn = _booked,
            ValueDate = _valued,
            BankReference = _reference,
        };
        if (_status != "BOOK")
            return [new StatementPart.Read(whole with { Why = "not booked yet" })];
        return _parts.Count switch
        {
            0 => [new StatementPart.Read(Moved(whole with { Text = _text }, isReturn: false, _direction))],
            1 => [new StatementPart.Read(Moved(_parts[0].On(whole, _text), _parts[0].IsReturn, _direction))],
            _ => Batch(whole),
        };
    }

    private List<StatementPart> Batch(BankLine whole)
    {
        var (amounts, sum) = (new List<Money>(_parts.Count), 0m);
        foreach (var part in _parts)
            if (part.AmountIn(whole.Amount.Currency) is { } amount)
            {
                amounts.Add(amount);
                sum += (part.Direction ?? _direction) == _direction ? amount.Amount : -amount.Amount;
            }
        if (amounts.Count < _parts.Count || sum != whole.Amount.Amount)
            return [new StatementPart.Read(Moved(_parts[0].On(whole, "") with { Text = Texts(), Doubt = "the amounts of the batch do not add up to the entry" }, _parts.TrueForAll(p => p.IsReturn), _direction))];
        return [.. _parts.Select((part, i) => new StatementPart.Read(
            Moved(part.On(whole with { Amount = amounts[i], Part = i + 1, Parts = _parts.Count }, ""), part.IsReturn, part.Direction ?? _direction)))];
    }

    private string Texts()
    {
        var all = string.Join(" | ", _parts.Take(20).Select(p => p.Text).Where(t => t.Length > 0));
        return all.Length == 0 ? _text : all[..Math.Min(all.Length, 2000)];
    }

    // ISO 20022: a reversal that is a debit takes back a credit; one that is a credit takes back a debit of the creditor's own.
    private BankLine Moved(BankLine read, bool isReturn, string? direction) => (direction, _isReversal || isReturn) switch
    {
        ("CRDT", false) => read with { Movement = Movement.Credit },
        ("CRDT", true) => read with { Why = "a payment of your own came back" },
        (_, true) => read with { Movement = Movement.Return },
        _ => read with { Why = "money that went out" },
    };

    private static Money? Amount(string? text, string? currency, List<Fault> faults)
    {
        if (!Domain.Currency.TryParse(currency, out var known))
            faults.Add(new("Amt", "unknownCurrency", "has no Ccy that is an active ISO 4217 currency."));
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
            faults.Add(new("Amt", "unreadableAmount", "is not an amount."));
        else if (amount <= 0)
            faults.Add(new("Amt", "notPositive", "must be more than zero: CdtDbtInd says which way it went."));
        else if (known is not null && !Money.TryOf(amount, known, out _, out var why))
            faults.Add(new("Amt", "overPrecise", why!));
        return faults.Count == 0 ? Money.Of(amount, known!) : null;
    }
}
