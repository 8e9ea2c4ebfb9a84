using Dunning.Domain;
using Dunning.Service.Delivery;

namespace Dunning.Service.Engine;

/// <summary>Every version of every policy, shipped or a creditor's own. Versions never change, so they may be kept in memory.</summary>
public interface IPolicyBook
{
    /// <exception cref="KeyNotFoundException">No such version.</exception>
    ValueTask<Policy> Get(PolicyRef policy, CancellationToken ct);
}

/// <summary>Whether sending is stopped for a creditor: by the global switch, its own, or books that are too old.</summary>
public interface ISwitches
{
    ValueTask<StopCause?> Stopped(string creditor, Policy policy, DateTimeOffset now, CancellationToken ct);
}

/// <summary>
/// What was acknowledged before anybody knew which case it is for: a payment provider has its answer first, and what it delivered becomes a fact after. A host
/// without such deliveries has none.
/// </summary>
public interface IIntake
{
    /// <summary>
    /// Whether something of this creditor that was stored before it is asked is not a fact yet; it may wait a moment for it, and tells the case what was known of it
    /// before it was registered. Whatever was acknowledged before it is asked is seen.
    /// </summary>
    /// <exception cref="StoreUnavailable">Nobody can say.</exception>
    Task<bool> IsBehind(string creditor, string caseId, CancellationToken ct);
}

/// <summary>What is settled with payment providers around messages; simulations have none.</summary>
public interface IPaymentDesk
{
    /// <summary>Whether any creditor has payment settings: if not, nothing else is asked of the desk.</summary>
    ValueTask<bool> IsOpen(CancellationToken ct);

    /// <summary>
    /// Before a message is claimed: the link its text may carry is made, and before a formal notice the money nobody told of is looked for. Not null: why it waits.
    /// </summary>
    Task<string?> Before(FoldedCase folded, MessageKey key, CancellationToken ct);

    /// <summary>Looks for money nobody told of. What is found stands in the inbox of the case when it returns.</summary>
    Task BeforeHandOver(FoldedCase folded, CancellationToken ct);

    /// <summary>Links that no longer fit what a case asks are revoked.</summary>
    Task After(FoldedCase committed, CancellationToken ct);
}

/// <summary>A case with the message of it that leaves together with others.</summary>
public sealed record JoinedCase(CaseFile File, MessageKey Key, Policy Policy);

/// <summary>Writes messages and hands them to providers.</summary>
public interface IPostOffice
{
    /// <summary>
    /// A place among those who send at the same time, given back when disposed of; null where there is no limit. Taken before the claim, so that
    /// the last look comes right before the sending and not before the queue.
    /// </summary>
    ValueTask<IDisposable?> Turn(Channel channel, CancellationToken ct) => default;

    /// <summary>The text of a message as of today, from the state that has just been looked at.</summary>
    ValueTask<OutgoingMessage> Write(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// The floor of a debtor, given back when disposed of: whoever has it looks which of its messages leave together. Null where nobody else of this process speaks
    /// to it; between processes it holds nobody back, and only keeps apart what could have left together.
    /// </summary>
    ValueTask<IDisposable?> Floor(string creditor, string debtor, CancellationToken ct) => default;

    /// <summary>What messages must have in common to leave as one: where to, in whose name, in which language and currency. Null for one that stands alone.</summary>
    ValueTask<string?> InCommon(CaseFile file, MessageKey key, Policy policy, DateTimeOffset now, CancellationToken ct) => default;

    /// <summary>The text of several messages as one, a copy for each in their order.</summary>
    ValueTask<IReadOnlyList<OutgoingMessage>> Write(string joint, IReadOnlyList<JoinedCase> cases, DateTimeOffset now, CancellationToken ct) =>
        throw new NotSupportedException("Nothing is joined here.");

    Task<SendOutcome> Send(OutgoingMessage message, CancellationToken ct);

    /// <summary>What became of a message that may have been handed over; null when the provider cannot say.</summary>
    Task<SendOutcome?> Ask(OutgoingMessage message, CancellationToken ct);
}
