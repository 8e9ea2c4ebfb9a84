using System.Security.Cryptography;
using System.Text;
using Dunning.Service.Engine;
using Dunning.Service.Register;

namespace Dunning.Service.Replies;

/// <summary>
/// An answer nobody knows the case of, or whose case takes none any more: it waits for a person. FactId is the id it will have as a fact, so that an answer
/// delivered again, or assigned twice, counts once.
/// </summary>
public sealed record UnmatchedReply(string Creditor, string FactId, string Channel, string From, string? Text, DateTimeOffset ReceivedAt)
{
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>The case it seems to be about, though it is closed.</summary>
    public string? Candidate { get; init; }

    /// <summary>The case a person said it belongs to.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>A person said it is about no case.</summary>
    public bool IsDiscarded { get; init; }

    /// <summary>Unique among all creditors, the same for the same answer.</summary>
    public string Id => $"reply-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Creditor}\n{FactId}")))[..24]}";
}

/// <summary>The answers that wait for a person, of every creditor. What is settled is kept, and no longer listed.</summary>
public sealed class UnmatchedReplies(Registry registry)
{
    private Shelf<UnmatchedReply> Shelf => registry.UnmatchedReplies;

    /// <summary>What waits, of one creditor or of all.</summary>
    public WaitingList<UnmatchedReply> Waiting { get; } = new(registry, registry.UnmatchedReplies, u => u is { AssignedTo: null, IsDiscarded: false });

    /// <summary>Put again, an answer changes nothing: it may be settled already.</summary>
    public Task Put(UnmatchedReply reply, CancellationToken ct) => Shelf.Put(reply.Id, reply.Creditor, reply, 0, null, ct);

    public Task<Shelved<UnmatchedReply>?> Find(string id, CancellationToken ct) => Shelf.Get(id, ct);

    /// <summary>False if it has changed since that version. Without an owner from then on: a creditor's list goes through what waits only.</summary>
    public Task<bool> Settle(Shelved<UnmatchedReply> kept, UnmatchedReply settled, Receipt? receipt, CancellationToken ct) =>
        Shelf.Put(settled.Id, null, settled, kept.Version, receipt, ct);
}
