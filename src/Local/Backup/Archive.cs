using System.IO.Compression;
using System.Security.Cryptography;
using Dunning.Local.Commands;

namespace Dunning.Local.Backup;

/// <summary>Packs a checked copy into a .zip, and reads it again before it gets its name.</summary>
internal static class Archive
{
    public static void Write(string copy, string destination, IProgress<Portion> bar, CancellationToken ct)
    {
        var packed = copy + ".zip";
        try
        {
            var files = Directory.GetFiles(copy, "*", SearchOption.AllDirectories);
            // Once to pack, once to read again.
            var (done, all) = (0L, files.Sum(f => new FileInfo(f).Length) * 2);
            using (var file = PrivateFiles.Create(packed))
            {
                using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
                    foreach (var path in files)
                    {
                        ct.ThrowIfCancellationRequested();
                        zip.CreateEntryFromFile(path, Name(copy, path));
                        bar.Report(new(done += new FileInfo(path).Length, all));
                    }
                file.Flush(flushToDisk: true);
            }
            using (var zip = ZipFile.OpenRead(packed))
                foreach (var path in files)
                {
                    ct.ThrowIfCancellationRequested();
                    Compare(zip, copy, path);
                    bar.Report(new(done += new FileInfo(path).Length, all));
                }
            File.Move(packed, destination, overwrite: false);
        }
        finally
        {
            File.Delete(packed);
        }
    }

    private static void Compare(ZipArchive zip, string copy, string path)
    {
        using var was = File.OpenRead(path);
        using var became = zip.GetEntry(Name(copy, path))?.Open();
        if (became is null || !SHA256.HashData(was).SequenceEqual(SHA256.HashData(became)))
            throw new IOException($"{Name(copy, path)} was not packed as it is; the disk may be failing.");
    }

    private static string Name(string copy, string path) => Path.GetRelativePath(copy, path).Replace('\\', '/');
}
