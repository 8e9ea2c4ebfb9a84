using System.Globalization;
using Dunning.Local.Commands;
using Dunning.Local.Store;
using Dunning.Service.Audit;
using Microsoft.Data.Sqlite;

namespace Dunning.Local.Verifying;

/// <summary>The record (P12): the log of each case and that of administration against their hashes, personal values, and the signed digests. Nothing was changed, taken away or put in between.</summary>
internal sealed class RecordCheck : IStoreCheck
{
    public string Name => "record";

    public Said Title => new("The log of each case, and the digests", "Le journal de chaque dossier, et les empreintes");

    public IEnumerable<Finding> Run(StoreUnderCheck store, IProgress<Portion> progress)
    {
        var found = new List<Finding>();
        try
        {
            // On one thread, and beside what SQLite reads there are small files only.
            Verify(store, progress, found).GetAwaiter().GetResult();
        }
        catch (SqliteException unreadable)
        {
            found.Add(StoreChecks.Unreadable(this, unreadable));
        }
        return found;
    }

    public static long Cases(Connection database) => long.Parse(database.Ask("SELECT count(*) FROM cases")!, CultureInfo.InvariantCulture);

    private async Task Verify(StoreUnderCheck store, IProgress<Portion> progress, List<Finding> found)
    {
        var count = Cases(store.Database);
        progress.Report(new(0, count));
        var keys = DigestKey.Kept(store.Folder);
        found.AddRange(keys.Where(k => k.Half is null).Select(k => new Finding(Name, null, new($"{k.File} holds no key", $"{k.File} ne contient pas de clé"))));
        using var signer = new DigestSigner(keys.FirstOrDefault(k => k.IsOwn && k.Half is not null)?.Pem, [.. keys.Select(k => k.Half?.Pem).OfType<string>()]);
        var (record, archive) = (new RecordReader(store.Database), new DigestFolder(Path.Combine(store.Folder, DigestFolder.Name)));
        var admin = new AdminLog(record, TimeProvider.System);
        var verification = new Verification(record, admin, new(record, record, admin, signer, archive, TimeProvider.System), signer, archive);
        var report = await verification.Run(new Looked(progress, count), CancellationToken.None, fault => found.Add(Of(fault)));
        found.AddRange(report.Remarks.Select(r => Of(r) with { IsRemark = true }));
    }

    private Finding Of(AuditFault fault)
    {
        var (place, told) = (fault.Seq is { } seq ? Place(fault.Where, seq) : default, new Said(fault.What.English, fault.What.French));
        return fault.Where == AdminLog.Chain ? new(Name, null, Joined(new($"log of administration, {place.English}", $"journal d’administration, {place.French}"), told))
            : fault.Where.Split(' ') is ["digest", var day] ? new(Name, null, Joined(new($"digest {day}", $"empreinte {day}"), told))
            : new(Name, fault.Where, fault.Seq is null ? told : Joined(place, told));
    }

    private static Said Place(string where, long seq) => where == AdminLog.Chain
        ? new(string.Create(CultureInfo.InvariantCulture, $"entry {seq}"), string.Create(CultureInfo.InvariantCulture, $"entrée {seq}"))
        : new(string.Create(CultureInfo.InvariantCulture, $"event {seq}"), string.Create(CultureInfo.InvariantCulture, $"événement {seq}"));

    private static Said Joined(Said where, Said what) => new($"{where.English}: {what.English}", $"{where.French}\u00A0: {what.French}");

    private sealed class Looked(IProgress<Portion> bar, long count) : IProgress<long>
    {
        // Cases that came meanwhile are looked at, too.
        public void Report(long value) => bar.Report(new(Math.Min(value, count), count));
    }
}
