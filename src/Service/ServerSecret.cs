using System.Security.Cryptography;
using System.Text;

namespace Dunning.Service;

/// <summary>
/// Chance that this installation alone knows and keeps apart from its data: the links it gives out are made with it. Each purpose has a key of its own, so that what is
/// made for one is worth nothing for another. Null: whatever needs it is not there.
/// </summary>
public sealed class ServerSecret(byte[]? secret)
{
    /// <summary>The debtors' pages.</summary>
    public const string DebtorPages = "debtor-pages";

    /// <summary>The links of what creditors are told.</summary>
    public const string NoticeLinks = "notice-links";

    /// <summary>What forms of the console are tied to where somebody else signs people in.</summary>
    public const string ConsoleForms = "console-forms";

    /// <summary>Characters a secret that somebody chose has at least.</summary>
    public const int LeastLength = 32;

    public bool IsSet => secret is not null;

    /// <summary>256 bits: an HMAC-SHA256 over the purpose.</summary>
    /// <exception cref="InvalidOperationException">There is no secret.</exception>
    public byte[] KeyFor(string purpose) => HMACSHA256.HashData(secret ?? throw new InvalidOperationException("This host has no secret."), Encoding.UTF8.GetBytes(purpose));
}
