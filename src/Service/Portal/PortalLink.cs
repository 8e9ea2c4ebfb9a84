namespace Dunning.Service.Portal;

/// <summary>What a token opens, kept under the token's hash. Generation counts the links of a case: each but the last was revoked, or is about to expire.</summary>
public sealed record PortalLink(string Creditor, string CaseId, string Purpose, int Generation, DateTimeOffset ExpiresAt)
{
    /// <summary>The debtor's page; a link made for anything else opens none.</summary>
    public const string Page = "page";

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevokedBy { get; init; }
}
