using System.Globalization;

namespace Dunning.Local.Store;

/// <summary>Another process, or another store of this one, has the folder.</summary>
public sealed class AlreadyRunning(string message, Exception inner) : Exception(message, inner);

/// <summary>
/// Holds a folder for one process. The operating system lets go of the file when the process dies, however it dies, so that no lock is ever
/// left behind; the file itself stays, because deleting it would let two starts hold two files of one name.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    public const string FileName = "dunning.lock";
    public const string OwnerName = "dunning.owner";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private const int Tries = 20;

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="AlreadyRunning">The folder is taken.</exception>
    public static StoreLock Take(string folder, DateTimeOffset now)
    {
        var path = Path.Combine(folder, FileName);
        var file = Open(folder, path);
        try
        {
            File.WriteAllText(OwnerPath(folder), string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}, since {now:O}\n"));
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    // Tries for a second: a process that is dying has not let go yet, and one that was being started by the holder shares its file until it runs its own program.
    private static FileStream Open(string folder, string path)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (File.Exists(path))
            {
                if (tries == Tries)
                    throw new AlreadyRunning($"The data in {folder} is in use{Owner(folder)}. Stop that process, or choose another folder.", taken);
                Thread.Sleep(Pause);
            }
        }
    }

    // Not in the lock itself: .NET lets nobody read a file that is held.
    private static string OwnerPath(string folder) => Path.Combine(folder, OwnerName);

    private static string Owner(string folder) => File.Exists(OwnerPath(folder)) ? $" by {File.ReadAllText(OwnerPath(folder)).TrimEnd()}" : "";
}
