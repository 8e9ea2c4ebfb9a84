using System.Security.Cryptography;
using System.Text;
using Dunning.Service.Register;

namespace Dunning.Service.Api;

/// <summary>Who asks. Creditors null is every creditor; a key never sees another creditor's data.</summary>
public sealed record Caller(string KeyId, Role Role, IReadOnlyList<string>? Creditors)
{
    public static readonly Caller Nobody = new("anonymous", Role.Anonymous, []);

    public bool Sees(string creditor) => Creditors is null || Creditors.Contains(creditor);

    /// <summary>The only creditor of a key scoped to one.</summary>
    public string? OnlyCreditor => Creditors is { Count: 1 } one ? one[0] : null;
}

/// <summary>API keys: 256 bits of chance, of which only the SHA-256 is kept (a fast hash is fine for full-entropy secrets).</summary>
public sealed class KeyRing(Registry registry, TimeProvider clock)
{
    public const string Prefix = "dun_";

    /// <summary>Characters a first key has at least that somebody chose.</summary>
    public const int LeastLength = 32;

    public static string NewSecret() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The key's public name, part of its hash: it finds the key, and tells nothing of the secret.</summary>
    public static string IdOf(string secret) => "key-" + HashOf(secret)[..16];

    /// <summary>False when the receipt's Idempotency-Key was used meanwhile. A key that exists stays as it is, revoked ones included.</summary>
    public async Task<bool> Add(string secret, string name, Role role, IReadOnlyList<string>? creditors, Engine.Receipt? receipt, CancellationToken ct)
    {
        var key = new ApiKey(IdOf(secret), name, ApiJson.Name(role), HashOf(secret), clock.GetUtcNow()) { Creditors = creditors };
        var known = await registry.Keys.Get(key.Id, ct);
        return known is not null || await registry.Keys.Put(key.Id, null, key, 0, receipt, ct);
    }

    /// <summary>Null when the secret is nobody's.</summary>
    public async Task<Caller?> Find(string secret, CancellationToken ct)
    {
        var found = await registry.Keys.Get(IdOf(secret), ct);
        if (found is not { Value: { Revoked: false } key }
            || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.Hash), Encoding.ASCII.GetBytes(HashOf(secret))))
            return null;
        return CallerOf(key);
    }

    /// <summary>Null for a key whose role is none.</summary>
    public static Caller? CallerOf(ApiKey key) => Enum.TryParse<Role>(key.Role, ignoreCase: true, out var role) ? new(key.Id, role, key.Creditors) : null;
}
