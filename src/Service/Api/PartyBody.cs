using System.Text.RegularExpressions;
using Dunning.Domain;
using Dunning.Service.Delivery.Mail;
using Dunning.Service.Register;

namespace Dunning.Service.Api;

/// <summary>Reads debtors, contacts and addresses.</summary>
public static partial class PartyBody
{
    public static readonly IReadOnlyDictionary<string, DebtorKind?> Kinds = new Dictionary<string, DebtorKind?>
    {
        ["business"] = DebtorKind.Business,
        ["consumer"] = DebtorKind.Consumer,
        ["public"] = DebtorKind.Public,
    };

    /// <summary>The debtor, with an id derived from creditor and SIREN, e-mail or name when none is given. The kind is never guessed.</summary>
    public static Debtor? Debtor(BodyReader body, string? creditor, string? id = null)
    {
        var given = id ?? Id(body, "id");
        var name = body.Text("name", required: true);
        var kind = body.OneOf("kind", Kinds, required: true);
        var country = Country(body);
        var language = Language(body) ?? (country is "FR" or "BE" ? "fr" : "en");
        var (email, siren) = (Email(body, "email"), Siren(body));
        var debtor = new Debtor("", name ?? "", kind ?? default, country ?? "", language)
        {
            Email = email,
            Phone = Phone(body, "phone"),
            Address = Address(body.Member("address")),
            Siren = siren,
            Contacts = [.. body.Members("contacts", max: 20).Select(Contact)],
        };
        var identity = siren ?? email?.ToLowerInvariant() ?? $"{name} {debtor.Address?.PostalCode}";
        return name is null || kind is null || country is null ? null : debtor with { Id = given ?? CaseIds.Debtor(creditor ?? "", identity) };
    }

    public static string? Id(BodyReader body, string name)
    {
        if (body.Text(name, max: 64) is not { } id)
            return null;
        if (IdPattern().IsMatch(id))
            return id;
        body.Add(name, "invalidId", "must be 1 to 64 of letters, digits and . _ : -");
        return null;
    }

    public static bool IsId(string id) => IdPattern().IsMatch(id);

    public static string? Email(BodyReader body, string name)
    {
        if (body.Text(name, max: 254) is not { } email)
            return null;
        if (Mailbox.Fault(email) is not { } fault)
            return email;
        body.Add(name, "invalidEmail", fault);
        return null;
    }

    /// <summary>E.164; spaces, dots and hyphens are tolerated.</summary>
    public static string? Phone(BodyReader body, string name)
    {
        if (body.Text(name, max: 40) is not { } text)
            return null;
        var phone = PhonePunctuation().Replace(text, "");
        if (PhonePattern().IsMatch(phone))
            return phone;
        body.Add(name, "invalidPhone", "must be an international number such as +33600000000 (E.164).");
        return null;
    }

    public static PostalAddress? Address(BodyReader? body)
    {
        if (body is null)
            return null;
        var (line, postcode, city) = (body.Text("line1", required: true), body.Text("postalCode", required: true, max: 16), body.Text("city", required: true));
        var second = body.Text("line2");
        return line is null || postcode is null || city is null ? null : new(line, second, postcode, city);
    }

    /// <summary>ISO 9362: bank, country, place, and a branch or not.</summary>
    public static string? Bic(BodyReader body)
    {
        if (body.Text("bic", max: 11)?.ToUpperInvariant() is not { } bic)
            return null;
        var fits = bic.Length is 8 or 11 && bic.All(char.IsAsciiLetterOrDigit) && bic[4..6].All(char.IsAsciiLetterUpper);
        if (!fits)
            body.Add("bic", "invalidBic", "must be 8 or 11 letters and digits, such as AGRIFRPP.");
        return fits ? bic : null;
    }

    /// <summary>An IBAN, canonical.</summary>
    public static string? Account(BodyReader body, bool required = false)
    {
        if (body.Text("iban", required, max: 60) is not { } text)
            return null;
        if (Iban.TryParse(text, out var account, out var why))
            return account.Value;
        body.Add("iban", "invalidIban", why!);
        return null;
    }

    public static Payee? Payee(BodyReader? body)
    {
        if (body is null)
            return null;
        var (name, iban, bic) = (body.Text("name", required: true, max: 140), Account(body, required: true), Bic(body));
        return name is null || iban is null ? null : new(name, iban, bic);
    }

    /// <summary>Who writes the letters when it is not the creditor: <c>senderRole</c> says so, <c>collector</c> says who.</summary>
    public static Collector? Collector(BodyReader body)
    {
        var collects = body.OneOf("senderRole", new Dictionary<string, bool?> { ["creditor"] = false, ["collector"] = true }) ?? false;
        var (party, mandator) = (body.Member("collector"), body.Member("collector")?.Member("mandateOf"));
        var collector = new Collector(party?.Text("name"), Address(party?.Member("address")), mandator is null ? null : new(mandator.Text("name"), Address(mandator.Member("address"))));
        if (party is not null && !collects)
            body.Add("collector", "notCollector", "is only for a senderRole of collector.");
        return collects ? collector : null;
    }

    public static string? Siren(BodyReader body)
    {
        if (body.Text("siren", max: 20) is not { } text)
            return null;
        var siren = text.Replace(" ", "", StringComparison.Ordinal);
        if (siren.Length == 9 && siren.All(char.IsAsciiDigit) && Luhn(siren))
            return siren;
        body.Add("siren", "invalidSiren", "must be nine digits whose check digit is right.");
        return null;
    }

    public static string? Country(BodyReader body, bool required = true)
    {
        if (body.Text("country", required, max: 10) is not { } country)
            return null;
        if (IsoCodes.Countries.Contains(country))
            return country;
        body.Add("country", "invalidCountry", "must be an ISO 3166-1 code of two capital letters, such as FR.");
        return null;
    }

    public static string? Language(BodyReader body)
    {
        if (body.Text("language", max: 10) is not { } language)
            return null;
        if (IsoCodes.Languages.Contains(language))
            return language;
        body.Add("language", "invalidLanguage", "must be an ISO 639-1 code of two small letters, such as fr.");
        return null;
    }

    public static Contact Contact(BodyReader body) => new(body.Text("role", max: 40), body.Text("name"), Email(body, "email"), Phone(body, "phone"));

    private static bool Luhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 1 : 2);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PhonePattern();

    [GeneratedRegex(@"[ .\-\u00A0\u202F]", RegexOptions.CultureInvariant)]
    private static partial Regex PhonePunctuation();
}
