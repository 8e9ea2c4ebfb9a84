using Dunning.Domain;

namespace Dunning.Service.Rendering;

/// <summary>A postal address as lines.</summary>
public static class AddressLines
{
    public static string OnOneLine(PostalAddress address) => string.Join(", ", Of(address));

    /// <summary>As on an envelope, the name first.</summary>
    public static string Block(string name, PostalAddress? address) => string.Join('\n', (address is null ? [] : Of(address)).Prepend(name));

    public static IEnumerable<string> Of(PostalAddress address) =>
        new[] { address.Line1, address.Line2, $"{address.PostalCode} {address.City}" }.Where(l => !string.IsNullOrEmpty(l)).Select(l => l!);
}
