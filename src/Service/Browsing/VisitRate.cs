using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Browsing;

/// <summary>How often somebody may come in a minute: by their address, and for what begins alike by how it begins. In memory, and never more than a few thousand entries.</summary>
public sealed class VisitRate(TimeProvider clock, int perAddress, int perPrefix)
{
    private const int Prefix = 6;
    private const int Most = 20_000;

    /// <summary>Seconds until the count begins anew.</summary>
    public const int Window = 60;

    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly Lock _turning = new();
    private long _window = long.MinValue;

    /// <summary>False when it was too often: whatever is asked, nothing is looked up. Whom their address keeps out does not use up what is for all.</summary>
    public bool Allows(HttpContext http, string token)
    {
        Turn();
        return Count(Address(http)) <= perAddress && Count(Beginning(token)) <= perPrefix;
    }

    /// <summary>A visit that was allowed does not count after all.</summary>
    public void Forget(HttpContext http, string token)
    {
        foreach (var who in (string[])[Address(http), Beginning(token)])
            _asked.AddOrUpdate(who, 0, (_, count) => Math.Max(0, count - 1));
    }

    /// <summary>What is said to whoever came too often.</summary>
    public static void Refuse(HttpContext http) => http.Response.Headers.RetryAfter = Window.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Address(HttpContext http) => $"a{AddressOf(http)}";

    private static string Beginning(string token) => $"t{token[..Math.Min(token.Length, Prefix)]}";

    private int Count(string who) => _asked.AddOrUpdate(who, 1, (_, count) => count == int.MaxValue ? count : count + 1);

    // Full, it forgets: a flood from everywhere is for whoever stands in front of us.
    private void Turn()
    {
        var window = clock.GetUtcNow().ToUnixTimeSeconds() / Window;
        if (window == Volatile.Read(ref _window) && _asked.Count < Most)
            return;
        lock (_turning)
            if (window != _window || _asked.Count >= Most)
            {
                _asked.Clear();
                Volatile.Write(ref _window, window);
            }
    }

    // A proxy on this machine (a host in front of its worker, too) says last whom it answers, some with the port; anybody else could write what they like.
    private static string AddressOf(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } peer && !IPAddress.IsLoopback(peer) ? peer.ToString()
        : http.Request.Headers["X-Forwarded-For"].LastOrDefault() is { } said && IPEndPoint.TryParse(said.Split(',')[^1].Trim(), out var visitor) ? visitor.Address.ToString()
        : "here";
}
