using Dunning.Service.Audit;

namespace Dunning.Local;

/// <summary>Digests as files, to be copied to where nobody who can change the database can change them.</summary>
public sealed class DigestFolder(string folder) : IDigestArchive
{
    public async Task Write(string name, byte[] json, CancellationToken ct)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(folder);
        var partial = $"{path}.part";
        await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
        {
            await file.WriteAsync(json, ct);
            file.Flush(flushToDisk: true);
        }
        File.Move(partial, path, overwrite: true);
    }

    public async Task<byte[]?> Read(string name, CancellationToken ct) =>
        Path.Combine(folder, name) is var path && File.Exists(path) ? await File.ReadAllBytesAsync(path, ct) : null;

    public Task<IReadOnlyList<string>> Names(CancellationToken ct) => Task.FromResult<IReadOnlyList<string>>(
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.json").Select(f => Path.GetFileName(f))] : []);
}

/// <summary>The key that signs digests, in a file of its own, for its owner alone: a copy of the database is no copy of it.</summary>
public static class DigestKey
{
    public const string FileName = "audit-key.pem";

    /// <summary>Made at the first start.</summary>
    /// <exception cref="FormatException">The file is no key.</exception>
    public static DigestSigner Of(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(path, how);
            writer.Write(DigestSigner.NewKey());
        }
        return new(File.ReadAllText(path));
    }
}
