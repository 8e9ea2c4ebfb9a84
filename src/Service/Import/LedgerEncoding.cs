using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Dunning.Service.Import;

/// <summary>
/// Turns UTF-8 or Windows-1252 into UTF-8 as it streams by. The first byte beyond ASCII decides: up to there both are the same.
/// In UTF-8, what is not valid becomes U+FFFD, which the readers report on its line.
/// </summary>
internal sealed class LedgerEncoding
{
    /// <summary>One byte becomes three at most (€ in Windows-1252, U+FFFD in UTF-8).</summary>
    public const int MaxGrowth = 3;

    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private Encoding? known;

    public static bool HasReplacement(ReadOnlySpan<byte> text) => text.IndexOf("\uFFFD"u8) >= 0;

    /// <summary>Leaves a sequence cut at the end for the next call, unless it is the last.</summary>
    public int ToUtf8(ReadOnlySpan<byte> raw, bool last, Span<byte> output, out int consumed)
    {
        known ??= Decide(raw, last);
        if (known == Windows1252)
        {
            consumed = raw.Length;
            return FromWindows1252(raw, output);
        }
        return FromUtf8(raw, last, output, out consumed);
    }

    private static Encoding? Decide(ReadOnlySpan<byte> raw, bool last)
    {
        var first = raw.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        if (first < 0)
            return null;
        return Rune.DecodeFromUtf8(raw[first..], out _, out _) switch
        {
            OperationStatus.Done => Encoding.UTF8,
            OperationStatus.NeedMoreData when !last => null,
            _ => Windows1252,
        };
    }

    private static int FromUtf8(ReadOnlySpan<byte> raw, bool last, Span<byte> output, out int consumed)
    {
        if (Utf8.IsValid(raw))
        {
            raw.CopyTo(output);
            consumed = raw.Length;
            return consumed;
        }
        var written = 0;
        for (consumed = 0; consumed < raw.Length;)
        {
            var status = Rune.DecodeFromUtf8(raw[consumed..], out var rune, out var length);
            if (status == OperationStatus.NeedMoreData && !last)
                break;
            written += rune.EncodeToUtf8(output[written..]);
            consumed += length;
        }
        return written;
    }

    private static int FromWindows1252(ReadOnlySpan<byte> raw, Span<byte> output)
    {
        Span<char> chars = stackalloc char[512];
        var written = 0;
        for (; !raw.IsEmpty; raw = raw[Math.Min(raw.Length, chars.Length)..])
        {
            var count = Windows1252.GetChars(raw[..Math.Min(raw.Length, chars.Length)], chars);
            written += Encoding.UTF8.GetBytes(chars[..count], output[written..]);
        }
        return written;
    }
}
