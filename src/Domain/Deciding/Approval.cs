namespace Dunning.Domain;

/// <summary>Which steps a person lets leave.</summary>
public static class Approval
{
    /// <summary>Whether a step will ask first: the policy says so, or the law makes it wise, and nobody has approved it yet.</summary>
    public static bool IsAwaited(CaseFile file, Rung rung) => Climbing.NeedsApproval(file, rung) && !file.Approved.Contains(rung.Id);
}
