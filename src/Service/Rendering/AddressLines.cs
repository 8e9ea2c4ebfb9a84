using Dunning.Domain;

namespace Dunning.Service.Rendering;

/// <summary>A postal address as lines.</summary>
public static class AddressLines
{
    public static IEnumerable<string> Of(PostalAddress address) =>
        new[] { address.Line1, address.Line2, $"{address.PostalCode} {address.City}" }.Where(l => !string.IsNullOrEmpty(l)).Select(l => l!);
}
