using System.Globalization;

namespace Dunning.Domain.Tests.Figures;

/// <summary>Invoices written in one line, and ledgers by chance.</summary>
internal static class Lines
{
    private static readonly string[] Debtors = ["a", "b", "c", "d"];

    public static LedgerLine Line(string issued, string due, decimal amount, params Settling[] settlings) =>
        new("a", new("fr-b2b", 1), Date(issued), Date(due), Eur(amount)) { RegisteredOn = Date(issued), Settlings = [.. settlings] };

    public static Settling Paid(string on, decimal amount) => new(Date(on), Eur(amount), IsCash: true);

    public static Settling Credited(string on, decimal amount) => new(Date(on), Eur(amount), IsCash: false);

    public static StepTaken Step(string id, string on, params Channel[] channels) => new(id, Date(on), channels.Length == 0 ? [Channel.Email] : [.. channels]);

    public static Money Eur(decimal amount) => Money.Of(amount, Currency.Euro);

    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Invoices of 2026: paid early, late, in part, too much or never, credited, given up, disputed, promised.</summary>
    public static IReadOnlyList<LedgerLine> Random(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Random(random))];

    private static LedgerLine Random(Random random)
    {
        var issued = new DateOnly(2026, 1, 1).AddDays(random.Next(365));
        var due = issued.AddDays(random.Next(61));
        var amount = Money.FromMinor(random.Next(1, 500_000), Currency.Euro);
        var settlings = Enumerable.Range(0, random.Next(4)).Select(_ => new Settling(issued.AddDays(random.Next(-20, 200)), Money.FromMinor(random.NextInt64(1, amount.Minor + 1000), Currency.Euro), random.Next(4) > 0));
        return new(Debtors[random.Next(Debtors.Length)], new("fr-b2b", 1), issued, due, amount)
        {
            RegisteredOn = issued,
            Tolerance = Money.FromMinor(100, Currency.Euro),
            Settlings = [.. settlings.OrderBy(s => s.On)],
            WrittenOffOn = random.Next(10) == 0 ? issued.AddDays(random.Next(250)) : null,
            Doubtful = random.Next(6) == 0 ? Money.FromMinor(random.Next(1, 500_000), Currency.Euro) : Money.Zero(Currency.Euro),
            Expected = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Settling(issued.AddDays(random.Next(300)), Money.FromMinor(random.Next(1, 400_000), Currency.Euro), IsCash: true))],
        };
    }
}
