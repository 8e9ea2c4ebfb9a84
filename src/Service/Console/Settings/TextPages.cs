using System.Text;
using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Console.Audit;

namespace Dunning.Service.Console.Settings;

/// <summary>What debtors read: the texts shipped and a creditor's own, seen with values before they are kept.</summary>
public sealed class TextPages : IConsolePages
{
    private const string Place = "/console/settings/texts";
    private const string One = "settings/texts/{creditor}/{language}/{name}";

    // Nothing of a text may run, load or lead anywhere: it is looked at.
    private const string PreviewPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

    public IEnumerable<Page> Pages =>
    [
        new("GET", "settings/texts", List),
        new("GET", One, r => Show(r, null, null)),
        new("POST", One, Save),
        new("POST", One + "/revert", Revert),
        new("GET", One + "/preview", r => Preview(r, null, r.Query("values"))),
        new("POST", One + "/preview", r => Preview(r, Draft(r), r.Field("values"))),
    ];

    internal static string Of(string creditor, string language, string name) => $"{Place}/{SettingsPages.At(creditor)}/{SettingsPages.At(language)}/{SettingsPages.At(name)}";

    private static async Task<PageAnswer> List(PageRequest r)
    {
        var creditors = await SeenCreditors.Of(r);
        if (SettingsPages.Chosen(r, creditors) is not { } creditor)
            return PageAnswer.Of<TextsPage>(r.Ui.Say("Textes", "Texts"), ("Creditors", creditors), ("Texts", Array.Empty<TextView>()));
        if (await r.Api.Get<PageView<TextView>>("listTexts", SettingsPages.Route(("creditor", creditor))) is not { } all)
            return new PageAnswer.NotFound();
        var (language, channel, template, own) = (r.Query("language"), r.Query("channel"), r.Query("template"), r.Query("own") == "true");
        bool Shown(TextView text)
        {
            var parts = text.Name.Split('.');
            return (language is null || text.Language == language) && (channel is null || parts[1] == channel) && (template is null || parts[0] == template) && (!own || text.Own);
        }
        return PageAnswer.Of<TextsPage>(r.Ui.Say("Textes", "Texts"), ("Creditors", creditors), ("Creditor", creditor), ("Texts", all.Items.Where(Shown).ToList()), ("Language", language), ("Channel", channel),
            ("Template", template), ("Own", own), ("Total", all.Items.Count));
    }

    private static async Task<PageAnswer> Show(PageRequest r, string? draft, Problem? refusal)
    {
        if (await r.Api.Get<TextView>("getText", r.Route) is not { } text)
            return new PageAnswer.NotFound();
        return PageAnswer.Of<TextPage>($"{text.Language}/{text.Name}", ("Creditor", r.Route["creditor"]), ("Text", text), ("Shipped", text.Own ? (await r.Api.Get<TextView>("getText", r.Route, ("shipped", "true")))?.Text ?? "" : null), ("Etag", text.Own ? ApiPipeline.Etag(text) : null), ("Draft", draft), ("Refusal", refusal),
            ("Acts", await LastActs.On(r, $"/api/creditors/{r.Route["creditor"]}/texts/{text.Language}/{text.Name}", r.Route["creditor"])))
            with
        { Status = refusal?.Status ?? 200 };
    }

    private static async Task<PageAnswer> Save(PageRequest r)
    {
        if (!r.Ui.IsAdmin || await r.Api.Get<TextView>("getText", r.Route) is not { } known)
            return new PageAnswer.NotFound();
        var draft = Draft(r);
        if (r.Field("confirm") != "yes")
        {
            var judged = await r.Api.Call("previewText", r.Route, new() { ["text"] = draft });
            if (judged.Body is Problem { Faults: [not { Code: "unused" }, ..] } broken)
                return await Show(r, draft, broken);
            return known.Text == draft
                ? new PageAnswer.SeeOther(Path(r), r.Ui.Say("Rien n’a changé.", "Nothing has changed."))
                : PageAnswer.Of<TextConfirmPage>(known.Name, ("Creditor", r.Route["creditor"]), ("Known", known), ("Draft", draft), ("Form", r.Form));
        }
        var answer = await r.Api.Change("putText", r.Route, draft, r.Field("etag"));
        return answer.Body is Problem refusal ? await Show(r, draft, refusal) : new PageAnswer.SeeOther(Path(r), r.Ui.Say("Le texte est gardé.", "The text is kept."));
    }

    private static async Task<PageAnswer> Revert(PageRequest r)
    {
        if (!r.Ui.IsAdmin)
            return new PageAnswer.NotFound();
        if (r.Field("confirm") != "yes")
            return ConfirmPage.Of(r, r.Ui.Say("Revenir au texte livré\u00A0?", "Back to the shipped text?"), r.Ui.Say("Revenir au texte livré", "Back to the shipped text"), Path(r),
                [r.Ui.Say("Les prochains messages diront de nouveau ce qui est livré avec le logiciel.", "The next messages will say again what is shipped with the program."),
                 r.Ui.Say("Votre texte n’est plus gardé nulle part\u00A0: copiez-le avant, s’il peut servir encore.", "Your text is kept nowhere any more: copy it first, if it may still be of use.")], grave: true);
        var answer = await r.Api.Change("deleteText", r.Route, new JsonObject(), r.Field("etag"));
        return answer.Body is Problem problem ? RefusedPage.Of(r, problem, Path(r)) : new PageAnswer.SeeOther(Path(r), r.Ui.Say("Le texte livré est de retour.", "The shipped text is back."));
    }

    private static async Task<PageAnswer> Preview(PageRequest r, string? draft, string? values)
    {
        var body = new JsonObject { ["values"] = values ?? "usual" };
        if (draft is not null)
            body["text"] = draft;
        var answer = await r.Api.Call("previewText", r.Route, body);
        if (answer.Status == 404)
            return new PageAnswer.NotFound();
        r.Http.Response.Headers.ContentSecurityPolicy = PreviewPolicy;
        return new PageAnswer.File(Encoding.UTF8.GetBytes(TextSheet.Of(r.Ui, answer.Body)), "text/html; charset=utf-8");
    }

    private static string Path(PageRequest r) => Of(r.Route["creditor"], r.Route["language"], r.Route["name"]);

    // Browsers send every line end as two characters; texts are kept with one.
    private static string Draft(PageRequest r) => r.Form["text"].ToString().ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
}
