using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Service.Letters.Pdf;

/// <summary>The file under a document: numbered objects, then the table of where each starts (ISO 32000-1, 7.5).</summary>
internal sealed class PdfFile
{
    private readonly List<byte[]> objects = [];

    /// <summary>A number for an object that others point to before it can be written.</summary>
    public int Reserve()
    {
        objects.Add([]);
        return objects.Count;
    }

    public void Set(int number, string value) => objects[number - 1] = Encoding.ASCII.GetBytes(value);

    public int Add(string value)
    {
        objects.Add(Encoding.ASCII.GetBytes(value));
        return objects.Count;
    }

    /// <summary>A compressed stream; <paramref name="entries"/> join its dictionary.</summary>
    public int AddStream(byte[] data, string entries = "")
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(data);
        objects.Add([
            .. Encoding.ASCII.GetBytes($"<</Filter/FlateDecode/Length {packed.Length}{entries}>>\nstream\n"),
            .. packed.GetBuffer().AsSpan(0, (int)packed.Length), .. "\nendstream"u8]);
        return objects.Count;
    }

    /// <summary>The whole file. Its identity is the hash of its content: the same document is the same bytes on every day.</summary>
    public byte[] ToBytes(int catalog, int info)
    {
        using var file = new MemoryStream();
        // The second line tells programs that copy files that this one is binary.
        file.Write("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n"u8);
        var table = new StringBuilder($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        for (var i = 0; i < objects.Count; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:D10} 00000 n \n");
            file.Write(Encoding.ASCII.GetBytes($"{i + 1} 0 obj\n"));
            file.Write(objects[i]);
            file.Write("\nendobj\n"u8);
        }
        var id = Convert.ToHexString(SHA256.HashData(file.GetBuffer().AsSpan(0, (int)file.Length)).AsSpan(0, 16));
        var start = file.Length;
        table.Append(CultureInfo.InvariantCulture,
            $"trailer\n<</Size {objects.Count + 1}/Root {catalog} 0 R/Info {info} 0 R/ID[<{id}><{id}>]>>\nstartxref\n{start}\n%%EOF\n");
        file.Write(Encoding.ASCII.GetBytes(table.ToString()));
        return file.ToArray();
    }

    /// <summary>A text string: written in hexadecimal, nothing in it can end it.</summary>
    public static string Text(string text) => text.All(char.IsAscii)
        ? $"<{Convert.ToHexString(Encoding.ASCII.GetBytes(text))}>"
        : $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
}
