using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Simulation;

/// <summary>What is durable, read past every fault: the promises are held against it, whichever host wrote it.</summary>
internal interface IDisk
{
    StoredCase? Load(string caseId);

    IReadOnlyList<LoggedEvent> Log(string caseId);

    OutgoingMessage? FindMessage(MessageKey key);
}
