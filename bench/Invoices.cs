using System.Globalization;
using Dunning.Domain;
using Dunning.Service.Engine;

namespace Dunning.Bench;

/// <summary>
/// Invoices such as platforms register: fifty creditors, five invoices a debtor, ninety days of due dates, whole addresses. Creditors import
/// one after the other, as a file has one creditor; or, worse for every index, all of them at once.
/// </summary>
internal static class Invoices
{
    public static readonly DateTimeOffset Now = new(2026, 10, 1, 8, 0, 0, TimeSpan.Zero);
    private const int Creditors = 50;
    private const int PerCreditor = 20_000;

    public static bool AllAtOnce { get; set; }

    public static readonly Policy Policy = PolicyRules.Validate(
        new()
        {
            Name = "fr-b2b",
            Version = 1,
            Regime = "fr-b2b",
            TimeZone = "Europe/Paris",
            Calendar = "FR",
            SendAt = new(9, 0),
            WindowFrom = new(8, 30),
            WindowTo = new(18, 0),
            Steps =
            [
                new("courtesy", -3, [Channel.Email]) { Template = "courtesy" }, new("first", 7, [Channel.Email]) { Template = "first-reminder" },
                new("second", 15, [Channel.Email, Channel.Sms]) { Template = "firm-reminder" }, new("call", 22, [Channel.Call]),
                new("formal-notice", 30, [Channel.Letter, Channel.Email]) { Template = "formal-notice", DeadlineDays = 8 },
                new("hand-over", 45, [Channel.Handover]) { Approval = true },
            ],
        },
        out _)!;

    public static string Creditor(int i) => Text($"creditor-{Whose(i)}");

    public static string Case(int i) => Text($"creditor-{Whose(i)}-f-2026-{Place(i):d6}");

    public static string Debtor(int i) => Text($"d-{unchecked((uint)(Owner(i) * 2654435761L)):x8}");

    public static CaseAppend Register(int i) => RegisterDue(i, new DateOnly(2026, 10, 8).AddDays(new Random(i).Next(90)));

    public static CaseAppend RegisterDue(int i, DateOnly due)
    {
        var random = new Random(i);
        var debtor = Owner(i);
        var invoice = new Invoice(Text($"F-2026-{Place(i):d6}"), due.AddDays(-30), due, Money.FromMinor(random.Next(5_000, 2_000_000), Currency.Euro))
        {
            PaymentUrl = Text($"https://pay.example.org/i/{random.NextInt64():x}"),
        };
        var owes = new Debtor(Debtor(i), Text($"Établissements Martin & Fils {debtor}"), DebtorKind.Business, "FR", "fr")
        {
            Email = Text($"compta{debtor}@martin-et-fils.example.org"),
            Phone = Text($"+336{debtor % 100_000_000:d8}"),
            Siren = Text($"{debtor % 1_000_000_000:d9}"),
            Address = new(Text($"{debtor % 200} rue de la République"), null, "69002", "Lyon"),
        };
        var registered = new CaseEvent.Registered(Case(i), Creditor(i), invoice, owes, new("fr-b2b", 1));
        var state = Decider.Decide(DunningCase.Unregistered.Instance, registered, Policy, Now).State;
        return new(Case(i), Creditor(i), registered, Now, "key-0123456789") { Created = new(Case(i), 0, state, CaseIndex.Of(state, Policy, Now)) };
    }

    private static int Whose(int i) => AllAtOnce ? i % Creditors : i / PerCreditor;

    private static int Place(int i) => AllAtOnce ? i / Creditors : i % PerCreditor;

    private static long Owner(int i) => Whose(i) + (long)Creditors * (Place(i) / 5);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
