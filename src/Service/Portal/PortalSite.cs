using Dunning.Service.Api;
using Dunning.Service.Browsing;
using Dunning.Service.Engine;
using Dunning.Service.Portal.Pages;
using Dunning.Service.Rendering;
using Microsoft.AspNetCore.Http;

namespace Dunning.Service.Portal;

/// <summary>
/// Everything under /p: who holds the token of a case is its debtor. Looking changes nothing; whatever a token does not open is one and the same page.
/// </summary>
public sealed class PortalSite(PortalDesk desk, PortalLinks links, PortalKey key, SiteHeaders headers, VisitRates rates, PortalRenderer renderer, Acknowledger acknowledger, TimeProvider clock)
{
    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private const string Style = "files/page.css";
    private const string Pay = "pay";
    private const int MostForm = 32 * 1024;
    private const int MostValues = 50;

    private static readonly byte[] Css = SiteFiles.Read("portal/page.css");

    public IEnumerable<Operation> Operations =>
    [
        new("debtorPage", "GET", "/p/{*page}", Role.Anonymous, "A page of the debtor", r => Guarded(r, Get)) { RawBody = true },
        new("debtorAct", "POST", "/p/{*page}", Role.Anonymous, "A form of the debtor", r => Guarded(r, Post)) { RawBody = true },
    ];

    private async Task<Answer> Guarded(ApiRequest r, Func<HttpContext, string, string, CancellationToken, Task<Answer>> answer)
    {
        var (http, path) = (r.Http, r.Route("page").Trim('/'));
        headers.Put(http, Policy, addressIsSecret: true);
        if (path == Style && HttpMethods.IsGet(http.Request.Method))
            return Answer.Ok(Css) with { ContentType = "text/css; charset=utf-8" };
        var (token, page) = path.IndexOf('/', StringComparison.Ordinal) is var cut and > 0 ? (path[..cut], path[(cut + 1)..]) : (path, "");
        try
        {
            if (rates.Links.Allows(http, token))
                return await answer(http, token, page, r.Ct);
            VisitRate.Refuse(http);
            return await Sorry(http, 429);
        }
        catch (StoreUnavailable)
        {
            http.Response.Headers.RetryAfter = "10";
            return await Sorry(http, 503);
        }
    }

    private async Task<Answer> Get(HttpContext http, string token, string page, CancellationToken ct)
    {
        if (await desk.Open(token, ct) is not { } shown)
            return await Sorry(http, 404);
        var reader = ReaderOf(http, token, shown);
        if (page.Length == 0)
            return await Owed(reader, shown, http.Request.Query["noted"].FirstOrDefault());
        if (page == "invoice.pdf")
            return await desk.Document(shown, ct) is { } pdf ? Answer.Ok(pdf) with { ContentType = "application/pdf", FileName = "invoice.pdf" } : await Sorry(http, 404);
        if (DebtorAnswer.All.FirstOrDefault(a => a.Name == page) is not { } act)
            return await Sorry(http, 404);
        return act.IsOffered(shown) ? await Form(act, reader, shown, new(FormCollection.Empty, reader), 200) : SiteAnswer.SeeOther(reader.To());
    }

    private async Task<Answer> Post(HttpContext http, string token, string page, CancellationToken ct)
    {
        if (await SiteForm.Read(http.Request, MostForm, MostValues) is not { Fields: var posted })
            return await Sorry(http, 413);
        if (await desk.Open(token, ct) is not { } shown)
            return await Sorry(http, 404);
        var reader = ReaderOf(http, token, shown);
        if (posted is null || !PortalKey.Same(posted["form"].FirstOrDefault(), reader.Form))
            return await Sorry(http, 403);
        if (page == Pay)
        {
            await desk.PrepareLink(shown, ct);
            return SiteAnswer.SeeOther(reader.To(noted: Pay));
        }
        return DebtorAnswer.All.FirstOrDefault(a => a.Name == page) is { } act ? await Say(act, reader, shown, new(posted, reader), ct) : await Sorry(http, 404);
    }

    private async Task<Answer> Say(DebtorAnswer act, Reader reader, PortalCase shown, DebtorForm form, CancellationToken ct)
    {
        if (!act.IsOffered(shown))
            return SiteAnswer.SeeOther(reader.To(noted: act.Name));
        if (act.Read(form, shown, reader) is not { } @event)
            return await Form(act, reader, shown, form, 422);
        if (act.Stands(shown, @event))
            return SiteAnswer.SeeOther(reader.To(noted: act.Name));
        if (act.Takes(shown, @event) && FactRules.Check(shown.Folded, @event, clock.GetUtcNow()) is null)
        {
            if (act.Binds && !form.IsConfirmed)
                return SiteAnswer.Html(200, await renderer.Render<AnswerConfirmPage>(reader, shown, reader.T("Confirmer", "Bevestigen", "Confirm", "Bestätigen"), ("Shown", shown), ("Act", act.Name), ("Event", @event), ("Form", form)));
            if (await acknowledger.Tell(shown.File.Id, @event, DebtorFacts.Debtor, ct, f => act.Takes(shown with { Folded = f }, @event)))
                return SiteAnswer.SeeOther(reader.To(noted: act.Name));
        }
        form.General = reader.T(
            "Nous ne pouvons plus enregistrer cette réponse\u00A0: le dossier a changé entre-temps. Regardez à nouveau la première page.",
            "Wij kunnen dit antwoord niet meer noteren: het dossier is intussen veranderd. Bekijk de eerste pagina opnieuw.",
            "We can no longer take this answer: the matter has changed meanwhile. Please look at the first page again.",
            "Wir können diese Antwort nicht mehr aufnehmen: Der Vorgang hat sich inzwischen geändert. Bitte sehen Sie sich die erste Seite noch einmal an.");
        return await Form(act, reader, shown, form, 409);
    }

    private async Task<Answer> Owed(Reader reader, PortalCase shown, string? noted) =>
        SiteAnswer.Html(200, await renderer.Render<OwedPage>(reader, shown, $"{Nouns.Invoice(reader)} {shown.File.Invoice.Number}", ("Shown", shown), ("Noted", noted)));

    private async Task<Answer> Form(DebtorAnswer act, Reader reader, PortalCase shown, DebtorForm form, int status) =>
        SiteAnswer.Html(status, await renderer.Render(act.Form, reader, shown, Nouns.Act(reader, act.Name), ("Shown", shown), ("Form", form)));

    // Nothing of it depends on the token: only on how the browser asks.
    private async Task<Answer> Sorry(HttpContext http, int status)
    {
        var reader = new Reader(SiteLanguage.Of(http, TextLanguage.All) ?? TextLanguage.French, links.Root, "", "", false);
        return SiteAnswer.Html(status, await renderer.Render<SorryPage>(reader, null, reader.T("Page introuvable", "Pagina niet gevonden", "Page not found", "Seite nicht gefunden"), ("Status", status)));
    }

    private Reader ReaderOf(HttpContext http, string token, PortalCase shown)
    {
        var (own, chosen) = (TextLanguage.Closest(shown.File.Debtor.Language), http.Request.Query["lang"].FirstOrDefault());
        var language = TextLanguage.All.Contains(chosen) ? chosen! : own;
        return new(language, links.Root, token, key.Form(token), language != own);
    }
}
