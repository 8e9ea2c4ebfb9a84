using System.Globalization;

namespace Dunning.Service.Letters.Pdf;

/// <summary>A PDF 1.7 document of A4 pages: tagged, with embedded fonts. The same calls give the same bytes.</summary>
internal sealed class PdfDocument(string title, string author, string language, DateOnly createdOn)
{
    private readonly List<PdfPage> pages = [];
    private readonly Dictionary<TrueTypeFont, PdfFont> fonts = [];

    /// <summary>The whole document, the parent of all other tags.</summary>
    public PdfTag Content { get; } = new("Document");

    public PdfPage AddPage()
    {
        pages.Add(new());
        return pages[^1];
    }

    public PdfFont Font(TrueTypeFont font)
    {
        if (!fonts.TryGetValue(font, out var found))
            fonts[font] = found = new(font, $"F{fonts.Count + 1}");
        return found;
    }

    public byte[] ToBytes()
    {
        var file = new PdfFile();
        var (catalog, tree, structure) = (file.Reserve(), file.Reserve(), file.Reserve());
        var numbers = pages.ToDictionary(page => page, _ => file.Reserve());
        var resources = string.Concat(fonts.Values.Where(f => f.IsDrawn).Select(f => $"/{f.Resource} {f.WriteTo(file)} 0 R"));
        foreach (var (page, number) in numbers)
        {
            var content = file.AddStream(page.Content());
            file.Set(number, $"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {Size}]/Contents {content} 0 R" +
                $"/Resources<</Font<<{resources}>>>>/StructParents {pages.IndexOf(page)}/Tabs/S>>");
        }
        file.Set(tree, $"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', numbers.Values.Select(n => $"{n} 0 R"))}]>>");
        WriteStructure(file, structure, numbers);
        file.Set(catalog, $"<</Type/Catalog/Pages {tree} 0 R/Lang{PdfFile.Text(language)}/ViewerPreferences<</DisplayDocTitle true>>" +
            $"/MarkInfo<</Marked true>>/StructTreeRoot {structure} 0 R>>");
        var date = createdOn.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var info = file.Add(
            $"<</Title{PdfFile.Text(title)}/Author{PdfFile.Text(author)}/Producer(Dunning)/CreationDate(D:{date}000000Z)>>");
        return file.ToBytes(catalog, info);
    }

    private static string Size => string.Create(CultureInfo.InvariantCulture, $"{PdfPage.Width} {PdfPage.Height}");

    private void WriteStructure(PdfFile file, int root, Dictionary<PdfPage, int> numbers)
    {
        Content.Reserve(file);
        Content.WriteTo(file, root, numbers);
        var parents = pages.Select((page, i) => $"{i}[{string.Join(' ', page.Marked.Select(tag => $"{tag.Number} 0 R"))}]");
        file.Set(root, $"<</Type/StructTreeRoot/K {Content.Number} 0 R" +
            $"/ParentTree<</Nums[{string.Concat(parents)}]>>/ParentTreeNextKey {pages.Count}>>");
    }
}
