using System.Buffers.Binary;
using System.Text;

namespace Dunning.Service.Letters.Pdf;

/// <summary>
/// A font file with the outlines of some glyphs only. Glyphs keep their numbers, so that a glyph made of others still finds its parts and
/// a PDF needs no map between the two; the empty places cost nothing once compressed.
/// </summary>
internal static class FontSubset
{
    // Flags of a composite glyph's component, OpenType specification, table glyf.
    private const int WordArguments = 0x01;
    private const int OneScale = 0x08;
    private const int MoreComponents = 0x20;
    private const int TwoScales = 0x40;
    private const int FourScales = 0x80;

    public static byte[] Of(TrueTypeFont font, IEnumerable<ushort> glyphs)
    {
        var kept = WithParts(font, glyphs);
        var outlines = new MemoryStream();
        var locations = new byte[4 * (font.GlyphCount + 1)];
        var metrics = new byte[font.Table("hmtx").Length];
        var advances = BinaryPrimitives.ReadUInt16BigEndian(font.Table("hhea")[34..]);
        for (var glyph = 0; glyph < font.GlyphCount; glyph++)
        {
            BinaryPrimitives.WriteInt32BigEndian(locations.AsSpan(4 * glyph), (int)outlines.Length);
            if (!kept.Contains((ushort)glyph)) continue;
            var outline = font.Outline((ushort)glyph);
            outlines.Write(outline);
            outlines.SetLength((outlines.Length + 3) & ~3);
            outlines.Position = outlines.Length;
            var (at, length) = glyph < advances ? (4 * glyph, 4) : (4 * advances + 2 * (glyph - advances), 2);
            font.Table("hmtx").Slice(at, length).CopyTo(metrics.AsSpan(at));
        }
        BinaryPrimitives.WriteInt32BigEndian(locations.AsSpan(4 * font.GlyphCount), (int)outlines.Length);
        var head = font.Table("head").ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(50), 1);
        return Assemble(
        [
            ("cvt ", font.Table("cvt ").ToArray()), ("fpgm", font.Table("fpgm").ToArray()), ("glyf", outlines.ToArray()), ("head", head),
            ("hhea", font.Table("hhea").ToArray()), ("hmtx", metrics), ("loca", locations), ("maxp", font.Table("maxp").ToArray()),
            ("prep", font.Table("prep").ToArray()),
        ]);
    }

    private static HashSet<ushort> WithParts(TrueTypeFont font, IEnumerable<ushort> glyphs)
    {
        var kept = new HashSet<ushort>();
        // Glyph 0 is the one of missing characters: a font must have it.
        var open = new Stack<ushort>([0, .. glyphs]);
        while (open.TryPop(out var glyph))
            if (kept.Add(glyph))
                foreach (var part in Parts(font.Outline(glyph)))
                    open.Push(part);
        return kept;
    }

    private static List<ushort> Parts(ReadOnlySpan<byte> outline)
    {
        var parts = new List<ushort>();
        if (outline.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0) return parts;
        int flags;
        var at = 10;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            parts.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            at += 4 + ((flags & WordArguments) != 0 ? 4 : 2);
            at += (flags & OneScale) != 0 ? 2 : (flags & TwoScales) != 0 ? 4 : (flags & FourScales) != 0 ? 8 : 0;
        }
        while ((flags & MoreComponents) != 0);
        return parts;
    }

    private static byte[] Assemble(IReadOnlyList<(string Tag, byte[] Data)> tables)
    {
        var start = 12 + 16 * tables.Count;
        var file = new byte[start + tables.Sum(t => Padded(t.Data))];
        var log = (int)Math.Log2(tables.Count);
        WriteUInt16s(file.AsSpan(4), tables.Count, 16 << log, log, 16 * (tables.Count - (1 << log)));
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00010000);
        var (headAt, entry) = (0, 12);
        foreach (var (tag, data) in tables)
        {
            data.CopyTo(file, start);
            Encoding.ASCII.GetBytes(tag, file.AsSpan(entry));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(entry + 4), Sum(file.AsSpan(start, Padded(data))));
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(entry + 8), start);
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(entry + 12), data.Length);
            if (tag == "head") headAt = start;
            (start, entry) = (start + Padded(data), entry + 16);
        }
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(headAt + 8), unchecked(0xB1B0AFBA - Sum(file)));
        return file;
    }

    private static int Padded(byte[] table) => (table.Length + 3) & ~3;

    private static uint Sum(ReadOnlySpan<byte> table)
    {
        var sum = 0u;
        for (; table.Length >= 4; table = table[4..])
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(table));
        return sum;
    }

    private static void WriteUInt16s(Span<byte> at, params ReadOnlySpan<int> values)
    {
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(at[(2 * i)..], (ushort)values[i]);
    }
}
