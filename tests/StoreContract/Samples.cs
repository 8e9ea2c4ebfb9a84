using System.Text;
using Dunning.Domain;
using Dunning.Service.Engine;
using Dunning.Service.Json;

namespace Dunning.StoreContract;

/// <summary>Cases as the service would register them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 10, 1, 8, 0, 0, TimeSpan.Zero);

    public static readonly Policy Policy = PolicyRules.Validate(
        new()
        {
            Name = "test",
            Version = 1,
            Regime = "fr-b2b",
            TimeZone = "Europe/Paris",
            Calendar = "FR",
            SendAt = new(9, 0),
            WindowFrom = new(8, 30),
            WindowTo = new(18, 0),
            Steps = [new("courtesy", -3, [Channel.Email]) { Template = "courtesy" }, new("first", 7, [Channel.Email]) { Template = "first-reminder" }],
        },
        out _)!;

    public static CaseAppend Register(string id, string creditor = "acme", string? number = null, string debtor = "martin", decimal amount = 1200m,
        DateOnly? due = null, string currency = "EUR", string fact = "")
    {
        var invoice = new Invoice(number ?? $"F-{id}", new(2026, 9, 30), due ?? new(2026, 10, 31), Money.Of(amount, Currency.Parse(currency)));
        var owes = new Debtor(debtor, "Boulangerie Martin", DebtorKind.Business, "FR", "fr") { Email = "compta@example.org" };
        var registered = new CaseEvent.Registered(id, creditor, invoice, owes, new("test", 1)) { Id = fact };
        var state = Decider.Decide(DunningCase.Unregistered.Instance, registered, Policy, Now).State;
        return new(id, creditor, registered, Now, "key-1") { Created = new(id, 0, state, CaseIndex.Of(state, Policy, Now)) };
    }

    public static CaseAppend With(this CaseAppend append, Func<CaseIndex, CaseIndex> change) =>
        append with { Created = append.Created! with { Index = change(append.Created!.Index) } };

    public static CaseEvent.PaymentReceived Payment(string id, decimal amount = 100m) =>
        new(Money.Of(amount, Currency.Euro), new(2026, 10, 2), "bank") { Id = id };

    public static CaseAppend Pay(string caseId, string fact, decimal amount = 100m, string creditor = "acme") =>
        new(caseId, creditor, Payment(fact, amount), Now.AddMinutes(1), "key-2");

    public static OutgoingMessage Message(string caseId, string step = "first", string body = "Bonjour", DateTimeOffset? at = null) =>
        new(new(caseId, step, Channel.Email, 1), "acme", "compta@example.org", "Martin", "Facture", body, at ?? Now) { Balance = Money.Of(1200m, Currency.Euro) };

    public static CaseTask Chore(string caseId, int number, TaskKind kind = TaskKind.Call, DateTimeOffset? at = null) =>
        new($"{caseId}~{number}", kind, "call", at ?? Now);

    /// <summary>A commit that folds what was loaded, as the engine makes it.</summary>
    public static CaseCommit Fold(StoredCase stored)
    {
        var state = stored.State;
        foreach (var unread in stored.Unread)
            state = Decider.Decide(state, unread.Event, Policy, unread.At).State;
        return new(stored.Id, stored.Version, state, CaseIndex.Of(state, Policy, Now));
    }

    public static string Json(DunningCase state) => Encoding.UTF8.GetString(DomainJson.Write(state));
}
