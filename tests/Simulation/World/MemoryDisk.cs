using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Simulation;

internal sealed class MemoryDisk(MemoryStore store) : IDisk
{
    public StoredCase? Load(string caseId) => store.Load(caseId, default).Result;

    public IReadOnlyList<LoggedEvent> Log(string caseId) => store.Log(caseId);

    public OutgoingMessage? FindMessage(MessageKey key) => store.FindMessage(key, default).Result;
}
