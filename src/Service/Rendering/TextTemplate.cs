using System.Text.RegularExpressions;

namespace Dunning.Service.Rendering;

/// <summary>One line of a text and where it stands: a part included in many texts keeps its own file and line.</summary>
internal readonly record struct SourceLine(string File, int Number, string Text);

/// <summary>
/// A text with placeholders, read whole before it is ever used. Handlebars, less than all of it: <c>{{value}}</c>, <c>{{#if}}</c>, <c>{{#unless}}</c>,
/// <c>{{else}}</c>, <c>{{#each}}</c> and <c>{{! comments }}</c>; no helpers, and nothing that prints a value raw.
/// </summary>
internal sealed partial class TextTemplate
{
    private readonly List<Tag> _tags;

    private TextTemplate(IReadOnlyList<SourceLine> lines, List<Tag> tags)
    {
        (Lines, _tags) = (lines, tags);
        Source = string.Join('\n', lines.Select(l => l.Text)) + "\n";
    }

    public IReadOnlyList<SourceLine> Lines { get; }

    public string Source { get; }

    /// <summary>What is wrong goes to the faults, as <c>fr/first-reminder.email.md:3: what</c>.</summary>
    public static TextTemplate Parse(IReadOnlyList<SourceLine> lines, List<string> faults)
    {
        var reading = new Reading(faults);
        foreach (var line in lines)
            reading.Read(line);
        return new(lines, reading.End());
    }

    /// <summary>The names of values it prints that tell an amount.</summary>
    public IEnumerable<string> Amounts => Printed(_tags).Where(n => n.TellsAmount).Select(n => n.Path);

    public bool Prints(string path) => Printed(_tags).Any(n => n.Path == path);

    /// <summary>Its own words, without placeholders.</summary>
    public string Words => Placeholder().Replace(Source, " ");

    /// <summary>What it would print today and has no value for.</summary>
    public IEnumerable<string> Missing(TextValues values) => Missing(_tags, values).Distinct();

    private static IEnumerable<string> Missing(IEnumerable<Tag> tags, object scope)
    {
        foreach (var tag in tags)
        {
            var value = tag.Name.Of(scope);
            var inner = tag.Kind switch
            {
                TagKind.Value => string.IsNullOrWhiteSpace(value as string) ? [tag.Name.Path] : [],
                TagKind.Each => ((IEnumerable<object>?)value ?? []).SelectMany(element => Missing(tag.Then, element)),
                _ => Missing(TextName.Holds(value) == (tag.Kind == TagKind.If) ? tag.Then : tag.Else, scope),
            };
            foreach (var name in inner)
                yield return name;
        }
    }

    private static IEnumerable<TextName> Printed(IEnumerable<Tag> tags) =>
        tags.SelectMany(t => t.Kind == TagKind.Value ? [t.Name] : Printed(t.Then.Concat(t.Else)));

    [GeneratedRegex(@"\{\{[^}]*\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^(this|[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)*)$")]
    private static partial Regex Path();

    private enum TagKind
    {
        Value,
        If,
        Unless,
        Each,
    }

    private sealed record Tag(TagKind Kind, TextName Name)
    {
        public List<Tag> Then { get; } = [];

        public List<Tag> Else { get; } = [];
    }

    /// <summary>Reads line by line: a placeholder stands on one line, a block may span many.</summary>
    private sealed class Reading(List<string> faults)
    {
        private static readonly Dictionary<string, TagKind> Blocks = new(StringComparer.Ordinal) { ["if"] = TagKind.If, ["unless"] = TagKind.Unless, ["each"] = TagKind.Each };

        private readonly List<Tag> _tags = [];
        private readonly Stack<Block> _open = [];

        public void Read(SourceLine line)
        {
            var (rest, at) = (line.Text, 0);
            while ((at = rest.IndexOf("{{", at, StringComparison.Ordinal)) >= 0)
            {
                var end = rest.IndexOf("}}", at, StringComparison.Ordinal);
                if (end < 0)
                    break;
                if (at > 0 && rest[at - 1] == '\\')
                    Fault(line, "a backslash before braces would print them as they are");
                Take(rest[(at + 2)..end], line);
                rest = rest.Remove(at, end + 2 - at);
                if (at < rest.Length && rest[at] == '}')
                    rest = rest.Remove(at, 1);
            }
            if (rest.Contains("{{", StringComparison.Ordinal) || rest.Contains("}}", StringComparison.Ordinal))
                Fault(line, "braces that do not close");
        }

        public List<Tag> End()
        {
            foreach (var block in _open)
                Fault(block.Line, $"{{{{#{block.Word}}}}} is never closed");
            return _tags;
        }

        private void Take(string inside, SourceLine line)
        {
            var said = inside.Trim('~').Trim();
            if (said.StartsWith('{') || said.StartsWith('&'))
                Fault(line, "raw output is refused: a value is always escaped");
            else if (said.StartsWith('#'))
                Open(said[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries), line);
            else if (said.StartsWith('/'))
                Close(said[1..].Trim(), line);
            else if (said == "else")
                Otherwise(line);
            else if (!said.StartsWith('!'))
                Print(said, line);
        }

        private void Print(string path, SourceLine line)
        {
            if (!Path().IsMatch(path))
                Fault(line, $"\"{path}\" is not the name of a value; a text prints values and has if, unless, else and each");
            else if (Find(path, line) is { } name && (name.IsText || Refuse(line, $"\"{path}\" is not a text to print")))
                Here.Add(new(TagKind.Value, name));
        }

        private void Open(string[] words, SourceLine line)
        {
            var known = Blocks.TryGetValue(words.ElementAtOrDefault(0) ?? "", out var kind);
            if (!known || words.Length != 2 || !Path().IsMatch(words[1]))
            {
                Fault(line, "a block is {{#if value}}, {{#unless value}} or {{#each list}}");
                _open.Push(new(words.ElementAtOrDefault(0) ?? "", line, null, null));
                return;
            }
            var name = Find(words[1], line);
            if (kind == TagKind.Each && name is { Element: null } && Refuse(line, $"\"{words[1]}\" is not a list"))
                name = null;
            var tag = name is null ? null : new Tag(kind, name);
            if (tag is not null)
                Here.Add(tag);
            _open.Push(new(words[0], line, tag, kind == TagKind.Each ? name?.Element : Scope));
        }

        private void Close(string word, SourceLine line)
        {
            if (_open.TryPeek(out var block) && block.Word == word)
                _open.Pop();
            else
                Fault(line, $"{{{{/{word}}}}} closes nothing");
        }

        private void Otherwise(SourceLine line)
        {
            if (_open.TryPeek(out var block) && !block.InElse && block.Word is "if" or "unless")
                _open.Push(_open.Pop() with { InElse = true });
            else
                Fault(line, "{{else}} belongs once into {{#if}} or {{#unless}}");
        }

        // Where the scope is not known, because its list is not, nothing in it can be judged.
        private TextName? Find(string path, SourceLine line)
        {
            if (Scope is not { } scope)
                return null;
            if (TextName.Find(scope, path) is { } name)
                return name;
            Fault(line, $"unknown value \"{path}\"");
            return null;
        }

        private Type? Scope => _open.TryPeek(out var block) ? block.Scope : typeof(TextValues);

        private List<Tag> Here => !_open.TryPeek(out var block) ? _tags : block.Tag is not { } tag ? [] : block.InElse ? tag.Else : tag.Then;

        private bool Refuse(SourceLine line, string what)
        {
            Fault(line, what);
            return false;
        }

        private void Fault(SourceLine line, string what) => faults.Add($"{line.File}:{line.Number}: {what}");

        private sealed record Block(string Word, SourceLine Line, Tag? Tag, Type? Scope)
        {
            public bool InElse { get; init; }
        }
    }
}
