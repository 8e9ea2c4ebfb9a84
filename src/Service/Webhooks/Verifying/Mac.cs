using System.Security.Cryptography;
using System.Text;

namespace Dunning.Service.Webhooks.Verifying;

/// <summary>HMAC-SHA256 over bytes, and its comparison with what was presented, in constant time.</summary>
internal static class Mac
{
    private const int Bytes = 32;

    public static byte[] Of(ReadOnlySpan<byte> key, string prefix, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(prefix));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    /// <summary>Lower-case hexadecimal, as every provider writes it: another spelling is not theirs.</summary>
    public static bool IsHex(this byte[] expected, ReadOnlySpan<char> presented)
    {
        if (presented.Length != 2 * Bytes || presented.ContainsAnyInRange('A', 'F'))
            return false;
        Span<byte> bytes = stackalloc byte[Bytes];
        return Convert.FromHexString(presented, bytes, out _, out _) == System.Buffers.OperationStatus.Done && CryptographicOperations.FixedTimeEquals(bytes, expected);
    }

    public static bool IsBase64(this byte[] expected, ReadOnlySpan<char> presented)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return presented.Length == 44 && Convert.TryFromBase64Chars(presented, bytes, out var written) && written == Bytes
            && CryptographicOperations.FixedTimeEquals(bytes, expected);
    }
}
