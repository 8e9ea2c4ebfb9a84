using System.Text.RegularExpressions;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler.Resolvers;

namespace Dunning.Service.Rendering;

/// <summary>One text ready to be filled. Its templates are compiled when it is first used, and once.</summary>
internal sealed partial class PreparedText(TextFile file)
{
    private static readonly IHandlebars Markdown = Engine(ValueEncoder.Markdown);
    private static readonly IHandlebars Plain = Engine(ValueEncoder.Plain);

    private readonly Lazy<HandlebarsTemplate<object, object>?> _subject = new(() => Compile(Plain, file.Subject));
    private readonly Lazy<HandlebarsTemplate<object, object>?> _preheader = new(() => Compile(Plain, file.Preheader));
    private readonly Lazy<HandlebarsTemplate<object, object>?> _body = new(() => Compile(file.Key.Channel == "sms" ? Plain : Markdown, file.Body));

    public TextFile File => file;

    /// <summary>The text with its values. A demand with a hole in it never leaves: a value that is needed and absent is refused.</summary>
    /// <exception cref="ArgumentException">A value is absent; the message names all that are.</exception>
    public RenderedText Fill(TextValues values)
    {
        string[] missing = [.. new[] { file.Subject, file.Preheader, file.Body }.OfType<TextTemplate>().SelectMany(t => t.Missing(values)).Distinct()];
        if (missing.Length > 0)
            throw new ArgumentException($"{file.Key.File} cannot be written without {string.Join(", ", missing)}.", nameof(values));
        var (subject, body) = (Line(_subject.Value, values), _body.Value!(values));
        // Lines of an SMS file exist only so that each may be left out.
        if (file.Key.Channel == "sms")
            return new(null, body, WhiteSpace().Replace(Gsm7.Spell(body), " ").Trim(), null);
        var markdown = BlankLines().Replace(body, "\n\n").Trim('\n');
        var document = MessageMarkdown.Parse(markdown);
        var html = file.Key.Channel == "email" ? new MailPage(file.Key.Language, values.Creditor, subject ?? "", Line(_preheader.Value, values)).Write(document) : null;
        return new(subject, markdown, PlainText.Of(document, file.Key.Language), html);
    }

    // A line break in a subject would start a mail header of someone else's choosing.
    private static string? Line(HandlebarsTemplate<object, object>? template, TextValues values) => template is null ? null : OneLine.Of(template(values));

    private static HandlebarsTemplate<object, object>? Compile(IHandlebars engine, TextTemplate? template) => template is null ? null : engine.Compile(template.Source);

    private static IHandlebars Engine(ITextEncoder encoder) =>
        Handlebars.Create(new HandlebarsConfiguration { TextEncoder = encoder, ExpressionNameResolver = new UpperCamelCaseExpressionNameResolver() });

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex BlankLines();
}
