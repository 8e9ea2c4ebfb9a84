using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Simulation;

/// <summary>A fact somebody wants acknowledged, and keeps telling under the same id until it is.</summary>
internal sealed record Request(string CaseId, string Creditor, CaseEvent Fact, string By)
{
    public Policy? Registers { get; init; }

    /// <summary>What was looked at before a word that only makes sense of that.</summary>
    public long? IfVersion { get; init; }

    public bool IsRefused { get; set; }

    public bool IsAcknowledged { get; set; }

    public bool IsUnderway { get; set; }
}

/// <summary>Tells facts to the store as the API does, and remembers what it was answered.</summary>
internal sealed class Client(ICaseStore store, TimeProvider clock, Witness witness)
{
    private readonly List<Request> _requests = [];

    public IReadOnlyList<Request> Requests => _requests;

    public Request Ask(string caseId, string creditor, CaseEvent fact, string by, long? ifVersion = null)
    {
        var request = new Request(caseId, creditor, fact, by) { IfVersion = ifVersion };
        _requests.Add(request);
        return request;
    }

    public Request Register(CaseEvent.Registered registered, Policy policy)
    {
        var request = new Request(registered.Case, registered.Creditor, registered, "platform") { Registers = policy };
        _requests.Add(request);
        return request;
    }

    /// <summary>False when there is no such case yet: to be told again later.</summary>
    public async Task<bool> Bring(Request request)
    {
        request.IsUnderway = true;
        try
        {
            var outcomes = await store.Append([Append(request)], default);
            if (outcomes[0] is AppendOutcome.NoSuchCase)
                return false;
            if (outcomes[0] is AppendOutcome.VersionMoved)
                return request.IsRefused = true;
            var told = outcomes[0] is AppendOutcome.Appended or AppendOutcome.Known or AppendOutcome.Exists;
            witness.Check(told, "P1", request.CaseId, $"{request.Fact.GetType().Name} was answered {outcomes[0].GetType().Name}");
            witness.Tally.Count(request.IsAcknowledged ? "duplicates" : $"fact {request.Fact.GetType().Name}");
            return request.IsAcknowledged = true;
        }
        finally
        {
            request.IsUnderway = false;
        }
    }

    private CaseAppend Append(Request request)
    {
        var now = clock.GetUtcNow();
        var append = new CaseAppend(request.CaseId, request.Creditor, request.Fact, now, request.By) { IfVersion = request.IfVersion };
        if (request.Registers is not { } policy)
            return append;
        var born = Decider.Decide(DunningCase.Unregistered.Instance, request.Fact, policy, now).State;
        return append with { Created = new(request.CaseId, 0, born, CaseIndex.Of(born, policy, now)) { Opened = born.Known!.Tasks } };
    }
}
