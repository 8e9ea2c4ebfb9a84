using Dunning.Service.Engine;

namespace Dunning.Service.Api;

/// <summary>Tells the host that a case has something to do. A nudge that gets lost delays the case until the next sweep, no more.</summary>
public interface INudge
{
    void Nudge(string caseId);

    /// <summary>A case was registered; it sleeps until its wake-up.</summary>
    void Registered(FoldedCase registered);
}
