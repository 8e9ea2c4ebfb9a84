using System.Text.RegularExpressions;

namespace Dunning.Service.Rendering;

/// <summary>
/// One line of a text file. The rule for what is not known: a line that starts with "? " is left out when a value it names is absent
/// (null or blank); every other line needs all its values.
/// </summary>
internal sealed partial record TextLine(int Number, string Text, bool Optional)
{
    public IReadOnlyList<string> Names { get; } = [.. Placeholder().Matches(Text).Select(match => match.Groups[1].Value)];

    /// <summary>The words of the file itself, with what is to stand in each value's place.</summary>
    public string WithValuesAs(Func<string, string> stand) => Placeholder().Replace(Text, match => stand(match.Groups[1].Value));

    public static TextLine Parse(int number, string line)
    {
        var isOptional = line.StartsWith("? ", StringComparison.Ordinal);
        return new(number, (isOptional ? line[2..] : line).TrimEnd(), isOptional);
    }

    public bool IsKept(IReadOnlyDictionary<string, string?> values) => !Optional || !Missing(values).Any();

    public IEnumerable<string> Missing(IReadOnlyDictionary<string, string?> values) =>
        Names.Where(name => string.IsNullOrWhiteSpace(values.GetValueOrDefault(name)));

    // One pass: a value that itself contains {{…}} is printed as it is.
    public string Fill(IReadOnlyDictionary<string, string?> values) => WithValuesAs(name => values.GetValueOrDefault(name)?.Trim() ?? "");

    [GeneratedRegex(@"\{\{([^{}]*)\}\}")]
    private static partial Regex Placeholder();
}
