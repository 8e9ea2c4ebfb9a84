using Dunning.Local.Store;
using Dunning.Service.Audit;
using Microsoft.Data.Sqlite;

namespace Dunning.Local.Backup;

/// <summary>
/// Copies the digests with the public halves of the keys that signed them. The private key stays where it is: whoever had the copy could sign what they changed in it.
/// </summary>
internal static class DigestCopies
{
    public static void Write(string data, string copy)
    {
        var (from, to) = (Path.Combine(data, DigestFolder.Name), Path.Combine(copy, DigestFolder.Name));
        var files = Directory.Exists(from) ? Directory.GetFiles(from, "*.json").Select(f => Path.GetFileName(f)).ToList() : [];
        HashSet<string> then, now;
        using (var database = Connection.Open(Path.Combine(copy, SqliteStore.FileName), SqliteOpenMode.ReadWrite))
            then = Names(database);
        using (var database = StoreReader.Open(data))
            now = Names(database);
        var folder = new DigestFolder(from);
        // One made since the database was copied is not known to the copy. One that no database knows is evidence, and kept.
        foreach (var name in files.Where(f => !now.Contains(f)).Union(then))
            if (folder.Find(name) is { } bytes)
                Write(to, name, bytes);
        foreach (var half in DigestKey.Kept(data).Select(k => k.Half).OfType<PublicHalf>().DistinctBy(h => h.Name))
            Write(to, $"{half.Name}.pem", System.Text.Encoding.ASCII.GetBytes(half.Pem));
    }

    private static HashSet<string> Names(Connection database) =>
        [.. DocumentRows.List(database, Digests.Kind, null, "", int.MaxValue).Select(d => Digests.NameOf(d.Id))];

    private static void Write(string folder, string name, byte[] bytes)
    {
        PrivateFiles.CreateFolder(folder);
        using var file = PrivateFiles.Create(Path.Combine(folder, name));
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }
}
