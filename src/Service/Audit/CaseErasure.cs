using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Service.Audit;

/// <summary>Copies of messages that a host keeps outside the store: an outbox, letters to be posted.</summary>
public interface ISentCopies
{
    /// <summary>Done again, it changes nothing. What the storage itself is made to keep stays until it lets go.</summary>
    Task Erase(string creditor, string caseId, CancellationToken ct);
}

/// <summary>Erases personal data of one closed case. What is owed stays: number, dates, amounts, what was sent when and what became of it.</summary>
public sealed class CaseErasure(
    ICaseStore store, ICaseLists lists, IPolicyBook policies, DunningEngine engine, IAuditStore audit, DebtorDocuments documents, IEnumerable<ISentCopies> copies)
{
    /// <summary>Adds to a trace whatever a case knows of its debtor.</summary>
    public async Task Follow(DebtorTrace trace, string caseId, CancellationToken ct)
    {
        trace.Cases.Add(caseId);
        foreach (var audited in await lists.Log(caseId, 0, int.MaxValue, ct))
            trace.See(audited.Logged.Event);
        foreach (var message in await lists.Messages(caseId, ct))
            trace.See(message);
    }

    /// <summary>A case with all it was told folded: what waits unread may open it again. Null when there is none.</summary>
    public async Task<StoredCase?> Folded(string caseId, CancellationToken ct)
    {
        for (var races = new Races(caseId); ; races.Lose())
        {
            var stored = await store.Load(caseId, ct);
            if (stored is not { Unread.Count: > 0 })
                return stored;
            await engine.Run(caseId, ct);
        }
    }

    /// <summary>False for a case that is open: the claim is being exercised. Done again, it completes what was cut short.</summary>
    /// <param name="seen">The case as it was listed; it keeps its place in the lists, since nothing of it changed that they show.</param>
    public async Task<bool> Erase(ListedCase seen, PersonalKinds kinds, CancellationToken ct)
    {
        for (var races = new Races(seen.Id); ; races.Lose())
        {
            if (await Folded(seen.Id, ct) is not { State: DunningCase.Closed } stored)
                return false;
            if (Erasing.IsDone(stored.State, kinds) || await Write(stored, seen.Index.UpdatedAt, kinds, ct))
                break;
        }
        var trace = new DebtorTrace(seen.Index.Creditor, seen.Index.Debtor);
        await Follow(trace, seen.Id, ct);
        if (kinds.HasFlag(PersonalKinds.Text))
            await foreach (var document in documents.Near(trace, ct))
                await documents.Erase(document, ct);
        if (kinds.HasFlag(PersonalKinds.Message))
            foreach (var copy in copies)
                await copy.Erase(seen.Index.Creditor, seen.Id, ct);
        await audit.Forget(seen.Id, kinds, ct);
        return true;
    }

    private async Task<bool> Write(StoredCase stored, DateTimeOffset updatedAt, PersonalKinds kinds, CancellationToken ct)
    {
        var state = Erasing.Of(stored.State, kinds);
        var index = CaseIndex.Of(state, await policies.Get(state.Known!.Policy, ct), updatedAt);
        // Opened again, in the same commit: a task is listed as it was when it was opened.
        return await store.Commit(new(stored.Id, stored.Version, state, index) { Opened = [.. state.Known!.Tasks] }, ct);
    }
}
