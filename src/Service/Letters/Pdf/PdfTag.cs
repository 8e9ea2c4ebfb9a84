using System.Text;

namespace Dunning.Service.Letters.Pdf;

/// <summary>
/// What a part of the document is: a paragraph, a heading, a table's cell (ISO 32000-1, 14.8.4). Screen readers follow the tags in the order
/// in which they were made, across pages.
/// </summary>
internal sealed class PdfTag(string role, PdfTag? parent = null)
{
    private readonly List<(PdfPage? Page, int Mark, PdfTag? Tag)> kids = [];

    public string Role => role;

    /// <summary>What is said of a picture in its place.</summary>
    public string? Alternative { get; init; }

    /// <summary>Its object's number, once the document is being written.</summary>
    public int Number { get; private set; }

    public PdfTag Add(string childRole, string? alternative = null)
    {
        var child = new PdfTag(childRole, this) { Alternative = alternative };
        kids.Add((null, 0, child));
        return child;
    }

    public void Add(PdfPage page, int mark) => kids.Add((page, mark, null));

    /// <summary>Gives numbers to this tag and all below it.</summary>
    public void Reserve(PdfFile file)
    {
        Number = file.Reserve();
        foreach (var (_, _, tag) in kids)
            tag?.Reserve(file);
    }

    public void WriteTo(PdfFile file, int root, IReadOnlyDictionary<PdfPage, int> pages)
    {
        var value = new StringBuilder($"<</Type/StructElem/S/{role}/P {parent?.Number ?? root} 0 R");
        var home = kids.Select(k => k.Page).FirstOrDefault(page => page is not null);
        if (home is not null) value.Append($"/Pg {pages[home]} 0 R");
        if (Alternative is not null) value.Append("/Alt").Append(PdfFile.Text(Alternative));
        if (role == "TH") value.Append("/A<</O/Table/Scope/Column>>");
        value.Append("/K[");
        foreach (var (page, mark, tag) in kids)
        {
            tag?.WriteTo(file, root, pages);
            value.Append(tag is not null ? $"{tag.Number} 0 R " : page == home ? $"{mark} " : $"<</Type/MCR/Pg {pages[page!]} 0 R/MCID {mark}>>");
        }
        file.Set(Number, value.Append("]>>").ToString());
    }
}
