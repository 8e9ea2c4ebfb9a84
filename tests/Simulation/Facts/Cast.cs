using Dunning.Domain;
using static Dunning.Domain.CaseEvent;

namespace Dunning.Simulation;

/// <summary>The invoices of a seed and those who owe them.</summary>
internal static class Cast
{
    private const int Period = 28;

    public static Registered Case(Chance chance, Policy policy, int number, DateOnly today, bool isRegular)
    {
        var creditor = isRegular || chance.OneIn(2) ? "boulangerie" : "garage";
        var issued = today.AddDays(-chance.Between(0, 20));
        var invoice = new Invoice($"F-{number}", issued, today.AddDays(chance.Between(-5, 30)), Amount(chance))
        {
            Unsent = chance.OneIn(12),
        };
        // Regular customers owe several, all due at the end of a period, and are written to at one address.
        if (isRegular)
            invoice = invoice with { DueDate = today.AddDays(Period - today.DayNumber % Period) };
        if (invoice.DueDate < issued)
            invoice = invoice with { DueDate = issued };
        var kind = policy.Regime.EndsWith("b2c", StringComparison.Ordinal) ? DebtorKind.Consumer : DebtorKind.Business;
        var debtor = isRegular
            ? new Debtor($"d-{creditor}", "Martin", kind, policy.Calendar, "fr") { Email = "compta@example.org", Phone = "+33600000000", Address = new("1 rue de la Paix", null, "75002", "Paris") }
            : Readdressed(chance, new Debtor($"d-{number}", "Martin", kind, policy.Calendar, "fr"));
        return new($"{creditor}-f-{number}", creditor, invoice, debtor, new(policy.Name, policy.Version))
        {
            Id = $"register-{number}",
            AlreadySent = chance.OneIn(8) ? chance.Between(1, 2) : 0,
        };
    }

    private static Money Amount(Chance chance) => Money.FromMinor(chance.Between(150, 600_000), Currency.Euro);

    public static Debtor Readdressed(Chance chance, Debtor debtor) => debtor with
    {
        Email = chance.OneIn(8) ? null : $"compta{chance.Below(100)}@example.org",
        Phone = chance.OneIn(4) ? null : $"+336000000{chance.Between(10, 99)}",
        Address = chance.OneIn(5) ? null : new($"{chance.Between(1, 99)} rue de la Paix", null, "75002", "Paris"),
    };
}
