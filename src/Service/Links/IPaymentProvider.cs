using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dunning.Domain;
using Dunning.Service.Webhooks.Folding;

namespace Dunning.Service.Links;

/// <summary>The provider did not answer, has no time, or does not let us in: nobody knows, and it is asked again later.</summary>
public sealed class ProviderUnreached(string why) : Exception(why);

/// <summary>The provider understood and said no.</summary>
public sealed class ProviderRefused(string why) : Exception(why);

/// <summary>The link to make: for this case and this amount, the case's id inside. Existing is a link of the same order whose address has run out.</summary>
public sealed record LinkOrder(string CaseId, string Number, Money Amount, int Ordinal, string? ReturnUrl)
{
    public string? Existing { get; init; }

    /// <summary>The same for the same order, whoever sends it and however often.</summary>
    public string Key(string act) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{act}\n{CaseId}\n{Number}\n{Amount}\n{Ordinal}\n{ReturnUrl}"))))[..40];
}

public sealed record MadeLink(string Id, string Url, DateTimeOffset? ExpiresAt = null);

/// <summary>
/// What we ask of a payment provider. Every call may throw <see cref="ProviderUnreached"/>; all but <see cref="Ask"/> also <see cref="ProviderRefused"/>.
/// </summary>
public interface IPaymentProvider
{
    string Provider { get; }

    /// <summary>Made once for an order, however often it is asked for.</summary>
    Task<MadeLink> Make(string apiKey, LinkOrder order, CancellationToken ct);

    /// <summary>Nobody can pay by it any more; one that is paid, revoked or unknown already is no error.</summary>
    Task Revoke(string apiKey, string linkId, CancellationToken ct);

    /// <summary>All the provider knows of the money of a link, or of one payment, in the words its webhooks use. Nothing for an object that is not of this account.</summary>
    Task<IReadOnlyList<Telling>> Ask(string apiKey, string objectId, CancellationToken ct);
}
