using Dunning.Service.Api.Operations;

namespace Dunning.Service.Api.Routing;

/// <summary>What debtors read.</summary>
public sealed class TextRoutes(TextOperations texts) : IRoutes
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            Operation Of(string name, string method, Role role, string summary, Func<ApiRequest, Task<Answer>> handle) =>
                new(name, method, "/api/creditors/{creditor}/texts/{language}/{name}", role, summary, handle) { Group = "Texts", Response = typeof(TextView) };
            yield return new("listTexts", "GET", "/api/creditors/{creditor}/texts", Role.Read, "The texts a creditor sends, shipped and its own", texts.List) { Group = "Texts", Response = typeof(PageView<TextView>) };
            yield return Of("getText", "GET", Role.Read, "A text as its author wrote it; shipped=true shows the one the creditor's own stands in for", texts.Get) with { Query = ["shipped"] };
            yield return Of("putText", "PUT", Role.Admin, "A text of the creditor's own, Markdown in UTF-8, in place of the shipped one", texts.Put) with { RawBody = true };
            yield return Of("deleteText", "DELETE", Role.Admin, "Back to the shipped text", texts.Delete) with { BodyOptional = true };
            yield return new("previewTemplate", "GET", "/api/templates/preview", Role.Read, "Any text for a sample case, in any language; format=html shows an e-mail's page", texts.Preview)
            {
                Group = "Texts",
                Response = typeof(TextPreview),
                Query = ["template", "channel", "language", "regime", "kind", "step", "creditor", "format"],
            };
        }
    }
}
