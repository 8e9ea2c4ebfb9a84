using Dunning.Service.Audit;

namespace Dunning.Local;

/// <summary>Digests as files, to be copied to where nobody who can change the database can change them.</summary>
public sealed class DigestFolder(string folder) : IDigestArchive
{
    /// <summary>In the data folder.</summary>
    public const string Name = "digests";

    private const string Partial = ".part";

    public async Task Begin(string name, byte[] json, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        await using var file = new FileStream(Path.Combine(folder, name + Partial), FileMode.Create, FileAccess.Write);
        await file.WriteAsync(json, ct);
        file.Flush(flushToDisk: true);
    }

    public async Task Write(string name, byte[] json, CancellationToken ct)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path))
            return;
        // One that was begun may be read already: it is not written again.
        if (Bytes(path + Partial)?.AsSpan().SequenceEqual(json) != true)
            await Begin(name, json, ct);
        File.Move(path + Partial, path, overwrite: true);
    }

    public Task<byte[]?> Read(string name, CancellationToken ct) => Task.FromResult(Find(name));

    /// <summary>The digest of a name; one that has not got its name yet, too.</summary>
    public byte[]? Find(string name) => Path.Combine(folder, name) is var path ? Bytes(path) ?? Bytes(path + Partial) ?? Bytes(path) : null;

    public Task<IReadOnlyList<string>> Names(CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>(
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Select(f => Path.GetFileName(f))] : []);

    private static byte[]? Bytes(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
