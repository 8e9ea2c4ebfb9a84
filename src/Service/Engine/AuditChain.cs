using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Service.Engine;

/// <summary>
/// Chains the log of a case: each hash is SHA-256 over the one before it, the sequence number, the instant, who brought the event and its
/// bytes. An event changed or taken away breaks every hash after it (P12).
/// </summary>
public static class AuditChain
{
    public const int HashBytes = 32;

    public static byte[] Next(ReadOnlySpan<byte> previous, long seq, DateTimeOffset at, string by, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(head, seq);
        BinaryPrimitives.WriteInt64BigEndian(head[8..], at.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(head[16..], Encoding.UTF8.GetByteCount(by));
        hash.AppendData(previous);
        hash.AppendData(head);
        hash.AppendData(Encoding.UTF8.GetBytes(by));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
