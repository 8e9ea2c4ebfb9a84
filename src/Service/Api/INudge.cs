using Dunning.Service.Engine;

namespace Dunning.Service.Api;

/// <summary>Tells the host that a case has something to do. A nudge that gets lost delays the case until the next sweep, no more.</summary>
public interface INudge
{
    void Nudge(string caseId);

    /// <summary>A case was registered; it sleeps until its wake-up.</summary>
    void Registered(FoldedCase registered);

    /// <summary>
    /// Until it is disposed, what the caller nudges has to wait; then all of it has its turn. So several invoices of a debtor, told in one act, speak with one voice.
    /// Null where that is so anyway.
    /// </summary>
    IDisposable? Together();
}
