using System.Buffers.Binary;
using System.Text;

namespace Dunning.Service.Letters.Pdf;

/// <summary>
/// A TrueType font as the OpenType specification lays it out: which glyph draws a character, how wide it is, how close two of them stand.
/// Measures are in the font's own units, <see cref="UnitsPerEm"/> to the size of the type.
/// </summary>
internal sealed class TrueTypeFont
{
    private readonly byte[] data;
    private readonly Dictionary<string, (int Start, int Length)> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ushort> glyphs = [];
    private readonly Dictionary<ushort, int> characters = [];
    private readonly ushort[] advances;
    private readonly uint[] pairs;
    private readonly short[] kernings;

    /// <summary>Reads a font with a Unicode cmap of format 4 (characters up to U+FFFF), outlines in <c>glyf</c>, pairs in <c>kern</c>.</summary>
    public TrueTypeFont(string name, byte[] data)
    {
        (Name, this.data) = (name, data);
        for (var i = 0; i < UInt16(data, 4); i++)
        {
            var entry = data.AsSpan(12 + 16 * i, 16);
            tables[Encoding.ASCII.GetString(entry[..4])] =
                ((int)BinaryPrimitives.ReadUInt32BigEndian(entry[8..]), (int)BinaryPrimitives.ReadUInt32BigEndian(entry[12..]));
        }
        UnitsPerEm = UInt16(Table("head"), 18);
        GlyphCount = UInt16(Table("maxp"), 4);
        var last = UInt16(Table("hhea"), 34) - 1;
        advances = [.. Enumerable.Range(0, GlyphCount).Select(glyph => UInt16(Table("hmtx"), 4 * Math.Min(glyph, last)))];
        // One subtable of format 0: pairs in ascending order. Its own length field is too small for them, their number is right.
        var kern = Table("kern")[4..].ToArray();
        var kerned = Enumerable.Range(0, UInt16(kern, 6)).Select(pair => 14 + 6 * pair);
        pairs = [.. kerned.Select(at => BinaryPrimitives.ReadUInt32BigEndian(kern.AsSpan(at)))];
        kernings = [.. kerned.Select(at => Int16(kern, at + 4))];
        ReadCharacters();
    }

    /// <summary>Its PostScript name.</summary>
    public string Name { get; }

    public int UnitsPerEm { get; }

    public int GlyphCount { get; }

    public int Ascent => Int16(Table("hhea"), 4);

    public int Descent => Int16(Table("hhea"), 6);

    public int CapHeight => Int16(Table("OS/2"), 88);

    public int ItalicAngle => Int16(Table("post"), 4);

    public int Weight => UInt16(Table("OS/2"), 4);

    /// <summary>Left, bottom, right and top of the largest glyph.</summary>
    public IReadOnlyList<int> Box => [.. Enumerable.Range(0, 4).Select(i => (int)Int16(Table("head"), 36 + 2 * i))];

    /// <summary>The glyph of a character, or null when the font has none.</summary>
    public ushort? Glyph(int character) => glyphs.TryGetValue(character, out var glyph) ? glyph : null;

    /// <summary>The first character that a glyph draws.</summary>
    public int Character(ushort glyph) => characters[glyph];

    public int Advance(ushort glyph) => advances[glyph];

    /// <summary>What to add to the advance of the left glyph, most often negative.</summary>
    public int Kerning(ushort left, ushort right)
    {
        var found = Array.BinarySearch(pairs, ((uint)left << 16) | right);
        return found < 0 ? 0 : kernings[found];
    }

    public ReadOnlySpan<byte> Table(string tag)
    {
        var (start, length) = tables[tag];
        return data.AsSpan(start, length);
    }

    /// <summary>The outline of a glyph; empty for a space.</summary>
    public ReadOnlySpan<byte> Outline(ushort glyph) => Table("glyf")[Location(glyph)..Location(glyph + 1)];

    private int Location(int glyph) => UInt16(Table("head"), 50) == 0
        ? 2 * UInt16(Table("loca"), 2 * glyph)
        : (int)BinaryPrimitives.ReadUInt32BigEndian(Table("loca")[(4 * glyph)..]);

    private void ReadCharacters()
    {
        var cmap = Table("cmap");
        var map = cmap[..0];
        for (var i = 0; i < UInt16(cmap, 2); i++)
            if (UInt16(cmap, 4 + 8 * i) == 3 && UInt16(cmap, 6 + 8 * i) == 1)
                map = cmap[(int)BinaryPrimitives.ReadUInt32BigEndian(cmap[(8 + 8 * i)..])..];
        var segments = UInt16(map, 6) / 2;
        for (var i = 0; i < segments; i++)
        {
            var (last, first) = (UInt16(map, 14 + 2 * i), UInt16(map, 16 + 2 * (segments + i)));
            var (delta, offsetAt) = (UInt16(map, 16 + 2 * (2 * segments + i)), 16 + 2 * (3 * segments + i));
            for (int character = first; character <= last && character != 0xFFFF; character++)
            {
                var offset = UInt16(map, offsetAt);
                var found = offset == 0 ? character : UInt16(map, offsetAt + offset + 2 * (character - first));
                var glyph = (ushort)(offset != 0 && found == 0 ? 0 : (found + delta) & 0xFFFF);
                if (glyph == 0) continue;
                glyphs[character] = glyph;
                characters.TryAdd(glyph, character);
            }
        }
    }

    private static ushort UInt16(ReadOnlySpan<byte> table, int at) => BinaryPrimitives.ReadUInt16BigEndian(table[at..]);

    private static short Int16(ReadOnlySpan<byte> table, int at) => BinaryPrimitives.ReadInt16BigEndian(table[at..]);
}
