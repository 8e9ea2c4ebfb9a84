using System.Text;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;
using Dunning.Service.Payments;

namespace Dunning.Service.Console.Casework;

/// <summary>One case: all there is to know of it, its messages exactly as sent, and every act.</summary>
public sealed class CaseworkPages(TimeProvider clock) : IConsolePages
{
    // The page of an e-mail was written by others: it may show itself, and nothing else.
    private const string AsSent = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

    private const string Message = "cases/{id}/messages/{step}/{channel}/{sending}";

    private readonly ActPages _acts = new(clock);

    public IEnumerable<Page> Pages =>
    [
        new("GET", "cases/{id}", Show),
        new("GET", "cases/{id}/acts/{act}", _acts.Show),
        new("POST", "cases/{id}/acts/{act}", _acts.Do),
        new("GET", Message, ShowMessage),
        new("GET", $"{Message}/page", MessagePage),
        new("GET", $"{Message}/letter.pdf", Letter),
        new("GET", "cases/{id}/preview/{step}", Preview),
        new("GET", "cases/{id}/preview/{step}/{channel}", PreviewPage),
        new("GET", "cases/{id}/plans/{plan}/agreement.pdf", Agreement),
        new("GET", "cases/{id}/replies/{reply}/original.eml", Original),
    ];

    private static async Task<PageAnswer> Show(PageRequest r) =>
        await r.Api.Get<CaseView>("getInvoice", r.Route) is { } shown ? PageAnswer.Of<CasePage>(shown.Number, ("Case", shown)) : new PageAnswer.NotFound();

    private static async Task<PageAnswer> ShowMessage(PageRequest r)
    {
        if (await r.Api.Get<CaseView>("getInvoice", Case(r)) is not { } shown || await r.Api.Get<MessageView>("getMessage", r.Route) is not { } message)
            return new PageAnswer.NotFound();
        return PageAnswer.Of<MessagePage>($"{message.Subject ?? r.Ui.StepName(message.Step)} · {shown.Number}", ("Case", shown), ("Message", message));
    }

    private static async Task<PageAnswer> MessagePage(PageRequest r) => await r.Api.Get<MessageView>("getMessage", r.Route) is { } message ? AsItIs(r, message.Html, message.PaymentCode) : new PageAnswer.NotFound();

    private static async Task<PageAnswer> Letter(PageRequest r) => Pdf(await r.Api.Call("getMessage", r.Route, null, ("format", "pdf")));

    private static async Task<PageAnswer> Agreement(PageRequest r) => Pdf(await r.Api.Call("getPlanDocument", r.Route));

    private static async Task<PageAnswer> Original(PageRequest r) =>
        (await r.Api.Call("getReplyMail", r.Route)).Body is byte[] mail ? new PageAnswer.File(mail, "message/rfc822", "reply.eml") : new PageAnswer.NotFound();

    private static async Task<PageAnswer> Preview(PageRequest r)
    {
        if (await r.Api.Get<CaseView>("getInvoice", Case(r)) is not { } shown || await r.Api.Get<PreviewsView>("previewStep", r.Route) is not { } previews)
            return new PageAnswer.NotFound();
        return PageAnswer.Of<PreviewPage>($"{r.Ui.StepName(previews.Step)} · {shown.Number}", ("Case", shown), ("Previews", previews));
    }

    private static async Task<PageAnswer> PreviewPage(PageRequest r)
    {
        var previews = await r.Api.Get<PreviewsView>("previewStep", r.Route);
        return previews?.Messages.FirstOrDefault(m => m.Channel == r.Route["channel"]) is { } message ? AsItIs(r, message.Html, message.PaymentCode) : new PageAnswer.NotFound();
    }

    // The code to scan travels beside the page in a mail: here it stands in it.
    private static PageAnswer AsItIs(PageRequest r, string? page, string? code)
    {
        if (page is null)
            return new PageAnswer.NotFound();
        if (code is not null)
            page = page.Replace($"cid:{PaymentCode.ContentId}", $"data:image/png;base64,{Convert.ToBase64String(PaymentCode.Png(code))}", StringComparison.Ordinal);
        r.Http.Response.Headers.ContentSecurityPolicy = AsSent;
        return new PageAnswer.File(Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8");
    }

    private static PageAnswer Pdf(Api.Answer answer) => answer.Body is byte[] pdf ? new PageAnswer.File(pdf, "application/pdf") : new PageAnswer.NotFound();

    private static Dictionary<string, string> Case(PageRequest r) => new() { ["id"] = r.Route["id"] };
}
