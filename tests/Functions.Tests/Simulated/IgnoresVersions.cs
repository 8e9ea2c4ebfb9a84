using Dunning.Service.Engine;
using Dunning.Simulation;

namespace Dunning.Functions.Tests.Simulated;

/// <summary>Stores a commit whatever has arrived since the case was looked at, behind what has arrived.</summary>
internal sealed class IgnoresVersions(ICaseStore disk) : WeakDisk(disk)
{
    public override async Task<bool> Commit(CaseCommit commit, CancellationToken ct)
    {
        var now = (await Disk.Load(commit.CaseId, ct))!;
        return await base.Commit(commit with { Version = now.Version, Events = [.. commit.Events.Select((e, i) => e with { Seq = now.LastSeq + 1 + i })] }, ct);
    }
}
