using Dunning.Local.Store;
using Dunning.Service.Audit;

namespace Dunning.Local;

/// <summary>Checks the record in a folder that no host has open: every log, every personal value, every digest.</summary>
public static class RecordCheck
{
    public const string Keys = "keys";
    public const string Digests = "digests";

    /// <param name="progress">Told the number of cases that were looked at.</param>
    /// <exception cref="AlreadyRunning">A host has the folder.</exception>
    /// <exception cref="WrongSchema">The database belongs to another version.</exception>
    public static async Task<VerificationReport> Run(string folder, IProgress<long>? progress, CancellationToken ct)
    {
        using var store = SqliteStore.Open(folder);
        using var signer = DigestKey.Of(Path.Combine(folder, Keys));
        var (admin, archive) = (new AdminLog(store, TimeProvider.System), new DigestFolder(Path.Combine(folder, Digests)));
        return await new Verification(store, admin, new(store, store, admin, signer, archive, TimeProvider.System), signer, archive).Run(progress, ct);
    }
}
