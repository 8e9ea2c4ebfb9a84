using Markdig;
using Markdig.Syntax;

namespace Dunning.Service.Rendering;

/// <summary>
/// The Markdown that texts are written in: paragraphs, headings, emphasis, lists, links and pipe tables. An image whose address is
/// <see cref="PaymentCode"/> stands where the payment QR code goes. HTML inside a text is text.
/// </summary>
public static class MessageMarkdown
{
    /// <summary>The address of the image that stands for the payment QR code.</summary>
    public const string PaymentCode = "qr:payment";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    public static MarkdownDocument Parse(string markdown) => Markdown.Parse(markdown, Pipeline);
}
