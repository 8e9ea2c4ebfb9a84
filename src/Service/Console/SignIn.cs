using System.Security.Cryptography;
using System.Text;
using Dunning.Service.Api;
using Dunning.Service.Register;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Console;

/// <summary>Somebody who is signed in. Secret is known to them and us alone, and what their forms are tied to.</summary>
public sealed record SignedIn(Caller Caller, string Name, string Secret);

/// <summary>How people prove who they are: with a key and a cookie where we run alone, by whatever stands in front of us elsewhere.</summary>
public interface ISignIn
{
    /// <summary>There is a form to present a key.</summary>
    bool TakesKeys { get; }

    Task<SignedIn?> Who(HttpContext http, CancellationToken ct);

    /// <summary>False when the key opens nothing.</summary>
    Task<bool> SignIn(HttpContext http, string key, CancellationToken ct);

    Task SignOut(HttpContext http, CancellationToken ct);

    /// <summary>Where to go once signed out.</summary>
    string AfterSignOut => "/console";

    /// <summary>Where whoever is not signed in must go first; null when we say ourselves what is missing.</summary>
    string? DoorOf(HttpContext http) => null;
}

/// <summary>A visit of a person: of its secret only the hash is kept. It ends after a working day, when its key is revoked, or when they leave.</summary>
public sealed record ConsoleSession(string KeyId, DateTimeOffset EndsAt);

/// <summary>
/// Signs in with an API key, once, and remembers it by a cookie that scripts cannot read and other sites cannot send. Visits are in real time, whatever a test clock says.
/// </summary>
public sealed class KeySignIn(Registry registry, KeyRing keys, ConsoleCookies cookies) : ISignIn
{
    private const string Cookie = "dunning_session";
    private static readonly TimeSpan WorkingDay = TimeSpan.FromHours(12);

    public bool TakesKeys => true;

    public async Task<SignedIn?> Who(HttpContext http, CancellationToken ct)
    {
        if (cookies.Find(http, Cookie) is not { Length: 64 } secret || await registry.ConsoleSessions.Get(Hash(secret), ct) is not { Value: var session }
            || session.EndsAt <= TimeProvider.System.GetUtcNow() || await registry.Keys.Get(session.KeyId, ct) is not { Value: { Revoked: false } key } || KeyRing.CallerOf(key) is not { } caller)
            return null;
        return new(caller, key.Name, secret);
    }

    public async Task<bool> SignIn(HttpContext http, string key, CancellationToken ct)
    {
        if (await keys.Find(key, ct) is not { Role: >= Role.Read } caller)
            return false;
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await registry.ConsoleSessions.Put(Hash(secret), caller.KeyId, new(caller.KeyId, TimeProvider.System.GetUtcNow() + WorkingDay), 0, null, ct);
        cookies.Give(http, Cookie, secret, WorkingDay);
        return true;
    }

    public async Task SignOut(HttpContext http, CancellationToken ct)
    {
        if (cookies.Find(http, Cookie) is { Length: 64 } secret && await registry.ConsoleSessions.Get(Hash(secret), ct) is { } known)
            await registry.ConsoleSessions.Put(Hash(secret), null, known.Value with { EndsAt = TimeProvider.System.GetUtcNow() }, known.Version, null, ct);
        cookies.TakeBack(http, Cookie);
    }

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
}
