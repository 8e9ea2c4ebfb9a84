using System.Runtime.CompilerServices;

namespace Dunning.Service.Import;

/// <summary>Reads a ledger as accounting programs export it: CSV in French or English, or JSON lines.</summary>
public static class LedgerReader
{
    /// <summary>Yields one result per data line, in order, holding only a few lines in memory. Blank lines yield nothing.</summary>
    /// <param name="stream">UTF-8 (with or without mark) or Windows-1252; read once, asynchronously, and left open.</param>
    /// <exception cref="LedgerRefused">Before the first line: empty, binary, or a header without its mandatory columns.</exception>
    public static async IAsyncEnumerable<ImportLine> Read(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var text = new LedgerText(stream);
        var head = await text.Peek(cancellationToken);
        Refuse(head.Span);
        var lines = head.Span.TrimStart(Blank)[0] == (byte)'{'
            ? JsonLines.Read(text, cancellationToken)
            : CsvLines.Read(text, head, cancellationToken);
        await foreach (var line in lines)
            yield return line;
    }

    private static ReadOnlySpan<byte> Blank => " \t\r\n"u8;

    internal static void Refuse(ReadOnlySpan<byte> head)
    {
        if (head.TrimStart(Blank).IsEmpty)
            throw new LedgerRefused("emptyFile", "The file is empty.");
        foreach (var b in head)
            if (b < ' ' && !Blank.Contains(b))
                throw new LedgerRefused("binaryFile", "This is not a text file. Export the ledger as CSV (UTF-8 or Windows-1252) or JSON lines.");
    }
}
