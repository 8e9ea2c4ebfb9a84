using Dunning.Service.Webhooks;

namespace Dunning.Service.Links;

/// <summary>
/// How a creditor is paid online: by links its provider makes, or by an address of its own. Provider null makes no links; the keys of providers it had stay, since
/// links made with them must still be revoked and asked after.
/// </summary>
public sealed record PaymentSettings(string Creditor)
{
    public string? Provider { get; init; }

    public IReadOnlyList<ProviderKey> Keys { get; init; } = [];

    /// <summary>Where debtors pay without a provider, or while it does not answer; see <see cref="UrlTemplate"/>.</summary>
    public string? Template { get; init; }

    /// <summary>Where the provider sends whoever has paid.</summary>
    public string? ReturnUrl { get; init; }

    public ProviderKey? Key(string provider) => Keys.FirstOrDefault(k => k.Provider == provider);
}

/// <summary>A provider's API key, kept as it is, since requests are made with it, and never shown; <c>env:NAME</c> stands for one in the environment.</summary>
public sealed record ProviderKey(string Provider, string Value, DateTimeOffset CreatedAt)
{
    /// <summary>The only names of the environment that are read for it.</summary>
    public const string Prefix = "DUNNING_PAYMENTS_";

    public string Fingerprint => Secrets.Fingerprint(Value);

    public string? Environment => Secrets.Environment(Value);
}
