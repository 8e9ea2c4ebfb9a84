using System.Security.Cryptography;
using System.Text;
using Dunning.Service.Api;
using Dunning.Service.Webhooks.Verifying;

namespace Dunning.Service.Webhooks;

/// <summary>
/// Reads what a secret stands for, at each use, so that a rotation in the environment needs nothing else. Only names that begin as its kind of secret does are read: the
/// settings of a creditor are no way into the rest of the environment.
/// </summary>
public sealed class Secrets(Func<string, string?> environment)
{
    public const string Prefix = "DUNNING_WEBHOOK_";

    private const string Reference = "env:";
    private const int Longest = 256;

    private static bool IsReadable(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>
    /// What is wrong with a secret somebody gives; null when nothing is. A key of some creditors names their own variables only, <c>PREFIX_CREDITOR__…</c>: it is no way
    /// to the accounts of others.
    /// </summary>
    /// <param name="least">How long one that is written out must be.</param>
    public static string? Fault(string secret, string prefix, int least, Caller caller, string creditor)
    {
        if (Environment(secret) is { } name)
        {
            var own = caller.Creditors is null ? prefix : $"{prefix}{Upper(creditor)}__";
            return IsReadable(name, own) ? null : $"must name an environment variable that begins with {own}.";
        }
        return secret.Length < least || secret.Length > Longest || !WebhookRequest.IsPlain(secret) || secret.Contains(' ', StringComparison.Ordinal)
            ? $"must be {least} to {Longest} printable characters without spaces."
            : null;
    }

    /// <summary>Enough to tell two apart, too little to guess one.</summary>
    public static string Fingerprint(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))[..4];

    /// <summary>The variable it stands for; null for one that is written out.</summary>
    public static string? Environment(string secret) => secret.StartsWith(Reference, StringComparison.Ordinal) ? secret[Reference.Length..] : null;

    private static string Upper(string creditor) =>
        string.Join('_', new string([.. creditor.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public WebhookSecrets Of(WebhookSettings settings) => new([.. settings.Secrets.Select(s => Value(s.Value, Prefix)).OfType<string>()], settings.WebhookId);

    /// <summary>Null when the name it gives is not to be read, or stands for nothing.</summary>
    public string? Value(string secret, string prefix) =>
        Environment(secret) is not { } name ? secret : IsReadable(name, prefix) && environment(name) is { Length: > 0 } value ? value : null;
}
