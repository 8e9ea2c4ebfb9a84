using Dunning.Service.Audit;

namespace Dunning.Local;

/// <summary>A file that should hold a key of digests. Half is null when it holds none; IsOwn is the private key of the folder.</summary>
public sealed record KeptKey(string File, string Pem, PublicHalf? Half, bool IsOwn);

/// <summary>
/// The key that signs digests, in a folder of its own, for its owner alone: a copy of the database is no copy of it. The public half of every key that ever signed here
/// lies beside the digests, so that they can be judged wherever they are.
/// </summary>
public static class DigestKey
{
    /// <summary>In the data folder; no backup takes it.</summary>
    public const string Folder = "keys";

    public const string FileName = "audit-key.pem";

    /// <summary>The key of a host, made at its first start.</summary>
    /// <exception cref="FormatException">The file is no key.</exception>
    public static DigestSigner Of(string data)
    {
        var path = Path.Combine(data, Folder, FileName);
        if (!File.Exists(path))
            Make(path);
        var pem = File.ReadAllText(path);
        var signer = new DigestSigner(pem, [.. Kept(data).Where(k => !k.IsOwn).Select(k => k.Half?.Pem).OfType<string>()]);
        Publish(Path.Combine(data, DigestFolder.Name), DigestSigner.PublicHalfOf(pem)!);
        return signer;
    }

    /// <summary>Every key there is, without making one. The private one is left out where only its owner may read it.</summary>
    public static IReadOnlyList<KeptKey> Kept(string data)
    {
        var beside = Path.Combine(data, DigestFolder.Name);
        var kept = new List<KeptKey>();
        foreach (var path in Directory.Exists(beside) ? Directory.GetFiles(beside, "*.pem").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
            kept.Add(Read(data, path, isOwn: false));
        var own = Path.Combine(data, Folder, FileName);
        try
        {
            if (File.Exists(own))
                kept.Add(Read(data, own, isOwn: true));
        }
        catch (UnauthorizedAccessException)
        {
            // Its public half lies beside the digests, or what it signed is named.
        }
        return kept;
    }

    private static KeptKey Read(string data, string path, bool isOwn)
    {
        var pem = File.ReadAllText(path);
        return new(Path.GetRelativePath(data, path), pem, DigestSigner.PublicHalfOf(pem), isOwn);
    }

    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, how);
        writer.Write(DigestSigner.NewKey());
    }

    // Whole or not at all.
    private static void Publish(string folder, PublicHalf half)
    {
        var path = Path.Combine(folder, $"{half.Name}.pem");
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(folder);
        File.WriteAllText(path + ".part", half.Pem);
        File.Move(path + ".part", path, overwrite: true);
    }
}
