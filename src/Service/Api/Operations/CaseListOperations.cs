using System.Globalization;
using System.Text;
using Dunning.Domain;
using Dunning.Service.Api.Views;
using Dunning.Service.Engine;
using Dunning.Service.Rendering;
using Dunning.Service.Upcoming;

namespace Dunning.Service.Api.Operations;

/// <summary>How many there are, counted no further than Bound; there are more when IsMore.</summary>
public sealed record CountView(int Count, bool IsMore);

/// <summary>Cases of a list counted, and written out whole.</summary>
public sealed class CaseListOperations(ICaseLists lists, IPolicyBook policies, LocalToday days)
{
    /// <summary>Nobody reads further: a count beyond it says no more than "many".</summary>
    public const int Bound = 1000;

    private const int PerPage = 500;

    private static readonly string[] Columns =
    [
        "number", "id", "creditor", "status", "debtorId", "debtorName", "issueDate", "dueDate", "daysLate", "amount", "balance", "currency", "risk", "policy", "policyVersion", "nextStep", "nextAt",
        "because", "waitingFor", "updatedAt",
    ];

    public async Task<Answer> Count(ApiRequest r)
    {
        var (filter, refusal) = await Read(r);
        if (refusal is not null)
            return refusal;
        var count = await lists.Count(filter, Bound + 1, r.Ct);
        return Answer.Ok(new CountView(Math.Min(count, Bound), count > Bound));
    }

    /// <summary>Written while it is read, a page at a time.</summary>
    public async Task<Answer> Export(ApiRequest r)
    {
        var (filter, refusal) = await Read(r);
        return refusal ?? Answer.Ok(new Func<Stream, CancellationToken, Task>((stream, ct) => Write(stream, filter, ct))) with { ContentType = "text/csv; charset=utf-8", FileName = "cases.csv" };
    }

    private async Task<(CaseFilter Filter, Answer? Refusal)> Read(ApiRequest r)
    {
        var query = r.QueryAsBody();
        var filter = await CaseQuery.Read(r, query, days, lists.CanSearch);
        return (filter, query.Faults.Count > 0 ? Answer.Invalid(query.Faults) : null);
    }

    private async Task Write(Stream stream, CaseFilter filter, CancellationToken ct)
    {
        var text = new StringBuilder(CsvText.Mark).Line(Columns);
        string? cursor = null;
        do
        {
            var page = await lists.Cases(filter with { Cursor = cursor, Limit = PerPage }, ct);
            foreach (var item in page.Items)
                text.Line(Values(item, await policies.Get(item.State.Known!.Policy, ct), filter.Today));
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
            text.Clear();
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    private static IEnumerable<string?> Values(ListedCase item, Policy policy, DateOnly today)
    {
        var (file, next) = (item.State.Known!, NextView.Of(item.State, policy));
        var late = Math.Max(0, today.DayNumber - file.Invoice.DueDate.DayNumber);
        var risk = item.State is DunningCase.Open ? file.Balance.Amount() * Math.Max(1, late) : 0m;
        return
        [
            file.Invoice.Number, item.Id, file.Creditor, ApiJson.Name(Standing.Status(item.State, policy)), file.Debtor.Id, file.Debtor.Name, Day(file.Invoice.IssueDate), Day(file.Invoice.DueDate),
            Plain(late), Plain(file.Invoice.Amount.Amount()), Plain(file.Balance.Amount()), file.Balance.Currency.Code, Plain(risk), file.Policy.Name, Plain(file.Policy.Version), next.Step,
            next.At?.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture), next.Because, next.WaitingFor, item.Index.UpdatedAt.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        ];
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Plain(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
