using System.Globalization;
using System.Text;
using Dunning.Domain;

namespace Dunning.Service.Payments;

/// <summary>
/// The payload of a payment QR code (EPC069-12, version 002, UTF-8): banking apps of the euro area read a credit transfer from it, ready to be signed.
/// </summary>
public static class EpcQr
{
    /// <summary>Bytes of UTF-8; QR version 13 at error correction level M holds no more.</summary>
    public const int MostBytes = 331;

    private const int MostName = 70;
    private const int MostFreeText = 140;
    private const decimal MostEuros = 999_999_999.99m;

    /// <summary>Null when there is none to make: no account, no beneficiary, not in euros, nothing to pay, or a name that leaves no room.</summary>
    /// <param name="reference">An RF reference goes where banks look for one; a Belgian structured communication and anything else is free text.</param>
    public static string? Payload(string beneficiary, Iban? iban, string? bic, Money amount, string reference)
    {
        if (iban is null || beneficiary.Trim().Length == 0 || amount.Currency != Currency.Euro || amount.Amount <= 0 || amount.Amount > MostEuros)
            return null;
        var structured = RfReference.TryParse(reference, out var rf, out _) ? rf.Value : "";
        var free = structured.Length > 0 ? "" : Cut(Line(reference), MostFreeText);
        string[] elements =
        [
            "BCD", "002", "1", "SCT", bic ?? "", Cut(Line(beneficiary), MostName), iban.Value,
            "EUR" + amount.Amount.ToString("0.00", CultureInfo.InvariantCulture), "", structured, free,
        ];
        // Nothing stands after the last element that says something.
        var payload = string.Join('\n', elements).TrimEnd('\n');
        return Encoding.UTF8.GetByteCount(payload) <= MostBytes ? payload : null;
    }

    private static string Line(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // Characters as people count them: half of one would not be read.
    private static string Cut(string text, int most)
    {
        var cut = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(most))
            cut.Append(rune);
        return cut.ToString().TrimEnd();
    }
}
