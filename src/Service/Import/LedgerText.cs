namespace Dunning.Service.Import;

/// <summary>
/// A ledger's bytes as UTF-8 without mark, whatever they were; a line longer than <see cref="MaxLine"/> bytes arrives cut to one byte more
/// than that, so that no reader behind needs more memory than a line may take.
/// </summary>
internal sealed class LedgerText(Stream source) : Stream
{
    public const int MaxLine = 64 * 1024;
    private const int Block = 16 * 1024;

    private readonly LedgerEncoding encoding = new();
    private readonly byte[] raw = new byte[Block];
    private readonly byte[] ready = new byte[Block + Block * LedgerEncoding.MaxGrowth];
    private int held, start, end, lineLength;
    private bool ended;

    private static ReadOnlySpan<byte> LineBreaks => "\r\n"u8;

    /// <summary>The first bytes, still to be read: the whole first line that is not blank, or as much of it as fits.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> Peek(CancellationToken cancellationToken)
    {
        while (!ended && end < Block && ready.AsSpan(0, end).TrimStart(" \t\r\n"u8).IndexOfAny(LineBreaks) < 0)
            await Fill(cancellationToken);
        if (ready.AsSpan(0, end).StartsWith("\uFEFF"u8))
            start = "\uFEFF"u8.Length;
        return ready.AsMemory(start..end);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (start == end && !ended)
        {
            start = end = 0;
            await Fill(cancellationToken);
        }
        var count = Math.Min(buffer.Length, end - start);
        ready.AsMemory(start, count).CopyTo(buffer);
        start += count;
        return count;
    }

    private async ValueTask Fill(CancellationToken cancellationToken)
    {
        var read = await source.ReadAsync(raw.AsMemory(held), cancellationToken);
        ended = read == 0;
        var available = raw.AsSpan(0, held + read);
        var written = encoding.ToUtf8(available, ended, ready.AsSpan(end), out var consumed);
        available[consumed..].CopyTo(raw);
        held = available.Length - consumed;
        end += Cut(ready.AsSpan(end, written));
    }

    /// <summary>Drops what is beyond the longest line. A chunk is shorter than that, so only its first line can be too long.</summary>
    private int Cut(Span<byte> chunk)
    {
        var first = chunk.IndexOfAny(LineBreaks);
        var head = first < 0 ? chunk.Length : first;
        var excess = Math.Clamp(lineLength + head - (MaxLine + 1), 0, head);
        lineLength = first < 0
            ? lineLength + head - excess
            : chunk.Length - 1 - chunk.LastIndexOfAny(LineBreaks);
        chunk[head..].CopyTo(chunk[(head - excess)..]);
        return chunk.Length - excess;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A request body is read asynchronously.");
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush()
    {
    }
}
