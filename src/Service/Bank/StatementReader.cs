using System.Runtime.CompilerServices;

namespace Dunning.Service.Bank;

/// <summary>Reads a bank statement as it streams by: camt.053 and camt.054 of any version, or the CSV exports of banks.</summary>
public static class StatementReader
{
    /// <summary>The largest statement read: beyond it the file is refused, whatever was read of it stands.</summary>
    public const long MaxBytes = 600L * 1024 * 1024;

    private const int Head = 4096;

    /// <param name="format">camt or csv; null looks at the file.</param>
    /// <param name="profile">The bank whose CSV it is; null goes by its header.</param>
    /// <exception cref="StatementRefused">The file cannot be read, or no further.</exception>
    public static async IAsyncEnumerable<StatementPart> Read(Stream body, string? format, CsvProfile? profile, CsvProfiles profiles, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var guarded = new GuardedStream(body, MaxBytes, oneTagAtATime: false);
        var head = await guarded.Peek(Head, ct);
        if (head.Span.TrimStart(" \t\r\n"u8).IsEmpty)
            throw new StatementRefused("emptyFile", "The file is empty.");
        var isCamt = format == "camt" || (format is null && LooksLikeXml(head.Span));
        if (isCamt)
            guarded.OneTagAtATime = true;
        var parts = isCamt ? CamtReader.Read(guarded, ct) : CsvStatement.Read(guarded, profile, profiles, ct);
        await foreach (var part in parts)
            yield return part;
    }

    // "<" after a mark and blanks, in UTF-8 or either UTF-16.
    private static bool LooksLikeXml(ReadOnlySpan<byte> head)
    {
        foreach (var b in head)
            if (b == '<')
                return true;
            else if (b is not (0xEF or 0xBB or 0xBF or 0xFE or 0xFF or 0 or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                return false;
        return false;
    }
}
