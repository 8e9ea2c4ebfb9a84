using Dunning.Local.Commands;
using Dunning.Local.Store;

namespace Dunning.Local.Verifying;

/// <summary>Something that is not as it was kept. Case is null where the store as a whole is concerned.</summary>
public sealed record Finding(string Check, string? Case, Said What)
{
    /// <summary>No fault, and should be known.</summary>
    public bool IsRemark { get; init; }
}

/// <summary>A data folder and a connection to its database that only reads; a host may be writing to it meanwhile.</summary>
internal sealed record StoreUnderCheck(string Folder, Connection Database);

/// <summary>One thing that is checked of everything that is kept.</summary>
internal interface IStoreCheck
{
    /// <summary>Stable, camelCase: programs read it.</summary>
    string Name { get; }

    Said Title { get; }

    /// <summary>Every fault there is, as it is found. Whoever looks is told how far it is; a database that cannot be read throws SqliteException.</summary>
    IEnumerable<Finding> Run(StoreUnderCheck store, IProgress<Portion> progress);
}
