using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Simulation;

/// <summary>Parts of the machine replaced by worse ones, to see that the promises notice.</summary>
internal sealed record Weakness
{
    public Func<MemoryStore, Chance, ICaseStore> Disk { get; init; } = (disk, _) => disk;

    public Func<IPostOffice, IPostOffice> Post { get; init; } = post => post;

    public Func<PolicyDraft, PolicyDraft> Policy { get; init; } = policy => policy;
}
