using System.Globalization;
using Dunning.Service.Api;
using Dunning.Service.Api.Operations;
using Dunning.Service.Api.Views;

namespace Dunning.Service.Console.Audit;

/// <summary>Who did what, when and why; and what vouches for it.</summary>
public sealed class AuditPages : IConsolePages
{
    public const int DigestsShown = 100;

    private static readonly string[] Filters = ["creditor", "case", "debtor", "actor", "kind", "from", "to", "cursor"];

    public IEnumerable<Page> Pages => [new("GET", "audit", List), new("GET", "audit/digests", Digests)];

    private static async Task<PageAnswer> List(PageRequest r)
    {
        var asked = Filters.ToDictionary(f => f, r.Query, StringComparer.Ordinal);
        var answer = await r.Api.Call("listAudit", null, null,
        [
            .. new[] { "creditor", "debtor", "actor", "kind", "cursor" }.Select(f => (f, asked[f])), ("case", await CaseOf(r, asked["case"])), ("from", Start(asked["from"], 0)), ("to", Start(asked["to"], 1)), ("limit", "50"),
        ]);
        var refusal = answer.Body as Problem;
        return PageAnswer.Of<AuditPage>(r.Ui.Say("Journal", "Audit"), ("Page", answer.Body as PageView<AuditView>), ("Refusal", refusal), ("Filters", asked), ("Creditors", await SeenCreditors.Of(r)))
            with
        { Status = refusal?.Status ?? 200 };
    }

    private static async Task<PageAnswer> Digests(PageRequest r)
    {
        var all = new List<DigestView>();
        for (string? cursor = "", next = null; cursor is not null; cursor = next)
        {
            var answer = await r.Api.Call("listDigests", null, null, ("limit", "500"), ("cursor", cursor.Length > 0 ? cursor : null));
            if (answer.Body is not PageView<DigestView> page)
                return new PageAnswer.NotFound((answer.Body as Problem)?.Detail);
            all.AddRange(page.Items);
            next = page.NextCursor;
        }
        var before = DateOnly.TryParseExact(r.Query("before"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : DateOnly.MaxValue;
        var older = all.Where(d => d.Date < before).Reverse().ToList();
        return PageAnswer.Of<DigestsPage>(r.Ui.Say("Empreintes du journal", "Digests of the record"), ("Digests", older.Take(DigestsShown).ToList()), ("IsMore", older.Count > DigestsShown));
    }

    // People know an invoice by its number, programs by its case.
    private static async Task<string?> CaseOf(PageRequest r, string? asked)
    {
        if (asked is null || await r.Api.Get<PageView<CaseSummary>>("listInvoices", null, ("number", asked), ("creditor", r.Query("creditor")), ("limit", "2")) is not { Items: [var only] })
            return asked;
        return only.Id;
    }

    // A day as people write it, from its beginning, in UTC; what is none is passed on, and the API says so.
    private static string? Start(string? date, int days) => DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue
        ? day.AddDays(days).ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture)
        : date;
}
