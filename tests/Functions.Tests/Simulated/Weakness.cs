using Dunning.Functions.Orchestration;
using Dunning.Service.Engine;
using Dunning.Simulation;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>Parts of the host replaced by worse ones, to see that the promises notice.</summary>
internal sealed record Weakness
{
    public Type Orchestration { get; init; } = typeof(CaseOrchestration);

    public Type Activities { get; init; } = typeof(CaseActivities);

    public Func<ICaseStore, Chance, ICaseStore> Disk { get; init; } = (disk, _) => disk;

    public Func<IPostOffice, IPostOffice> Post { get; init; } = post => post;

    public bool Sweeps { get; init; } = true;

    public IEnumerable<Type> Functions => [Orchestration, Activities, typeof(VoiceOrchestration), typeof(Sweep)];
}
