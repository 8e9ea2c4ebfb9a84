using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Simulation;

/// <summary>One life of the process: what a host does around the engine, and no more.</summary>
internal sealed class Host(ICaseStore store, IPolicyBook policies, IPostOffice post, Switchboard switches, TimeProvider clock, Tally tally)
{
    public DunningEngine Engine { get; } = new(store, policies, post, switches, clock);

    /// <summary>False until the orphans are known: a message claimed by this very life must not be taken for one.</summary>
    public bool IsOpen { get; private set; }

    public async Task Start()
    {
        var orphans = new List<MessageKey>();
        foreach (var id in await store.Orphans(default))
            if (await Engine.Look(id, default) is { } folded)
                orphans.AddRange(MessageFates.Claimed(folded.File).Select(c => c.Key));
        IsOpen = true;
        foreach (var key in orphans)
        {
            tally.Count("recoveries");
            await Engine.Recover(key, default);
        }
    }

    /// <summary>Tells every stopped case whose switches are on again; run at the start too, for a life may end half-way through.</summary>
    public async Task ResumeSending()
    {
        foreach (var id in await store.Stopped(null, default))
            if (await Engine.Look(id, default) is { } folded && switches.Since(folded.File.Creditor) is null)
            {
                await store.Append([new(id, folded.File.Creditor, new CaseEvent.SendingResumed(), clock.GetUtcNow(), "switch")], default);
                tally.Count("resumed");
            }
    }
}
