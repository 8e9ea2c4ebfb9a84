using Dunning.Local.Commands;
using Dunning.Local.Store;

namespace Dunning.Local.Backup;

/// <summary>Copies what lies beside the database: the outbox, and whatever else the folder keeps. What belongs to a running process, or to a house of its own, is left out.</summary>
internal static class FileCopies
{
    private static readonly string[] OfTheProcess =
        [SqliteStore.FileName, SqliteStore.FileName + "-wal", SqliteStore.FileName + "-shm", StoreLock.FileName, StoreLock.OwnerName];

    public static void Write(string data, string copy, IProgress<Portion> bar, CancellationToken ct)
    {
        var files = Files(new(data)).Where(f => !(f.DirectoryName == Path.GetFullPath(data).TrimEnd(Path.DirectorySeparatorChar) && OfTheProcess.Contains(f.Name))).ToList();
        var (done, all) = (0L, files.Sum(f => f.Length));
        bar.Report(new(0, all));
        foreach (var file in files)
        {
            ct.ThrowIfCancellationRequested();
            var path = Path.Combine(copy, Path.GetRelativePath(data, file.FullName));
            PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
            using (var from = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            using (var to = PrivateFiles.Create(path))
            {
                from.CopyTo(to);
                to.Flush(flushToDisk: true);
            }
            File.SetLastWriteTimeUtc(path, file.LastWriteTimeUtc);
            bar.Report(new(done = Math.Min(done + file.Length, all), all));
        }
    }

    // A file under way to its name is another's; a folder with a database, such as the demo's, has backups of its own.
    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) => folder.EnumerateFiles().Where(f => f.Extension != ".part").Concat(
        folder.EnumerateDirectories().Where(d => !File.Exists(Path.Combine(d.FullName, SqliteStore.FileName)) && d.Extension != ".part").SelectMany(Files));
}
