using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dunning.Service.Links;

/// <summary>What a link lets whoever has it do: one thing, to one case of one creditor, until an instant.</summary>
public sealed record SignedLink(string Purpose, string Creditor, string CaseId, DateTimeOffset Until);

/// <summary>
/// Links that need no login: they say what they are for, and carry an HMAC-SHA256 over it. Nothing is kept for each; one that was changed, forged, or is over is as good as none.
/// </summary>
/// <param name="key">256 bits at least, for this use alone.</param>
public sealed class SignedLinks(ReadOnlyMemory<byte> key)
{
    private const int MacBytes = 24;
    private const int Longest = 600;

    public string Write(SignedLink link)
    {
        var said = Encoding.UTF8.GetBytes(string.Join('\n', link.Purpose, link.Creditor, link.CaseId, link.Until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        return $"{Base64Url.EncodeToString(said)}.{Base64Url.EncodeToString(Mac(said))}";
    }

    /// <summary>Null for whatever is not a link of ours that is still good.</summary>
    public SignedLink? Read(string token, DateTimeOffset now)
    {
        if (token.Length > Longest || token.Split('.') is not [var said, var mac] || Decode(said) is not { } bytes || Decode(mac) is not { } presented || !CryptographicOperations.FixedTimeEquals(Mac(bytes), presented))
            return null;
        return Encoding.UTF8.GetString(bytes).Split('\n') is [var purpose, var creditor, var caseId, var until] && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && DateTimeOffset.FromUnixTimeSeconds(seconds) is var end && now < end
                ? new(purpose, creditor, caseId, end)
                : null;
    }

    private byte[] Mac(byte[] said) => HMACSHA256.HashData(key.Span, said)[..MacBytes];

    private static byte[]? Decode(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
