using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dunning.Service.Audit;

namespace Dunning.Service.Engine;

/// <summary>
/// Chains the log of a case: each hash is SHA-256 over the one before it, the sequence number, the instant, who brought the event and its
/// bytes. An event changed or taken away breaks every hash after it (P12). Personal data stands beside those bytes (<see cref="LogBody"/>), so that it can be erased.
/// </summary>
public static class AuditChain
{
    private const int HeadBytes = 24;

    public static byte[] Next(ReadOnlySpan<byte> previous, long seq, DateTimeOffset at, string by, ReadOnlySpan<byte> body, LogFormat format = LogFormat.Plain)
    {
        var length = previous.Length + HeadBytes + Encoding.UTF8.GetByteCount(by) + body.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        var rest = rented.AsSpan(0, length);
        previous.CopyTo(rest);
        rest = rest[previous.Length..];
        BinaryPrimitives.WriteInt64BigEndian(rest, seq);
        BinaryPrimitives.WriteInt64BigEndian(rest[8..], at.UtcTicks);
        // The format in the highest byte, where the length never reaches: plain rows hash as they did before there were others.
        BinaryPrimitives.WriteInt64BigEndian(rest[16..], (uint)Encoding.UTF8.GetByteCount(by) | ((long)format << 56));
        rest = rest[HeadBytes..];
        body.CopyTo(rest[Encoding.UTF8.GetBytes(by, rest)..]);
        // At once over one buffer: feeding it piece by piece costs several times the hash.
        var hash = SHA256.HashData(rented.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }
}
