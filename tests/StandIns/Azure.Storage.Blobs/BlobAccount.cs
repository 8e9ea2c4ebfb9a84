using System.Collections.Concurrent;
using System.Globalization;
using Azure.Storage.Blobs.Models;
using Dunning.StandIns;

namespace Azure.Storage.Blobs;

internal sealed record Blob(
    BinaryData Content, BlobHttpHeaders Headers, Dictionary<string, string> Metadata, ETag ETag, DateTimeOffset CreatedOn, DateTimeOffset LastModified,
    BlobImmutabilityPolicy Policy);

/// <summary>The blobs of an account in memory, one account per endpoint. Not part of the package: tests take hold of it with <see cref="At(Uri)"/>.</summary>
public sealed class BlobAccount
{
    private static readonly ConcurrentDictionary<string, BlobAccount> Accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedDictionary<string, Blob>> _containers = new(StringComparer.Ordinal);
    private long _versions;

    private BlobAccount(Uri endpoint) => Endpoint = endpoint;

    public Uri Endpoint { get; }

    public Wire Wire { get; } = new();

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public static BlobAccount At(Uri endpoint) => Accounts.GetOrAdd(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/'), _ => new(endpoint));

    public static BlobAccount At(string connectionString)
    {
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p.Length > 1 ? p[1] : "", StringComparer.OrdinalIgnoreCase);
        if (parts.ContainsKey("UseDevelopmentStorage"))
            return At(new Uri("http://127.0.0.1:10000/devstoreaccount1"));
        return At(new Uri(parts.TryGetValue("BlobEndpoint", out var endpoint) ? endpoint
            : parts.TryGetValue("AccountName", out var name) ? $"https://{name}.blob.core.windows.net"
            : throw new FormatException("No valid combination of account information found.")));
    }

    public void Clear()
    {
        lock (_lock)
            _containers.Clear();
        Wire.Forget();
        (Wire.Before, Wire.After) = (null, null);
    }

    internal bool Create(string container)
    {
        lock (_lock)
            return _containers.TryAdd(container, new(StringComparer.Ordinal));
    }

    internal bool Exists(string container)
    {
        lock (_lock)
            return _containers.ContainsKey(container);
    }

    internal Blob Find(string container, string name)
    {
        lock (_lock)
            return _containers.TryGetValue(container, out var blobs) ? blobs.GetValueOrDefault(name) : null;
    }

    internal Blob Get(string container, string name)
    {
        lock (_lock)
            return Of(container).GetValueOrDefault(name) ?? throw Wire.Failure(404, "BlobNotFound");
    }

    internal IReadOnlyList<KeyValuePair<string, Blob>> List(string container, string prefix)
    {
        lock (_lock)
            return [.. Of(container).Where(b => prefix is null || b.Key.StartsWith(prefix, StringComparison.Ordinal))];
    }

    internal Blob Upload(string container, string name, BinaryData content, BlobUploadOptions options)
    {
        lock (_lock)
        {
            var blobs = Of(container);
            var old = blobs.GetValueOrDefault(name);
            Check(old, options.Conditions);
            Protect(old);
            return blobs[name] = new(
                content, options.HttpHeaders ?? new(), new(options.Metadata ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase), Version(),
                old?.CreatedOn ?? Clock.GetUtcNow(), Clock.GetUtcNow(), options.ImmutabilityPolicy);
        }
    }

    internal Blob SetMetadata(string container, string name, IDictionary<string, string> metadata, BlobRequestConditions conditions)
    {
        lock (_lock)
        {
            var old = Get(container, name);
            Check(old, conditions);
            Protect(old);
            return Of(container)[name] = old with { Metadata = new(metadata, StringComparer.OrdinalIgnoreCase), ETag = Version(), LastModified = Clock.GetUtcNow() };
        }
    }

    internal bool Delete(string container, string name, BlobRequestConditions conditions)
    {
        lock (_lock)
        {
            if (Find(container, name) is not { } old)
                return false;
            Check(old, conditions);
            Protect(old);
            return Of(container).Remove(name);
        }
    }

    private static void Check(Blob old, BlobRequestConditions conditions)
    {
        if (conditions?.IfNoneMatch is { } none && old is not null && (none == ETag.All || none == old.ETag))
            throw none == ETag.All ? Wire.Failure(409, "BlobAlreadyExists") : Wire.Failure(412, "ConditionNotMet");
        if (conditions?.IfMatch is { } match && (old is null || (match != ETag.All && match != old.ETag)))
            throw Wire.Failure(412, "ConditionNotMet");
    }

    private void Protect(Blob old)
    {
        if (old?.Policy?.ExpiresOn > Clock.GetUtcNow())
            throw Wire.Failure(409, "BlobImmutableDueToPolicy");
    }

    private ETag Version() => new($"\"0x{(++_versions).ToString("X16", CultureInfo.InvariantCulture)}\"");

    private SortedDictionary<string, Blob> Of(string container) =>
        _containers.TryGetValue(container, out var blobs) ? blobs : throw Wire.Failure(404, "ContainerNotFound");
}
