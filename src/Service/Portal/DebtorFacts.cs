using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dunning.Domain;

namespace Dunning.Service.Portal;

/// <summary>
/// Ids of what a debtor says on the page, made of the case and the words: sent twice it is one fact, and how many a stranger with the link could make is bounded by what
/// there is to say, and how often a person took it off the table.
/// </summary>
internal static class DebtorFacts
{
    /// <summary>Who said so, on the record.</summary>
    public const string Debtor = "debtor";

    /// <summary>A case has one, whatever it says.</summary>
    public static string DisputeOf(string caseId) => Id("dispute", caseId, "");

    public static string PromiseOf(string caseId, DateOnly date) => Id("promise", caseId, Day(date));

    public static string PlanOf(CaseFile file, IReadOnlyList<Instalment> instalments)
    {
        var said = string.Join(';', instalments.Select(i => $"{Day(i.Date)} {i.Amount}"));
        // What was turned down or broken may be proposed again, and is another proposal.
        for (var (id, times) = (Id("plan", file.Id, said), 2); ; id = Id("plan", file.Id, $"{said}\n{times++}"))
            if (!file.Applied.Contains(id))
                return id;
    }

    public static string WordOf(string caseId, string text, DateOnly today) => Id("word", caseId, $"{Day(today)}\n{text}");

    private static string Id(string kind, string caseId, string said) =>
        $"debtor-{kind}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{caseId}\n{said}")))[..24]}";

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
