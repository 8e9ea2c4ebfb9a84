using System.Text.Json.Nodes;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;

namespace Dunning.Service.Console.Debtors;

/// <summary>Who a debtor is, edited as a whole: what is saved replaces what was read, and nothing that changed since.</summary>
internal static class DebtorEdit
{
    /// <summary>Rows for contacts: those there are, and a few more.</summary>
    public const int Rows = 20;

    private static readonly string[] Address = ["line1", "line2", "postalCode", "city"];
    private static readonly string[] Contact = ["role", "name", "email", "phone"];

    public static async Task<PageAnswer> Show(PageRequest r) => r.Ui.MayAct && await DebtorPages.Find(r) is { } page ? await Form(r, page, Of(page), ApiPipeline.Etag(page), null) : new PageAnswer.NotFound();

    public static async Task<PageAnswer> Save(PageRequest r)
    {
        if (!r.Api.Allows("putDebtor") || await DebtorPages.Find(r) is not { } page)
            return new PageAnswer.NotFound();
        var body = Body(r, page);
        var answer = await r.Api.If(r.Field("etag") ?? "").Call("putDebtor", DebtorPages.Route(r), body, ("creditor", page.Creditor));
        return answer.Body is not Problem problem ? new PageAnswer.SeeOther(DebtorLinks.To(page), r.Ui.Say("Enregistré.", "Saved."))
            // Shown again with what was typed, and with what is there now to compare it with: saved a second time, it is meant.
            : await Form(r, page, r.Form.ToDictionary(f => f.Key, f => f.Value.FirstOrDefault(), StringComparer.Ordinal), ApiPipeline.Etag(page), problem);
    }

    private static async Task<PageAnswer> Form(PageRequest r, DebtorPage page, IReadOnlyDictionary<string, string?> values, string etag, Problem? refusal)
    {
        var policies = await r.Api.Get<PageView<JsonObject>>("listPolicies", null, ("creditor", page.Creditor));
        var names = (policies?.Items ?? []).Select(p => (string?)p["name"]).OfType<string>().Distinct().Select(n => (n, n)).ToList();
        var form = PageAnswer.Of<DebtorEditPage>(
            r.Ui.Say($"Modifier · {page.Debtor.Name}", $"Edit · {page.Debtor.Name}"), ("Page", page), ("Values", values), ("Etag", etag), ("Refusal", refusal), ("Policies", names));
        return refusal is null ? form : form with { Status = refusal.Status };
    }

    private static Dictionary<string, string?> Of(DebtorPage page)
    {
        var (debtor, values) = (page.Debtor, new Dictionary<string, string?>(StringComparer.Ordinal));
        (values["name"], values["country"], values["language"], values["email"], values["phone"], values["siren"]) = (debtor.Name, debtor.Country, debtor.Language, debtor.Email, debtor.Phone, debtor.Siren);
        (values["policy"], values["risk"]) = (page.Policy, page.Risk);
        (values["address.line1"], values["address.line2"], values["address.postalCode"], values["address.city"]) = (debtor.Address?.Line1, debtor.Address?.Line2, debtor.Address?.PostalCode, debtor.Address?.City);
        for (var i = 0; i < debtor.Contacts.Count; i++)
            (values[$"contacts[{i}].role"], values[$"contacts[{i}].name"], values[$"contacts[{i}].email"], values[$"contacts[{i}].phone"]) =
                (debtor.Contacts[i].Role, debtor.Contacts[i].Name, debtor.Contacts[i].Email, debtor.Contacts[i].Phone);
        return values;
    }

    private static JsonObject Body(PageRequest r, DebtorPage page)
    {
        var body = new JsonObject { ["kind"] = page.Debtor.Kind };
        foreach (var name in (string[])["name", "country", "language", "email", "phone", "siren", "policy", "risk"])
            if (r.Field(name) is { } text)
                body[name] = text;
        if (Group(r, "address", Address) is { Count: > 0 } address)
            body["address"] = address;
        body["contacts"] = new JsonArray([.. Enumerable.Range(0, Rows).Select(i => Group(r, $"contacts[{i}]", Contact)).Where(c => c.Count > 0)]);
        return body;
    }

    private static JsonObject Group(PageRequest r, string of, string[] names)
    {
        var group = new JsonObject();
        foreach (var name in names)
            if (r.Field($"{of}.{name}") is { } text)
                group[name] = text;
        return group;
    }
}
