using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Cases;

/// <summary>One case with all there is to know of it.</summary>
public sealed class CasePages : IConsolePages
{
    public IEnumerable<Page> Pages => [new("GET", "cases/{id}", Show)];

    private static async Task<PageAnswer> Show(PageRequest r) =>
        await r.Api.Get<CaseView>("getInvoice", r.Route) is { } shown ? PageAnswer.Of<CasePage>(shown.Number, ("Case", shown)) : new PageAnswer.NotFound();
}
