using Dunning.Domain;
using Dunning.Service.Rendering;

namespace Dunning.Service.Portal;

/// <summary>Who reads a page: in which language, by which token. Form is what its forms carry; Chosen is set when the language is not the debtor's own.</summary>
public sealed record Reader(string Language, string Root, string Token, string Form, bool Chosen)
{
    public static readonly IReadOnlyList<(string Code, string Name)> Languages =
        [(TextLanguage.French, "Français"), (TextLanguage.Dutch, "Nederlands"), (TextLanguage.English, "English"), (TextLanguage.German, "Deutsch")];

    /// <summary>The same in every language, side by side: none can be forgotten.</summary>
    public string T(string french, string dutch, string english, string german) => Language switch
    {
        TextLanguage.French => french,
        TextLanguage.Dutch => dutch,
        TextLanguage.German => german,
        _ => english,
    };

    public string Amount(Money money) => Wording.Amount(money.Amount, money.Currency.Code, money.Currency.MinorUnits, Language);

    public string Date(DateOnly date) => Wording.Date(date, Language);

    /// <summary>The address of a page of the same case, in the same language; "" is the first one.</summary>
    public string To(string page = "", string? noted = null)
    {
        var query = string.Join('&', new[] { Chosen ? $"lang={Language}" : null, noted is null ? null : $"noted={noted}" }.OfType<string>());
        return $"{Root}/p/{Token}{(page.Length > 0 ? "/" : "")}{page}{(query.Length > 0 ? "?" : "")}{query}";
    }
}
