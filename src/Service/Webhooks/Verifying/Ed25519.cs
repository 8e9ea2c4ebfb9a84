using System.Numerics;
using System.Security.Cryptography;

namespace Dunning.Service.Webhooks.Verifying;

/// <summary>
/// Checks signatures of RFC 8032, section 5.1.7, which .NET has no type for. Only public values go through it, so that it need not take the same time for
/// all. Points are in extended coordinates (X, Y, Z, T).
/// </summary>
public static class Ed25519
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);
    private static readonly Point Zero = new(0, 1, 1, 0);
    private static readonly Point Base = Decode(Number(Mod(4 * Inverse(5)), 32))!.Value;

    public static bool IsSigned(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != 32 || signature.Length != 64)
            return false;
        var s = Number(signature[32..]);
        if (s >= Order || Decode(publicKey) is not { } key || Decode(signature[..32]) is not { } r)
            return false;
        var k = Number(SHA512.HashData([.. signature[..32], .. publicKey, .. message])) % Order;
        return Same(Multiply(s, Base), Add(r, Multiply(k, key)));
    }

    private static BigInteger Number(ReadOnlySpan<byte> littleEndian) => new(littleEndian, isUnsigned: true);

    private static byte[] Number(BigInteger value, int length)
    {
        var bytes = new byte[length];
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    // 5.1.3: y, and in the last bit the sign of x.
    private static Point? Decode(ReadOnlySpan<byte> bytes)
    {
        var y = Number(bytes) & ((BigInteger.One << 255) - 1);
        if (y >= P)
            return null;
        var (u, v) = (Mod(y * y - 1), Mod(D * y * y + 1));
        var x = Mod(u * BigInteger.ModPow(v, 3, P) * BigInteger.ModPow(u * BigInteger.ModPow(v, 7, P), (P - 5) / 8, P));
        if (Mod(v * x * x) != u)
            x = Mod(x * RootOfMinusOne);
        if (Mod(v * x * x) != u || (x.IsZero && bytes[31] >> 7 == 1))
            return null;
        if ((int)(x & 1) != bytes[31] >> 7)
            x = P - x;
        return new(x, y, 1, Mod(x * y));
    }

    // 5.1.4.
    private static Point Add(Point a, Point b)
    {
        var (m, n) = (Mod((a.Y - a.X) * (b.Y - b.X)), Mod((a.Y + a.X) * (b.Y + b.X)));
        var (c, d) = (Mod(2 * D * a.T * b.T), Mod(2 * a.Z * b.Z));
        var (e, f, g, h) = (n - m, d - c, d + c, n + m);
        return new(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    private static Point Multiply(BigInteger times, Point point)
    {
        var product = Zero;
        for (; times > 0; times >>= 1, point = Add(point, point))
            if (!times.IsEven)
                product = Add(product, point);
        return product;
    }

    private static bool Same(Point a, Point b) => Mod(a.X * b.Z - b.X * a.Z).IsZero && Mod(a.Y * b.Z - b.Y * a.Z).IsZero;

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, P - 2, P);

    private static BigInteger Mod(BigInteger value) => BigInteger.Remainder(value, P) is var rest && rest.Sign < 0 ? rest + P : rest;

    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T);
}
