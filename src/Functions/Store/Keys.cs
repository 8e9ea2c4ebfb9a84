using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Functions.Store;

/// <summary>
/// Keys that the table service accepts and orders as we mean. What is not plain, or long, goes in by its hash: keys are no place for what people
/// write, and hold at most 512 characters. Parts are joined by '!', which comes before every plain character, so that a shorter part comes first.
/// </summary>
internal static class Keys
{
    /// <summary>In how many partitions what belongs together is spread: 16 times 2,000 rows a second is more than an account gives.</summary>
    public const int Buckets = 16;

    public const char Separator = '!';

    /// <summary>The character after the separator: what begins with "a!" lies between "a!" and "a\"".</summary>
    private const char AfterSeparator = '"';

    private const int LongestPlain = 80;
    private const int OrderedBytes = 100;

    public static string Join(params ReadOnlySpan<string?> parts) => string.Join(Separator, parts);

    /// <summary>The text itself when it is plain and short, else its hash.</summary>
    public static string Of(string text) => text.Length is > 0 and <= LongestPlain && text.All(IsPlain) ? text : "=" + Hash(text);

    public static string Hash(params ReadOnlySpan<string?> parts) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));

    /// <summary>Twenty digits, in the order of the numbers, negative ones first.</summary>
    public static string Ordered(long number) => unchecked((ulong)(number ^ long.MinValue)).ToString("D20", CultureInfo.InvariantCulture);

    public static string Reversed(long number) => Ordered(~number);

    /// <summary>A text as far as it fits, in the order of its UTF-8 bytes. Longer ones that begin alike stand together, in no order.</summary>
    public static string Ordered(string text) => Convert.ToHexStringLower(Start(text));

    /// <summary>Ends with a character after every digit: what is longer comes first.</summary>
    public static string Reversed(string text) => Convert.ToHexStringLower([.. Start(text).Select(b => (byte)(byte.MaxValue - b))]) + "~";

    /// <summary>An id in the order of its UTF-8 bytes. One that does not fit is kept apart from its like by its hash.</summary>
    public static string OrderedId(string id) =>
        Ordered(id) + (Encoding.UTF8.GetByteCount(id) > OrderedBytes ? Separator + Hash(id) : "");

    public static string Seq(long seq) => seq.ToString("D10", CultureInfo.InvariantCulture);

    public static string Bucket(string id) => Bucket(SHA256.HashData(Encoding.UTF8.GetBytes(id))[0] % Buckets);

    public static IEnumerable<string> AllBuckets() => Enumerable.Range(0, Buckets).Select(Bucket);

    /// <summary>The first key after everything that begins with a key and a separator.</summary>
    public static string After(string key) => key.TrimEnd(Separator) + AfterSeparator;

    /// <summary>Whether a text could be part of a key made here; a cursor of somebody else's making could not.</summary>
    public static bool IsKey(string text) => text.All(c => IsPlain(c) || c is Separator or '=');

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~';

    private static string Bucket(int number) => number.ToString("x", CultureInfo.InvariantCulture);

    private static byte[] Start(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= OrderedBytes ? bytes : bytes[..OrderedBytes];
    }
}
