using System.Text;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;

namespace Dunning.Service.Replies;

/// <summary>An answer as it came in, before anybody knows what it is about. From says who, for an operator; WrittenAt is their own word.</summary>
public sealed record Heard(string Creditor, string FactId, string Channel, string From, string? Text)
{
    public DateTimeOffset? WrittenAt { get; init; }
}

/// <summary>What became of something that was sent to us. Outcome is one word: reply, known, unmatched, automatic, delivered, bounced or ignored.</summary>
public sealed record HeardOutcome(string Outcome, string? CaseId = null);

/// <summary>Answers become facts of their cases: each once, however often it is delivered. One that finds no case, or a closed one, waits for a person.</summary>
public sealed class ReplyDesk(Acknowledger acknowledger, ICaseStore store, UnmatchedReplies unmatched, TimeProvider clock)
{
    /// <param name="cases">What it is about: the case it answers, then those that were spoken of in the same message. None when nobody knows.</param>
    public async Task<HeardOutcome> Hear(Heard told, IReadOnlyList<string> cases, string by, CancellationToken ct)
    {
        var caseId = cases.Count > 0 ? cases[0] : null;
        var heard = told with { From = Clean(told.From), Text = told.Text is { } text ? Clean(text) : null };
        if (await store.FindFact(heard.Creditor, heard.FactId, ct) is { } known)
            return new("known", known.CaseId);
        // Before the first: once that one knows the answer, nobody comes back for the others.
        foreach (var other in cases.Skip(1))
            await acknowledger.Tell(other, EventOf(heard with { FactId = $"{heard.FactId}:{other}" }), by, ct);
        if (caseId is not null && await acknowledger.Tell(caseId, EventOf(heard), by, ct))
            return new("reply", caseId);
        // Delivered twice at once, the other was faster.
        if (await store.FindFact(heard.Creditor, heard.FactId, ct) is { } meanwhile)
            return new("known", meanwhile.CaseId);
        await unmatched.Put(
            new(heard.Creditor, heard.FactId, heard.Channel, heard.From, heard.Text, clock.GetUtcNow()) { WrittenAt = heard.WrittenAt, Candidate = caseId }, ct);
        return new("unmatched");
    }

    /// <summary>A person's word on what an answer is about; false when that case takes none.</summary>
    public Task<bool> Assign(UnmatchedReply reply, string caseId, string by, CancellationToken ct) => acknowledger.Tell(
        caseId, EventOf(new(reply.Creditor, reply.FactId, reply.Channel, reply.From, reply.Text) { WrittenAt = reply.WrittenAt }), by, ct);

    // What is kept as text must be some: no half characters, nothing but lines among the control characters.
    private static string Clean(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(new string([.. text.Where(c => !char.IsControl(c) || c is '\n' or '\t')])));

    private static CaseEvent.ReplyReceived EventOf(Heard heard) => new(heard.Channel, heard.Text) { Id = heard.FactId, From = heard.From, At = heard.WrittenAt };
}
