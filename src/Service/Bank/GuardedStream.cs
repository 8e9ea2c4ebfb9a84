namespace Dunning.Service.Bank;

/// <summary>
/// A request's body that cannot grow without end, nor, as XML, without a tag: a name, an attribute or a text of hundreds of megabytes would have to be held in
/// memory by whoever parses it.
/// </summary>
internal sealed class GuardedStream(Stream source, long most, bool oneTagAtATime) : Stream
{
    private const int MostWithoutTag = 1024 * 1024;

    private byte[] _head = [];
    private int _given;
    private long _read;
    private long _sinceTag;

    public bool OneTagAtATime { get; set; } = oneTagAtATime;

    /// <summary>The first bytes, still to be read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> Peek(int wanted, CancellationToken ct)
    {
        var head = new byte[wanted];
        var length = await source.ReadAtLeastAsync(head, wanted, throwOnEndOfStream: false, ct);
        _head = head[..length];
        return _head;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        if (_given < _head.Length)
        {
            count = Math.Min(buffer.Length, _head.Length - _given);
            _head.AsMemory(_given, count).CopyTo(buffer);
            _given += count;
        }
        else
        {
            count = await source.ReadAsync(buffer, cancellationToken);
        }
        Watch(buffer.Span[..count]);
        return count;
    }

    private void Watch(ReadOnlySpan<byte> read)
    {
        _read += read.Length;
        if (_read > most)
            throw new StatementRefused("tooLarge", $"The file is larger than {most / (1024 * 1024)} MB; send it in parts.");
        var tag = read.LastIndexOf((byte)'<');
        _sinceTag = tag < 0 ? _sinceTag + read.Length : read.Length - tag;
        if (OneTagAtATime && _sinceTag > MostWithoutTag)
            throw new StatementRefused("tooLong", "The file holds a name or a value of more than 1 MB.");
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A request body is read asynchronously.");
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override void Flush()
    {
    }
}
