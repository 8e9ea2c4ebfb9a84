using System.Globalization;
using System.Text;
using Dunning.Domain;

namespace Dunning.Service.Bank;

/// <summary>One TxDtls: what the payer, or its program, said of the payment. Version 8 put a Pty around the parties; otherwise the versions agree.</summary>
internal sealed class CamtTransaction
{
    private const int MaxText = 2000;
    private const int MaxReferences = 200;

    private readonly StringBuilder _text = new();
    private readonly List<string> _references = [];
    private readonly List<string> _documents = [];
    private string? _amount, _currency, _told, _toldCurrency, _endToEnd, _reference, _name, _ultimate, _account;

    public bool IsReturn { get; set; }

    /// <summary>CRDT or DBIT; null is that of the entry.</summary>
    public string? Direction { get; private set; }

    public string Text => _text.ToString();

    public void Value(string path, string value, string? currency)
    {
        switch (path)
        {
            case "Amt":
                (_amount, _currency) = (value, currency);
                break;
            case "AmtDtls/TxAmt/Amt":
                (_told, _toldCurrency) = (value, currency);
                break;
            case "CdtDbtInd":
                Direction = value;
                break;
            case "Refs/AcctSvcrRef":
                _reference = Placeholder.Unless(value);
                break;
            case "Refs/EndToEndId":
                _endToEnd = Placeholder.Unless(value);
                break;
            case "RltdPties/Dbtr/Nm" or "RltdPties/Dbtr/Pty/Nm":
                _name = value;
                break;
            case "RltdPties/UltmtDbtr/Nm" or "RltdPties/UltmtDbtr/Pty/Nm":
                _ultimate = value;
                break;
            case "RltdPties/DbtrAcct/Id/IBAN" or "RltdPties/DbtrAcct/Id/Othr/Id":
                _account = value.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
                break;
            case "RmtInf/Strd/CdtrRefInf/Ref":
                Keep(_references, value);
                break;
            case "RmtInf/Strd/RfrdDocInf/Nb":
                Keep(_documents, value);
                break;
            case "RmtInf/Ustrd" or "RmtInf/Strd/AddtlRmtInf" or "AddtlTxInf":
                if (_text.Length + value.Length < MaxText)
                    _text.Append(_text.Length > 0 ? " " : "").Append(value);
                break;
        }
    }

    /// <summary>Null when the bank did not say, or said it in another currency.</summary>
    public Money? AmountIn(Currency currency)
    {
        var (text, code) = _amount is not null ? (_amount, _currency) : (_told, _toldCurrency);
        return code == currency.Code && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount > 0
            && Money.TryOf(amount, currency, out var money, out _) ? money : null;
    }

    /// <summary>The line of the statement with what this transaction adds.</summary>
    /// <param name="otherwise">The text when it has none of its own.</param>
    public BankLine On(BankLine whole, string otherwise) => whole with
    {
        BankReference = whole.BankReference ?? _reference,
        EndToEndId = _endToEnd,
        References = _references,
        Documents = _documents,
        Text = _text.Length > 0 ? _text.ToString() : otherwise,
        PayerName = _name ?? _ultimate,
        PayerIban = _account,
    };

    private static void Keep(List<string> list, string value)
    {
        if (list.Count < MaxReferences)
            list.Add(value);
    }
}
