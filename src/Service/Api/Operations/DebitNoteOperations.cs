using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Claims;
using Dunning.Service.Engine;
using Dunning.Service.Papers;
using Dunning.Service.Register;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Service.Api.Operations;

/// <summary>Interest and indemnity as numbered documents, so that they can be booked.</summary>
public sealed class DebitNoteOperations(Acknowledger acknowledger, DebitNoteNumbers numbers, RateBook book, PaperArchive papers)
{
    public async Task<Answer> Issue(ApiRequest r)
    {
        var (id, asked) = (r.FactId(), r.Body.Date("asOf"));
        if (r.Body.Faults.Count > 0)
            return Answer.Invalid(r.Body.Faults);
        if (r.HasCondition && await acknowledger.Find(r.Caller, r.Route("id"), r.Ct) is { } seen && r.Precondition(ApiPipeline.Etag(await acknowledger.CaseViews.Of(seen, r.Ct))) is { } moved)
            return moved;
        var rates = await book.Current(r.Ct);
        var (issued, refusal) = await numbers.Issue(r.Route("id"), r.Caller.KeyId, id, () => acknowledger.Find(r.Caller, r.Route("id"), r.Ct), folded => Prepare(folded, id, asked, rates, r.Now), r.Now, r.Ct);
        if (refusal is not null)
            return refusal;
        // Told again under the same id: the same note, unless another day is asked for now.
        if (issued is null || (asked is not null && issued.AsOf != asked) || await papers.NoteOf(r.Route("id"), issued.Number, r.Ct) is not { } at)
            return Answer.Conflict("factKnown", "This id was used for another fact.", new Fault("id", "used", "names another fact."));
        return new(201, DebitNoteView.Of(at, issued)) { Location = $"/api/invoices/{at.File.Id}/debit-notes/{issued.Number}" };
    }

    public async Task<Answer> Get(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var format = query.OneOf("format", new Dictionary<string, string> { ["json"] = "json", ["pdf"] = "pdf" });
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        if (await acknowledger.Find(r.Caller, r.Route("id"), r.Ct) is not { } folded)
            return Answer.NotFound("invoice");
        if (await papers.NoteOf(folded.Stored.Id, r.Route("number"), r.Ct) is not { Logged.Event: DebitNoteIssued note } at)
            return Answer.NotFound("debit note");
        if (format != "pdf")
            return Answer.Ok(DebitNoteView.Of(at, note));
        try
        {
            return new(200, await papers.DebitNote(folded.Stored.Id, note.Number, r.Ct)) { ContentType = "application/pdf" };
        }
        catch (ArgumentException undrawable)
        {
            return Answer.Unprocessable(new Fault("format", "cannotBeDrawn", undrawable.Message));
        }
    }

    private static (DebitNoteIssued?, Answer?) Prepare(FoldedCase folded, string id, DateOnly? asked, Rates rates, DateTimeOffset now)
    {
        var today = folded.Policy.Zone.LocalDate(now);
        var asOf = asked ?? today;
        if (asOf > today)
            return (null, Answer.Unprocessable(new Fault("asOf", "inTheFuture", "must not lie in the future: interest to come cannot be charged.")));
        if (CaseClaim.Of(folded.File, folded.Policy, rates, asOf, out var faults) is not { } claim)
            return (null, Answer.Unprocessable([.. faults.Select(f => new Fault(f.Path, f.Code, f.Why))]));
        if (claim.Interest.IsZero && claim.Indemnity.IsZero)
            return (null, Answer.Conflict("nothingToCharge", "Nothing is owed beside the principal on that day."));
        var charging = Charging.Of(folded.File, claim);
        if (charging.IsNothing)
            return (null, Answer.Conflict("chargedAlready", $"Debit note {folded.File.Account.DebitNotes[^1].Number} has charged all of it."));
        return (new("", charging.Interest, charging.Indemnity, today, asOf)
        {
            Id = id,
            Lines = [.. claim.Segments.Select(ChargedInterest.Of)],
            LegalBasis = claim.LegalBasis,
        }, null);
    }
}
