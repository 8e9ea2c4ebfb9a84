using System.Text.RegularExpressions;
using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

public sealed class DocumentedValuesTests
{
    [Fact]
    public void The_table_for_authors_names_every_value_and_no_other()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "docs", "texts.md");
        var rows = File.ReadAllText(file).Split("## Values")[1].Split("## A creditor")[0].Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal));
        var documented = rows.SelectMany(row => Regex.Matches(row.Split('|')[1], "`([^`]+)`")).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal);
        Assert.Equal(All(typeof(TextValues), "").Order(StringComparer.Ordinal), documented);
    }

    private static IEnumerable<string> All(Type type, string prefix)
    {
        foreach (var property in type.GetProperties())
        {
            var (name, of) = (prefix + char.ToLowerInvariant(property.Name[0]) + property.Name[1..], property.PropertyType);
            if (of.IsGenericType && of.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
                (name, of) = (name + "[]", of.GetGenericArguments()[0]);
            if (of == typeof(string) || of == typeof(bool))
                yield return name;
            else
                foreach (var inner in All(of, name + "."))
                    yield return inner;
        }
    }
}
