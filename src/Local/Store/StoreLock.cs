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

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="AlreadyRunning">The folder is taken.</exception>
    public static StoreLock Take(string folder, DateTimeOffset now)
    {
        var path = Path.Combine(folder, FileName);
        FileStream file;
        try
        {
            file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (File.Exists(path))
        {
            throw new AlreadyRunning($"The data in {folder} is in use{Owner(folder)}. Stop that process, or choose another folder.", taken);
        }
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

    // Not in the lock itself: .NET lets nobody read a file that is held.
    private static string OwnerPath(string folder) => Path.Combine(folder, OwnerName);

    private static string Owner(string folder) => File.Exists(OwnerPath(folder)) ? $" by {File.ReadAllText(OwnerPath(folder)).TrimEnd()}" : "";
}
