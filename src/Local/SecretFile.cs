using System.Security.Cryptography;
using Dunning.Service;

namespace Dunning.Local;

/// <summary>The secret of this installation, made at first start and kept beside the data. Taken away, another is made, and every link sent before is dead.</summary>
internal static class SecretFile
{
    public const string Name = "portal.key";

    /// <exception cref="FormatException">The file is there and holds no key.</exception>
    public static ServerSecret Open(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            Write(path);
        var secret = new byte[32];
        var text = File.ReadAllText(path).Trim();
        return Convert.FromHexString(text, secret, out var read, out var written) == System.Buffers.OperationStatus.Done && read == text.Length && written == secret.Length
            ? new(secret)
            : throw new FormatException($"{path} is not a key: take it away and another is made; every link sent before is then dead.");
    }

    // Whole or not at all, and nobody else's to read.
    private static void Write(string path)
    {
        var begun = path + ".new";
        File.Delete(begun);
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(begun, how))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(begun, path, overwrite: false);
    }
}
