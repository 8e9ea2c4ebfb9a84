using System.Text.RegularExpressions;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler.Resolvers;

namespace Dunning.Service.Rendering;

/// <summary>One text ready to be filled. Its templates are compiled when it is first used, and once.</summary>
internal sealed partial class PreparedText(TextFile file)
{
    private const int MostSmsName = 40;

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
        if (file.Key.Channel == "sms")
            return ShortEnough(values);
        var (subject, markdown) = (Line(_subject.Value, values), BlankLines().Replace(_body.Value!(values), "\n\n").Trim('\n'));
        var document = MessageMarkdown.Parse(markdown);
        var html = file.Key.Channel == "email" ? new MailPage(file.Key.Language, values.Creditor, subject ?? "", Line(_preheader.Value, values)).Write(document) : null;
        return new(subject, markdown, PlainText.Of(document, file.Key.Language), html);
    }

    /// <summary>The whole of an SMS, however long; null when a value is missing.</summary>
    public string? Sms(TextValues values) => file.Body.Missing(values).Any() ? null : WhiteSpace().Replace(Gsm7.Spell(_body.Value!(values)), " ").Trim();

    // What makes it too long is left out, the least needed first; the demand itself is never cut.
    private RenderedText ShortEnough(TextValues values)
    {
        var named = values with { Creditor = values.Creditor with { Name = Cut(values.Creditor.Name) } };
        var bare = named with { Contact = new() };
        var least = bare with { Payment = values.Payment with { Link = null }, Statement = values.Statement is { } statement ? statement with { Numbers = null } : null };
        foreach (var less in new[] { values, named, bare, least, least with { PortalUrl = null } })
            if (Sms(less) is { } text && SmsLength.IsShortEnough(text))
                return new(null, text, text, null);
        throw new ArgumentException($"{file.Key.File} takes more than two segments even without what could be left out.", nameof(values));
    }

    private static string Cut(string name) => name.Length <= MostSmsName ? name : name[..(MostSmsName - 3)].TrimEnd() + "...";

    // A line break in a subject would start a mail header of someone else's choosing.
    private static string? Line(HandlebarsTemplate<object, object>? template, TextValues values) => template is null ? null : OneLine.Of(template(values));

    // The check let it pass: told as any text that cannot be made, it stops one message and nothing else.
    private static HandlebarsTemplate<object, object>? Compile(IHandlebars engine, TextTemplate? template)
    {
        try
        {
            return template is null ? null : engine.Compile(template.Source);
        }
        catch (HandlebarsException unread)
        {
            throw new FormatException($"{template!.Lines[0].File}: {unread.Message}", unread);
        }
    }

    private static IHandlebars Engine(ITextEncoder encoder) =>
        Handlebars.Create(new HandlebarsConfiguration { TextEncoder = encoder, ExpressionNameResolver = new UpperCamelCaseExpressionNameResolver() });

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex BlankLines();
}
