using System.Net;
using System.Net.Sockets;

namespace Dunning.Service.Outgoing;

/// <summary>
/// Where what others name may be reached: https, on the public internet, nothing of this machine, its network or its cloud. Names are judged by the addresses they
/// have when a connection is made, and the connection goes to one of those.
/// </summary>
/// <param name="Loopback">This machine, by http too: for development and tests only.</param>
public sealed record EgressRules(bool Loopback = false)
{
    private const int MostLength = 500;
    private const int LeastFreePort = 1024;

    // IANA's special-purpose registries (RFC 6890), and what clouds keep for themselves.
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Azure's own host: DNS, DHCP and the health of the machine, behind a public address.
            "168.63.129.16/32",
            // Teredo, ORCHID and the other protocol assignments; documentation; discarded.
            "2001::/23", "2001:db8::/32", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    // Beside it there are mapped, local, link-local, site-local and multicast addresses, and none that a platform has.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>What is wrong with an address to send to; null when nothing is. A name is not looked up: that is for the moment of sending.</summary>
    public string? Fault(string text)
    {
        if (text.Length > MostLength || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
            return $"must be an address such as https://platform.example.org/dunning, at most {MostLength} characters long.";
        var here = Loopback && url.IsLoopback;
        if (url.Scheme != Uri.UriSchemeHttps && !(here && url.Scheme == Uri.UriSchemeHttp))
            return "must begin with https://.";
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            return "must hold neither a user nor a fragment.";
        if (here)
            return null;
        if (url.Port != 443 && url.Port < LeastFreePort)
            return $"must use port 443, or one from {LeastFreePort} on.";
        return IPAddress.TryParse(url.DnsSafeHost, out var address) ? (Allows(address) ? null : "must not name an address of a private network.")
            : url.DnsSafeHost.TrimEnd('.').Contains('.', StringComparison.Ordinal) ? null
            : "must name a host of the public internet.";
    }

    public bool Allows(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (Loopback && IPAddress.IsLoopback(address))
            return true;
        if (Array.Exists(Closed, n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address)))
            return false;
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return true;
        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address))
            return Allows(new IPAddress(bytes.AsSpan(12)));
        if (SixToFour.Contains(address))
            return Allows(new IPAddress(bytes.AsSpan(2, 4)));
        return Global.Contains(address) && address.ScopeId == 0 && !IsIsatap(bytes);
    }

    // An address of IPv4 in the last four bytes (RFC 5214).
    private static bool IsIsatap(byte[] bytes) => (bytes[8] & 0xfc) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;
}
