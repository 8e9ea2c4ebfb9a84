using System.Text;
using Dunning.Service.Rendering;
using Markdig.Syntax.Inlines;

namespace Dunning.Service.Letters;

/// <summary>The text of a Markdown paragraph in its faces, and whether the payment code's place is in it.</summary>
internal sealed class MarkdownRuns(Characters characters)
{
    private readonly List<Run> runs = [];

    public IReadOnlyList<Run> Runs => runs;

    /// <summary>What is said of the payment code; null when it is not here.</summary>
    public string? PaymentCode { get; private set; }

    public static MarkdownRuns Of(ContainerInline? inlines, Characters characters, Face face = Face.Regular)
    {
        var read = new MarkdownRuns(characters);
        if (inlines is not null) read.AddAll(inlines, face);
        return read;
    }

    private void AddAll(ContainerInline inlines, Face face)
    {
        foreach (var inline in inlines)
            Add(inline, face);
    }

    private void Add(Inline inline, Face face)
    {
        switch (inline)
        {
            case LiteralInline literal: AddText(literal.Content.ToString(), face); break;
            case CodeInline code: AddText(code.Content, face); break;
            case HtmlEntityInline entity: AddText(entity.Transcoded.ToString(), face); break;
            case AutolinkInline link: AddText(link.Url, face); break;
            case LineBreakInline line: AddText(line.IsHard ? "\n" : " ", face); break;
            case LinkInline { IsImage: true, Url: MessageMarkdown.PaymentCode } image: PaymentCode = Words(image); break;
            case LinkInline link: AddLink(link, face); break;
            case EmphasisInline emphasis: AddAll(emphasis, emphasis.DelimiterCount > 1 || face == Face.Bold ? Face.Bold : Face.Italic); break;
            case ContainerInline other: AddAll(other, face); break;
        }
    }

    // On paper nobody can follow a link: its address is written out.
    private void AddLink(LinkInline link, Face face)
    {
        AddAll(link, face);
        if (!link.IsImage && link.Url is { Length: > 0 } url && url != Words(link)) AddText($" ({url})", face);
    }

    private void AddText(string text, Face face) => runs.Add(new(characters.Drawable(text), face));

    private string Words(ContainerInline inlines)
    {
        var words = new StringBuilder();
        foreach (var literal in inlines.FindDescendants<LiteralInline>())
            words.Append(literal.Content.AsSpan());
        return characters.Drawable(words.ToString());
    }
}
