using Dunning.Domain;
using Dunning.Service.Claims;
using Dunning.Service.Delivery;
using Dunning.Service.Engine;
using Dunning.Service.HandOver;
using Dunning.Service.Letters;
using Dunning.Service.Register;

namespace Dunning.Service.Api.Operations;

/// <summary>What is handed over once reminding has failed: the routes that are open, the request that begins one, the whole file.</summary>
public sealed class HandOverOperations(Acknowledger acknowledger, ICaseStore store, ICaseLists lists, Registry registry, RateBook rates, ILetterRenderer letters)
{
    private static readonly Dictionary<string, Procedure?> Drafted = HandOverPaper.Drafted.ToDictionary(ApiJson.Name, p => (Procedure?)p);

    public async Task<Answer> Routes(ApiRequest r)
    {
        var (found, refusal) = await Find(r);
        return found is null ? refusal! : Answer.Ok(RecoveryRoutesView.Of(found));
    }

    public async Task<Answer> File(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var part = query.OneOf("part", new[] { "request", "summary" }.ToDictionary(p => p));
        var procedure = query.OneOf("procedure", Drafted);
        if (query.Faults.Count > 0)
            return Answer.Invalid(query.Faults);
        var (found, refusal) = await Find(r);
        if (found is null)
            return refusal!;
        var route = found.Routes.FirstOrDefault(x => procedure is null ? x.Applies && HandOverPaper.Drafted.Contains(x.Procedure) : x.Procedure == procedure && x.Applies);
        var name = $"{FileName.Of(found.File.Creditor)}-{FileName.Of(found.File.Invoice.Number)}";
        if (part == "request" && route is null)
            return Answer.Conflict("noSuchRequest", "No route that begins with a request is open for this case; /recovery-routes tells why.");
        if (part is not null)
        {
            var (paper, why) = Draw(part == "request" ? HandOverPaper.Request(found, route!) : HandOverPaper.Summary(found));
            return paper is null ? Answer.Conflict("notDrawable", why!) : Saved(paper, $"{name}-{part}.pdf");
        }
        return await Whole(r, found, route, name);
    }

    private async Task<Answer> Whole(ApiRequest r, HandOverCase found, RecoveryRoute? route, string name)
    {
        var invoice = await InvoiceDocument.Find(registry.Documents, found.File.Id, found.File.Invoice.Number, r.Ct);
        var view = await acknowledger.CaseViews.Of(found.Folded, r.Ct);
        var (papers, notes) = (new List<(string, byte[])>(), new List<string>());
        Add("summary.pdf", HandOverPaper.Summary(found));
        if (route is not null)
            Add("draft-request.pdf", HandOverPaper.Request(found, route));
        return new(200, (Stream to, CancellationToken ct) => new HandOverFile(found, view, invoice, store).Write(to, papers, notes, ct)) { ContentType = "application/zip", FileName = $"{name}.zip" };

        // What cannot be drawn, a name in another script, must not keep the rest from whoever takes over.
        void Add(string file, Letter letter)
        {
            var (paper, why) = Draw(letter);
            if (paper is not null)
                papers.Add((file, paper));
            else
            {
                papers.Add((Path.ChangeExtension(file, ".md"), System.Text.Encoding.UTF8.GetBytes($"# {letter.Title}\n\n{letter.Body}\n")));
                notes.Add($"{file}: {why} Its text is there instead.");
            }
        }
    }

    private (byte[]? Pdf, string? Why) Draw(Letter letter)
    {
        try
        {
            return (letters.Render(letter), null);
        }
        catch (LetterNotDrawable undrawable)
        {
            return (null, undrawable.Message);
        }
    }

    private static Answer Saved(byte[] pdf, string name) =>
        new(200, async (Stream to, CancellationToken ct) => await to.WriteAsync(pdf, ct)) { ContentType = "application/pdf", FileName = name };

    private async Task<(HandOverCase? Found, Answer? Refusal)> Find(ApiRequest r)
    {
        if (await acknowledger.Find(r.Caller, r.Route("id"), r.Ct) is not { } folded || await registry.Creditors.Get(folded.File.Creditor, r.Ct) is not { Value: var creditor })
            return (null, Answer.NotFound("invoice"));
        var today = folded.Policy.Zone.LocalDate(r.Now);
        if (CaseClaim.Of(folded.File, folded.Policy, await rates.Current(r.Ct), today, out var faults) is not { } claim)
            return (null, Answer.Unprocessable([.. faults.Select(f => new Fault(f.Path, f.Code, f.Why))]));
        var hasInvoice = await InvoiceDocument.Has(registry.Documents, folded.File.Id, r.Ct);
        var terms = new RouteTerms(today, creditor.Country ?? folded.Policy.Regime[..2].ToUpperInvariant(), hasInvoice);
        var routes = RecoveryRoutes.Propose(folded.File, folded.Policy, claim, terms);
        return (new(folded, creditor, claim, routes, await lists.Log(folded.Stored.Id, 0, int.MaxValue, r.Ct), r.Now) { HasInvoice = hasInvoice }, null);
    }
}
