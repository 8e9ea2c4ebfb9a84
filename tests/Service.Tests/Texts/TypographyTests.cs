using System.Text.RegularExpressions;
using Dunning.Service.Rendering;

namespace Dunning.Service.Tests.Texts;

/// <summary>What a typesetter of each language would mark, in the words of the shipped texts and of the sentences of law.</summary>
public sealed class TypographyTests
{
    private static readonly TextBook Book = TextBook.Load(TextBook.ShippedFolder);

    public static TheoryData<string> EveryFile { get; } = new(Book.Sources.Where(s => s.Key.Channel != "sms").Select(s => s.Key.File));

    [Theory, MemberData(nameof(EveryFile))]
    public void Spaces_and_quotes_are_those_of_the_language(string file)
    {
        var words = Words(file);
        Assert.DoesNotMatch(@"""|(?<=\p{L})'(?=\p{L})|(?<=\S)  +\S|\.\.\.|[ \t]$", words);
        switch (file[..2])
        {
            case "fr":
                // No break before double punctuation: U+202F before ; ! ?, U+00A0 before a colon and inside guillemets.
                Assert.DoesNotMatch(@" [:;!?€»%]|« |«(?!\u00A0)|(?<!\u00A0)»|[\p{L}\d)x][:;!?](?!\w)|\u00A0[;!?]|\u202F:|[“”„]", words);
                break;
            case "de":
                Assert.DoesNotMatch(@"\s[:;!?]|[«»”]", words);
                Assert.Equal(Regex.Count(words, "„"), Regex.Count(words, "“"));
                break;
            default:
                Assert.DoesNotMatch(@"\s[:;!?]|[«»„]", words);
                Assert.Equal(Regex.Count(words, "“"), Regex.Count(words, "”"));
                break;
        }
    }

    [Fact]
    public void Every_language_has_every_text() =>
        Assert.All(TextLanguage.All, language => Assert.Equal(
            Book.Sources.Where(s => s.Key.Language == "fr").Select(s => s.Key.Name), Book.Sources.Where(s => s.Key.Language == language).Select(s => s.Key.Name)));

    [Fact]
    public void The_same_text_names_the_same_values_in_every_language()
    {
        foreach (var french in Book.Sources.Where(s => s.Key.Language == "fr"))
            foreach (var language in TextLanguage.All)
                Assert.True(Names(french).SetEquals(Names(Book.Find(french.Key with { Language = language })!)), $"{language}/{french.Key.Name}");

        static HashSet<string> Names(TextSource source) => [.. Regex.Matches(string.Join('\n', source.Lines), @"\{\{[^}]*\}\}").Select(m => m.Value)];
    }

    // The marks of the format, which are no words: the head's names, links, table rules, placeholders.
    private static string Words(string file)
    {
        var source = Book.Sources.Single(s => s.Key.File == file);
        var words = Regex.Replace(string.Join('\n', source.Lines), @"(?m)^(subject|preheader): |\]\([^)]*\)|^\|:?-.*$|^---$|\*\*|!\[", "");
        return Regex.Replace(words, @"\{\{[#/>!][^}]*\}\}|\{\{else\}\}", "").Replace("\\\n", "\n", StringComparison.Ordinal) is var rest ? Regex.Replace(rest, @"\{\{[^}]*\}\}", "x") : "";
    }
}
