using Dunning.Local.Commands;

namespace Dunning.Local.Verifying;

/// <summary>SQLite's own look at every page, row and index of the file.</summary>
internal sealed class FileCheck : IStoreCheck
{
    public string Name => "integrity";

    public Said Title => new("The database file", "Le fichier de la base");

    public IEnumerable<Finding> Run(StoreUnderCheck store, IProgress<Portion> progress)
    {
        // SQLite does not say how far it is.
        progress.Report(new(0, null));
        using var check = store.Database.Prepare("PRAGMA integrity_check");
        while (check.Step())
            if (check.Text(0) is var said and not "ok")
                yield return new(Name, null, new(said, said));
        progress.Report(new(1, 1));
    }
}
