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

    public static bool IsReadable(string name, string prefix = Prefix) => name.StartsWith(prefix, StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>
    /// Why somebody may not name this variable for a creditor; null when they may. A key of some creditors names their own only, <c>PREFIX_CREDITOR__…</c>: it is no way to
    /// the accounts of others.
    /// </summary>
    public static string? Fault(string reference, string prefix, Caller caller, string creditor)
    {
        var own = caller.Creditors is null ? prefix : $"{prefix}{Upper(creditor)}__";
        return IsReadable(reference[WebhookSecret.Reference.Length..], own) ? null : $"must name an environment variable that begins with {own}.";
    }

    private static string Upper(string creditor) =>
        string.Join('_', new string([.. creditor.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public WebhookSecrets Of(WebhookSettings settings) => new([.. settings.Secrets.Select(s => Value(s.Value, Prefix)).OfType<string>()], settings.WebhookId);

    /// <summary>Null when the name it gives is not to be read, or stands for nothing.</summary>
    public string? Value(string secret, string prefix) => !secret.StartsWith(WebhookSecret.Reference, StringComparison.Ordinal) ? secret
        : secret[WebhookSecret.Reference.Length..] is var name && IsReadable(name, prefix) && environment(name) is { Length: > 0 } value ? value : null;
}
