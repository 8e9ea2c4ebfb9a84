namespace Dunning.Service.Postage;

/// <summary>
/// Holds what an archive writes until it is passed on: archives write some of their bytes synchronously, which the bodies of HTTP answers refuse.
/// </summary>
internal sealed class Outflow : Stream
{
    private readonly MemoryStream _held = new();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public async Task PassOn(Stream output, CancellationToken ct)
    {
        _held.Position = 0;
        await _held.CopyToAsync(output, ct);
        _held.SetLength(0);
        await output.FlushAsync(ct);
    }

    public override void Write(byte[] buffer, int offset, int count) => _held.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => _held.Write(buffer);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _held.Dispose();
        base.Dispose(disposing);
    }
}
