using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Service.Letters.Pdf;

/// <summary>A font within one document: it remembers the glyphs drawn, and embeds these alone with the characters they stand for.</summary>
internal sealed class PdfFont(TrueTypeFont font, string resource)
{
    private readonly SortedSet<ushort> drawn = [];

    /// <summary>Its name in the pages' resources.</summary>
    public string Resource => resource;

    public bool IsDrawn => drawn.Count > 0;

    /// <summary>The width in points, kerning included.</summary>
    public double Width(ReadOnlySpan<char> text, double size)
    {
        var (width, before) = (0, -1);
        foreach (var character in text)
        {
            var glyph = Glyph(character);
            width += font.Advance(glyph) + (before < 0 ? 0 : font.Kerning((ushort)before, glyph));
            before = glyph;
        }
        return width * size / font.UnitsPerEm;
    }

    /// <summary>The operand of TJ: glyph numbers in hexadecimal, and between them how far the next glyph moves to the left.</summary>
    public string Show(string text)
    {
        var shown = new StringBuilder("[<", 4 * text.Length + 16);
        var before = -1;
        foreach (var character in text)
        {
            var glyph = Glyph(character);
            drawn.Add(glyph);
            if (before >= 0 && font.Kerning((ushort)before, glyph) is var kerning && kerning != 0)
                shown.Append('>').Append(Thousandths(-kerning).ToString(CultureInfo.InvariantCulture)).Append('<');
            shown.Append(glyph.ToString("X4", CultureInfo.InvariantCulture));
            before = glyph;
        }
        return shown.Append(">]").ToString();
    }

    /// <summary>Writes the font as a composite one (ISO 32000-1, 9.7) and returns its object's number.</summary>
    public int WriteTo(PdfFile file)
    {
        var name = $"{Prefix()}+{font.Name}";
        var box = string.Join(' ', font.Box.Select(Thousandths));
        var program = FontSubset.Of(font, drawn);
        var data = file.AddStream(program, $"/Length1 {program.Length}");
        var descriptor = file.Add(
            $"<</Type/FontDescriptor/FontName/{name}/Flags {(font.ItalicAngle == 0 ? 32 : 96)}/FontBBox[{box}]/ItalicAngle {font.ItalicAngle}" +
            $"/Ascent {Thousandths(font.Ascent)}/Descent {Thousandths(font.Descent)}/CapHeight {Thousandths(font.CapHeight)}" +
            $"/StemV {font.Weight / 5}/FontFile2 {data} 0 R>>");
        var descendant = file.Add(
            $"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>" +
            $"/FontDescriptor {descriptor} 0 R/CIDToGIDMap/Identity/DW 0/W[{Widths()}]>>");
        var unicode = file.AddStream(Encoding.ASCII.GetBytes(ToUnicode()));
        return file.Add(
            $"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R>>");
    }

    private ushort Glyph(int character) =>
        font.Glyph(character) ?? throw new ArgumentException($"{font.Name} has no glyph for U+{character:X4}.", nameof(character));

    private int Thousandths(int units) => (int)Math.Round(units * 1000.0 / font.UnitsPerEm, MidpointRounding.AwayFromZero);

    private string Widths()
    {
        var widths = new StringBuilder();
        foreach (var glyph in drawn)
            widths.Append(CultureInfo.InvariantCulture, $"{glyph}[{Thousandths(font.Advance(glyph))}]");
        return widths.ToString();
    }

    // Six capitals tell one subset from another of the same font (ISO 32000-1, 9.6.4): here they follow from the glyphs drawn.
    private string Prefix()
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(font.Name + string.Join(' ', drawn)));
        return string.Concat(hash.Take(6).Select(b => (char)('A' + b % 26)));
    }

    private string ToUnicode()
    {
        var map = new StringBuilder("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" +
            "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
        // A CMap takes a hundred lines at a time.
        foreach (var part in drawn.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{part.Length} beginbfchar\n");
            foreach (var glyph in part)
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}><{font.Character(glyph):X4}>\n");
            map.Append("endbfchar\n");
        }
        return map.Append("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n").ToString();
    }
}
