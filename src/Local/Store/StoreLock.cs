using System.Globalization;
using System.Text;

namespace Dunning.Local.Store;

/// <summary>Another process, or another store of this one, has the folder.</summary>
public sealed class AlreadyRunning(string message, Exception inner) : Exception(message, inner);

/// <summary>
/// Holds a folder for one process. The operating system lets go of the file when the process dies, however it dies, so that no lock is ever
/// left behind; the file itself stays, because deleting it would let two starts hold two files of one name.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="AlreadyRunning">The folder is taken.</exception>
    public static StoreLock Take(string folder, DateTimeOffset now)
    {
        var path = Path.Combine(folder, "dunning.lock");
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}, since {now:O}\n")));
            file.Flush();
            return new(file);
        }
        catch (IOException taken) when (File.Exists(path))
        {
            throw new AlreadyRunning($"The data in {folder} is in use{Owner(path)}. Stop that process, or choose another folder.", taken);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Owner(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadLine() is { Length: > 0 } owner ? $" by {owner}" : "";
        }
        catch (IOException)
        {
            // Windows does not let anyone read it.
            return "";
        }
    }
}
