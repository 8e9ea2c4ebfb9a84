using System.Text;
using Dunning.Domain;
using Dunning.Service.Import;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Portal;

/// <summary>A debtor's form: each field as it was typed, and what is wrong with it in their own language.</summary>
public sealed class DebtorForm(IFormCollection form, Reader reader)
{
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);

    public bool IsConfirmed => Typed("confirmed") == "yes";

    public bool HasFaults => _faults.Count > 0;

    /// <summary>What is wrong with the whole of it.</summary>
    public string? General { get; set; }

    public string Typed(string name) => form[name].FirstOrDefault() ?? "";

    public string? FaultOf(string name) => _faults.GetValueOrDefault(name);

    public void Fault(string name, string message) => _faults.TryAdd(name, message);

    /// <summary>Without half characters and control characters but line breaks; null when it is blank.</summary>
    public string? Text(string name, int max, bool required = false)
    {
        var given = Typed(name).ReplaceLineEndings("\n");
        var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(new string([.. given.Where(c => !char.IsControl(c) || c is '\n' or '\t')]))).Trim();
        if (text.Length > max)
            Fault(name, reader.T(
                $"Ce texte est trop long\u00A0: {max} caractères au plus.", $"Deze tekst is te lang: hoogstens {max} tekens.", $"This text is too long: {max} characters at most.", $"Dieser Text ist zu lang: höchstens {max} Zeichen."));
        if (text.Length == 0 && required)
            Fault(name, Required);
        return text.Length is > 0 && text.Length <= max ? text : null;
    }

    public DateOnly? Date(string name)
    {
        if (Typed(name).Trim() is not { Length: > 0 } text)
            Fault(name, Required);
        else if (WrittenDate.TryParse(text, out var date))
            return date;
        else
            Fault(name, reader.T("Cette date n’est pas lisible\u00A0: écrivez par exemple 05/12/2026.", "Deze datum is onleesbaar: schrijf bijvoorbeeld 05/12/2026.", "We cannot read this date: write for example 05/12/2026.", "Dieses Datum ist nicht lesbar: Schreiben Sie zum Beispiel 05.12.2026."));
        return null;
    }

    /// <summary>An amount from nothing (excluded) to the most; null when the field is blank.</summary>
    public Money? Amount(string name, Money most)
    {
        if (Typed(name).Trim() is not { Length: > 0 } text)
            return null;
        if (!WrittenAmount.TryParse(text, out var amount) || !Money.TryOf(amount, most.Currency, out var money, out _))
            Fault(name, reader.T("Ce montant n’est pas lisible\u00A0: écrivez par exemple 1234,50.", "Dit bedrag is onleesbaar: schrijf bijvoorbeeld 1234,50.", "We cannot read this amount: write for example 1234.50.", "Dieser Betrag ist nicht lesbar: Schreiben Sie zum Beispiel 1234,50."));
        else if (money.Minor <= 0 || money > most)
            Fault(name, reader.T(
                $"Le montant doit être compris entre 0 et {reader.Amount(most)}.", $"Het bedrag moet tussen 0 en {reader.Amount(most)} liggen.", $"The amount must lie between 0 and {reader.Amount(most)}.", $"Der Betrag muss zwischen 0 und {reader.Amount(most)} liegen."));
        else
            return money;
        return null;
    }

    public T? OneOf<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (choices.TryGetValue(Typed(name), out var choice))
            return choice;
        Fault(name, reader.T("Choisissez une des réponses.", "Kies een van de antwoorden.", "Choose one of the answers.", "Wählen Sie eine der Antworten."));
        return null;
    }

    private string Required => reader.T("Ce champ est nécessaire.", "Dit veld is nodig.", "This field is needed.", "Dieses Feld wird gebraucht.");
}
