namespace Dunning.Service.Engine;

/// <summary>
/// Counts the races that one act has lost for a case. Each loss should mean that somebody else has written; so many mean a store whose reads and
/// writes do not agree, or a case that is written to without rest: whoever asked is told, and tries again later.
/// </summary>
internal struct Races(string caseId)
{
    private const int Most = 200;

    private int _lost;

    /// <exception cref="StoreUnavailable">Too many were lost; nothing was stored.</exception>
    public void Lose()
    {
        if (++_lost >= Most)
            throw new StoreUnavailable($"Case {caseId} changed {Most} times while it was being written to.");
    }
}
