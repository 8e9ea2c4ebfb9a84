using System.Security.Cryptography;
using System.Text.Json;
using Dunning.Service.Engine;

namespace Dunning.Service.Register;

/// <summary>Chance that this installation alone knows, made when it is first needed and kept with everything else: links signed before a restart are good after it, on every machine.</summary>
public sealed class ServerSecret(IDocuments documents) : IDisposable
{
    private const string Kind = "server-secret";

    private readonly SemaphoreSlim _one = new(1);
    private byte[]? _known;

    public async Task<byte[]> Get(CancellationToken ct)
    {
        if (_known is { } known)
            return known;
        await _one.WaitAsync(ct);
        try
        {
            if (await documents.Get(Kind, "links", ct) is null)
                // Another machine may be faster: its secret is the one.
                await documents.Put(new(Kind, "links", null, JsonSerializer.Serialize(RandomNumberGenerator.GetBytes(32)), 0), null, ct);
            return _known = JsonSerializer.Deserialize<byte[]>((await documents.Get(Kind, "links", ct))!.Json)!;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
