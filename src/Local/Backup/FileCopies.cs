using Dunning.Local.Commands;
using Dunning.Local.Store;

namespace Dunning.Local.Backup;

/// <summary>Copies what lies beside the database: the outbox, the secret of the installation, and whatever else the folder keeps. What belongs to a running process, or to a house of its own, is left out.</summary>
internal static class FileCopies
{
    private static readonly string[] OfTheProcess =
        [SqliteStore.FileName, SqliteStore.FileName + "-wal", SqliteStore.FileName + "-shm", StoreLock.FileName, StoreLock.OwnerName];

    // The key that signs the record is no part of a copy of it; the digests are copied by what the copied database knows of them.
    private static readonly string[] NotAsTheyAre = [DigestKey.Folder, DigestFolder.Name];

    public static void Write(string data, string copy, IProgress<Portion> bar, CancellationToken ct)
    {
        var folders = new DirectoryInfo(data).EnumerateDirectories().Where(d => IsOfThisHouse(d) && !NotAsTheyAre.Contains(d.Name));
        var files = Own(new(data)).Where(f => !OfTheProcess.Contains(f.Name)).Concat(folders.SelectMany(Files)).ToList();
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

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) => Own(folder).Concat(folder.EnumerateDirectories().Where(IsOfThisHouse).SelectMany(Files));

    // A file under way to its name is another's; a folder with a database, such as the demo's, has backups of its own.
    private static IEnumerable<FileInfo> Own(DirectoryInfo folder) => folder.EnumerateFiles().Where(f => f.Extension != ".part");

    private static bool IsOfThisHouse(DirectoryInfo folder) => !File.Exists(Path.Combine(folder.FullName, SqliteStore.FileName)) && folder.Extension != ".part";
}
