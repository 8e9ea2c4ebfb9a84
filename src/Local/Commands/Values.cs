using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Dunning.Local.Commands;

/// <summary>Options whose values are read as the API reads them, never as the machine's culture would.</summary>
internal static class Values
{
    public static Option<DateOnly?> Date(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "date",
        CustomParser = given => DateOnly.TryParseExact(Text(given), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date : Wrong<DateOnly>(given, $"{name} {Text(given)} is not a date such as 2026-10-31."),
    };

    public static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "instant",
        CustomParser = given => Text(given).Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(Text(given), CultureInfo.InvariantCulture, out var at)
            ? at : Wrong<DateTimeOffset>(given, $"{name} {Text(given)} is not an instant such as 2026-10-01T08:00:00+02:00."),
    };

    public static Option<decimal?> Amount(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "amount",
        CustomParser = given => decimal.TryParse(Text(given), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? amount : Wrong<decimal>(given, $"{name} {Text(given)} is not an amount such as 1200.00."),
    };

    public static Option<Uri?> Address(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "url",
        CustomParser = given => Uri.TryCreate(Text(given), UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", UserInfo: "" } ? address : NoAddress(given, name),
    };

    /// <summary>One of a few words; anything else is refused, with the list of them.</summary>
    public static Option<string?> OneOf(string name, string description, params string[] words)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = words.Length < 6 ? string.Join('|', words) : name.TrimStart('-') };
        option.CompletionSources.Add(words);
        option.Validators.Add(given =>
        {
            foreach (var wrong in given.Tokens.Select(t => t.Value).Where(v => !words.Contains(v)))
                given.AddError($"{name} {wrong} is none of {string.Join(", ", words)}.");
        });
        return option;
    }

    private static string Text(ArgumentResult given) => given.Tokens[0].Value;

    private static T? Wrong<T>(ArgumentResult given, string why)
        where T : struct
    {
        given.AddError(why);
        return null;
    }

    private static Uri? NoAddress(ArgumentResult given, string name)
    {
        given.AddError($"{name} {Text(given)} is not an address such as http://localhost:7071.");
        return null;
    }
}
