using Dunning.Domain;
using Dunning.Service.Delivery;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Engine;

/// <summary>
/// One voice per debtor: reminders that may leave at the same moment leave as one message. Each row is claimed in a transaction of its own, with the last look at
/// its own case and with the text in it that was made from all of them; only when all are claimed is anything handed over. See docs/one-voice.md.
/// </summary>
public sealed partial class DunningEngine
{
    /// <summary>More invoices than this are no letter anybody reads: the rest leaves in another.</summary>
    public const int MostJoined = 40;

    /// <summary>The debtor's other cases that may have something to say now, or are saying it; none where the message stands alone.</summary>
    public async Task<IReadOnlyList<string>> Beside(FoldedCase folded, MessageKey key, CancellationToken ct) =>
        MessageFates.MayJoin(folded.File, key) && MessageFates.MayLeave(folded.State, key, folded.Policy, clock.GetUtcNow())
            ? await store.Beside(key.Case, folded.File.Creditor, folded.File.Debtor.Id, clock.GetUtcNow(), ct)
            : [];

    /// <summary>The messages that may leave together, in the order of their keys; Seen is the case of the one asked for, when it was looked at.</summary>
    private sealed record Gathered(MessageKey Key, IReadOnlyList<MessageKey> Keys, FoldedCase? Seen, IDisposable? Floor) : IDisposable
    {
        public void Dispose() => Floor?.Dispose();
    }

    // Whoever else is due is advanced first, so that its message is there.
    private async Task<Gathered> Gather(MessageKey key, IReadOnlyList<string>? beside, bool alone, CancellationToken ct)
    {
        if (alone || beside is { Count: 0 } || await Look(key.Case, ct) is not { } own)
            return new(key, [key], null, null);
        if (!MessageFates.MayJoin(own.File, key))
            return new(key, [key], own, null);
        var floor = await post.Floor(own.File.Creditor, own.File.Debtor.Id, ct);
        try
        {
            // Somebody else may have had the floor, and this message with it.
            own = floor is null ? own : await Look(key.Case, ct) ?? own;
            var others = beside ?? await Beside(own, key, ct);
            if (others.Count == 0 || await post.InCommon(own.File, key, own.Policy, clock.GetUtcNow(), ct) is not { } common)
                return new(key, [key], own, floor);
            var keys = new List<MessageKey> { key };
            foreach (var id in others)
                if (keys.Count < MostJoined && await Like(id, key.Channel, common, ct) is { } like)
                    keys.Add(like);
            return new(key, [.. keys.OrderBy(k => k.ToString(), StringComparer.Ordinal)], keys.Count > 1 ? null : own, floor);
        }
        catch
        {
            floor?.Dispose();
            throw;
        }
    }

    private async Task<MessageKey?> Like(string caseId, Channel channel, string common, CancellationToken ct)
    {
        try
        {
            if (await Advance(caseId, ct) is not { Case: { } folded } advanced)
                return null;
            foreach (var key in advanced.Due)
                if (key.Channel == channel && MessageFates.MayJoin(folded.File, key)
                    && await post.InCommon(folded.File, key, folded.Policy, clock.GetUtcNow(), ct) == common && await Beforehand(key, ct) is null)
                    return key;
            return null;
        }
        // It fails in its own run, too, which says so: it does not keep the others from speaking.
        catch (Exception failure) when (failure is not (StoreUnavailable or OperationCanceledException))
        {
            return null;
        }
    }

    // Null: there is nothing to join after all, and the message leaves by itself. Empty: somebody came in between, and nothing leaves now.
    private async Task<IReadOnlyList<Claimed>?> Together(Gathered gathered, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var looked = new List<(FoldedCase Case, MessageKey Key, string? Common)>();
        foreach (var key in gathered.Keys)
            if (await Look(key.Case, ct) is { } folded && MessageFates.MayLeave(folded.State, key, folded.Policy, now)
                && await switches.Stopped(folded.File.Creditor, folded.Policy, now, ct) is null)
                looked.Add((folded, key, await post.InCommon(folded.File, key, folded.Policy, now, ct)));
        // An address corrected since they were gathered: whoever differs from the one asked for leaves by itself, and so does that one.
        var common = looked.Find(c => c.Key == gathered.Key).Common;
        var cases = looked.FindAll(c => c.Common == common).ConvertAll(c => (c.Case, c.Key));
        if (common is null || cases.Count < 2)
            return null;
        var joint = Joint.IdOf([.. cases.Select(c => c.Key)]);
        for (var i = 0; i < cases.Count; i++)
            cases[i] = (await policies.Add(cases[i].Case, new MessageClaimed(cases[i].Key) { Joined = joint }, now, Self, ct), cases[i].Key);
        return await Write(joint, cases, now, ct) is { } copies ? await Claim(cases, copies, now, ct) : null;
    }

    // A text that cannot be made for all is made for each.
    private async Task<IReadOnlyList<OutgoingMessage>?> Write(string joint, List<(FoldedCase Case, MessageKey Key)> cases, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            return await post.Write(joint, [.. cases.Select(c => new JoinedCase(c.Case.File, c.Key, c.Case.Policy))], now, ct);
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    // The text names every one of them: one that moved since it was looked at takes the claims of the others back, and they are looked at anew.
    private async Task<IReadOnlyList<Claimed>> Claim(List<(FoldedCase Case, MessageKey Key)> cases, IReadOnlyList<OutgoingMessage> copies, DateTimeOffset now, CancellationToken ct)
    {
        var claims = new List<Claimed>();
        foreach (var ((folded, _), copy) in cases.Zip(copies))
            try
            {
                if (await store.Commit(folded.ToCommit(now) with { Sent = copy }, ct))
                    claims.Add(new(copy, now, folded));
                else
                    return await TakenBack(claims);
            }
            catch (StoreUnavailable)
            {
                await TakenBack(claims);
                throw;
            }
        return claims;
    }

    private async Task<IReadOnlyList<Claimed>> TakenBack(List<Claimed> claims)
    {
        foreach (var claim in claims)
            await Record(claim.Message.Key, claim.Message.Joint?.Id, claim.At, new SendOutcome.TryAgain(LeastPause, "another invoice of the same message changed at that moment"));
        return [];
    }
}
