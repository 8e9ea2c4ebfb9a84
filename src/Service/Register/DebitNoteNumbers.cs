using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Api;
using Dunning.Service.Engine;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Register;

/// <summary>The last number of a creditor's debit notes in a year that stands in a case, and the one after it while it is on its way there.</summary>
public sealed record DebitNoteCounter(int Last)
{
    public ReservedNote? Reserved { get; init; }
}

/// <summary>A whole note with its number, written down before it goes into its case, so that anybody can finish what somebody began.</summary>
public sealed record ReservedNote(string Case, string By, CaseEvent Event);

/// <summary>
/// Gives debit notes their numbers, consecutive per creditor and year. A number is taken in three steps: the whole note is reserved under the next number
/// (compare-and-swap on the counter), it goes into the log of its case under its own id, the counter counts it. Nobody reserves while another note is
/// reserved: whoever finds one finishes it first, and as its id names it for ever, two who finish the same note write it once. So a crash at any point leaves at
/// most one note to be finished, and neither a gap nor the same number twice.
/// </summary>
public sealed class DebitNoteNumbers(IDocuments documents, ICaseStore store, INudge nudge, TimeProvider clock)
{
    private readonly Shelf<DebitNoteCounter> _counters = new(documents, "debit-notes");

    /// <summary>The note that has this id now, issued by this call or before; null when the id names another fact. Prepare writes it, all but its number.</summary>
    public async Task<(DebitNoteIssued? Note, Answer? Refusal)> Issue(
        string caseId, string by, string id, Func<Task<FoldedCase?>> find, Func<FoldedCase, (DebitNoteIssued? Note, Answer? Refusal)> prepare, DateTimeOffset now, CancellationToken ct)
    {
        for (var races = new Races(caseId); ; races.Lose())
        {
            if (await find() is not { } folded)
                return (null, Answer.NotFound("invoice"));
            var creditor = folded.File.Creditor;
            var year = folded.Policy.Zone.LocalDate(now).Year;
            var counterId = string.Create(CultureInfo.InvariantCulture, $"{creditor}/{year}");
            var counter = await _counters.Get(counterId, ct) ?? new(new(0), 0);
            if (counter.Value.Reserved is { } begun)
            {
                await Finish(counterId, creditor, counter, begun, ct);
                continue;
            }
            if (await store.FindFact(creditor, id, ct) is { } told)
                return (told.CaseId == caseId ? told.Event as DebitNoteIssued : null, null);
            // The case is looked at after the counter: what the last note charged is in it.
            if (await find() is not { } latest)
                return (null, Answer.NotFound("invoice"));
            var (note, refusal) = prepare(latest);
            if (note is null)
                return (null, refusal);
            var reserved = new ReservedNote(caseId, by, note with { Number = string.Create(CultureInfo.InvariantCulture, $"ND-{year}-{counter.Value.Last + 1:0000}") });
            if (await _counters.Put(counterId, creditor, counter.Value with { Reserved = reserved }, counter.Version, null, ct))
                // Not cancellable: what is reserved goes where it belongs.
                await Finish(counterId, creditor, new(counter.Value with { Reserved = reserved }, counter.Version + 1), reserved, CancellationToken.None);
        }
    }

    private async Task Finish(string counterId, string creditor, Shelved<DebitNoteCounter> counter, ReservedNote reserved, CancellationToken ct)
    {
        var outcome = (await store.Append([new(reserved.Case, creditor, reserved.Event, clock.GetUtcNow(), reserved.By)], ct))[0];
        if (outcome is AppendOutcome.Unavailable { Failure: { } failure })
            throw failure;
        var stands = outcome is AppendOutcome.Appended || (outcome is AppendOutcome.Known { Event: DebitNoteIssued known } && known.Number == ((DebitNoteIssued)reserved.Event).Number);
        if (stands)
            nudge.Nudge(reserved.Case);
        // An id that turned out to name another fact names it for ever: nobody can write this note any more, and its number is free.
        await _counters.Put(counterId, creditor, new(counter.Value.Last + (stands ? 1 : 0)), counter.Version, null, ct);
    }
}
