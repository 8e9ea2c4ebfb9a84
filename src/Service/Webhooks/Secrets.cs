using Dunning.Service.Webhooks.Verifying;

namespace Dunning.Service.Webhooks;

/// <summary>
/// Reads what a secret stands for, at each use, so that a rotation in the environment needs nothing else. Only names that begin with DUNNING_WEBHOOK_ are read: the
/// settings of a creditor are no way into the rest of the environment.
/// </summary>
public sealed class Secrets(Func<string, string?> environment)
{
    public const string Prefix = "DUNNING_WEBHOOK_";

    public static bool IsReadable(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    public WebhookSecrets Of(WebhookSettings settings) => new([.. settings.Secrets.Select(s => Value(s.Value)).OfType<string>()], settings.WebhookId);

    private string? Value(string secret) => !secret.StartsWith(WebhookSecret.Reference, StringComparison.Ordinal) ? secret
        : secret[WebhookSecret.Reference.Length..] is var name && IsReadable(name) && environment(name) is { Length: > 0 } value ? value : null;
}
