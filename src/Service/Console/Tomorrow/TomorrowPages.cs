using Dunning.Service.Api;
using Dunning.Service.Api.Operations;

namespace Dunning.Service.Console.Tomorrow;

/// <summary>What will leave on a coming day, from the live engine.</summary>
public sealed class TomorrowPages : IConsolePages
{
    public IEnumerable<Page> Pages => [new("GET", "tomorrow", Show)];

    private static async Task<PageAnswer> Show(PageRequest r)
    {
        var answer = await r.Api.Call("listUpcoming", null, null, ("creditor", r.Query("creditor")), ("date", r.Query("date")), ("cursor", r.Query("cursor")), ("limit", "100"));
        var creditors = await SeenCreditors.Of(r);
        return answer.Status == 404 ? new PageAnswer.NotFound()
            : PageAnswer.Of<TomorrowPage>(r.Ui.Say("Prochains envois", "Tomorrow’s post"), ("View", answer.Body as UpcomingView), ("Refusal", answer.Body as Problem), ("Creditors", creditors), ("Creditor", r.Query("creditor")));
    }
}
