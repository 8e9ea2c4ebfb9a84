using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Claims;

namespace Dunning.Service.Api.Operations;

/// <summary>What is owed: for terms anybody asks about, and for a case.</summary>
public sealed class ClaimOperations(RateBook book, Acknowledger acknowledger)
{
    public async Task<Answer> Calculate(ApiRequest r)
    {
        var rates = await book.Current(r.Ct);
        if (ClaimBody.Read(r.Body, rates) is not { } terms)
            return Answer.Invalid(r.Body.Faults);
        return ClaimCalculator.Calculate(terms, rates, out var faults) is { } claim ? Answer.Ok(ClaimView.Of(claim, terms.Regime, terms.AsOf)) : Refused(faults);
    }

    public async Task<Answer> OfInvoice(ApiRequest r)
    {
        if (await acknowledger.Find(r.Caller, r.Route("id"), r.Ct) is not { } folded)
            return Answer.NotFound("invoice");
        var query = r.QueryAsBody();
        var asOf = query.Date("asOf") ?? folded.Policy.Zone.LocalDate(r.Now);
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        return CaseClaim.Of(folded.File, folded.Policy, await book.Current(r.Ct), asOf, out var faults) is { } claim
            ? Answer.Ok(ClaimView.Of(claim, folded.Policy.Regime, asOf))
            : Refused(faults);
    }

    private static Answer Refused(IReadOnlyList<ClaimFault> faults) => Answer.Unprocessable([.. faults.Select(f => new Fault(f.Path, f.Code, f.Why))]);
}
