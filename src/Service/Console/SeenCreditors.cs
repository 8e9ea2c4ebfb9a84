using System.Collections;
using Dunning.Service.Api.Operations;

namespace Dunning.Service.Console;

/// <summary>The creditors whoever looks may see: the first of them when there are more than a list gives, and then the page says so (MoreCreditors).</summary>
public sealed class SeenCreditors(IReadOnlyList<CreditorView> first, bool isMore) : IReadOnlyList<CreditorView>
{
    private const string Most = "500";

    public static readonly SeenCreditors None = new([], false);

    public bool IsMore => isMore;

    public int Count => first.Count;

    public CreditorView this[int index] => first[index];

    public static async Task<SeenCreditors> Of(PageRequest r) =>
        await r.Api.Get<PageView<CreditorView>>("listCreditors", null, ("limit", Most)) is { } page ? new(page.Items, page.NextCursor is not null) : None;

    public IEnumerator<CreditorView> GetEnumerator() => first.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
