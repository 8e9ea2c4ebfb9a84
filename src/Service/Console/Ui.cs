using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Rendering;

namespace Dunning.Service.Console;

/// <summary>Who looks at a page and how they read: every page is written for one. Csrf is the token their forms carry.</summary>
public sealed record Ui(Caller Caller, string Name, string Language, string Csrf, string Path)
{
    public static readonly IReadOnlyList<string> Languages = [TextLanguage.French, TextLanguage.English];

    public bool IsFrench => Language == TextLanguage.French;

    public bool MayAct => Caller.Role >= Role.Operator;

    public bool IsAdmin => Caller.Role >= Role.Admin;

    /// <summary>What was done just before, told once.</summary>
    public string? Flash { get; init; }

    /// <summary>The same in both languages, side by side: neither can be forgotten.</summary>
    public string Say(string french, string english) => IsFrench ? french : english;

    public string Amount(decimal amount, string currency) =>
        Wording.Amount(amount, currency, Currency.TryParse(currency, out var known) ? known.MinorUnits : 2, Language).Replace('-', '−');

    public string Date(DateOnly? date) => date is { } day ? Wording.ShortDate(day, Language) : "";

    /// <summary>As the offset it carries reads: views show instants in their policy's zone.</summary>
    public string Instant(DateTimeOffset? at) => at is { } instant ? $"{Wording.ShortDate(DateOnly.FromDateTime(instant.DateTime), Language)} {instant:HH':'mm}" : "";

    public string Days(int days) => Wording.Days(days, Language);
}
