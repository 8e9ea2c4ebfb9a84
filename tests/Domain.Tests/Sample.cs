using System.Globalization;

namespace Dunning.Domain.Tests;

/// <summary>The usual actors: a 1,200 euro invoice due on Saturday 2026-10-31, a baker who owes it, the shipped ladders.</summary>
internal static class Sample
{
    public const string CaseId = "acme-f-1";

    public static readonly DateOnly DueDate = Date("2026-10-31");

    public static readonly Debtor Baker = new("martin", "Boulangerie Martin", DebtorKind.Business, "FR", "fr")
    {
        Email = "compta@example.org",
        Phone = "+33600000000",
        Address = new("1 rue du Four", null, "75011", "Paris"),
    };

    public static readonly Debtor Person = Baker with { Id = "durand", Name = "Mme Durand", Kind = DebtorKind.Consumer };

    public static readonly Debtor Town = Baker with { Id = "mairie", Name = "Mairie", Kind = DebtorKind.Public };

    public static readonly Invoice Invoice = new("F-1", Date("2026-09-30"), DueDate, Eur(1200m));

    public static readonly PolicyDraft FrB2bDraft = Draft("fr-b2b",
        Step("courtesy", -3, Channel.Email),
        Step("first", 7, Channel.Email),
        Step("second", 15, Channel.Email, Channel.Sms),
        Step("call", 22, Channel.Call),
        Step("formal-notice", 30, Channel.Letter, Channel.Email) with { DeadlineDays = 8 },
        Step("hand-over", 45, Channel.Handover));

    public static readonly Policy FrB2b = Valid(FrB2bDraft);

    public static readonly Policy FrB2c = Valid(Draft("fr-b2c",
        Step("courtesy", -3, Channel.Email),
        Step("first", 7, Channel.Email),
        Step("second", 15, Channel.Email, Channel.Sms),
        Step("call", 22, Channel.Call),
        Step("formal-notice", 37, Channel.Letter, Channel.Email) with { DeadlineDays = 15 },
        Step("hand-over", 60, Channel.Handover)));

    public static readonly Policy FrPublic = Valid(Draft("fr-public",
        Step("courtesy", -3, Channel.Email),
        Step("first", 10, Channel.Email),
        Step("second", 30, Channel.Email),
        Step("formal-notice", 45, Channel.Letter, Channel.Email) with { DeadlineDays = 15 }));

    public static readonly Policy FrB2bFast = Valid(FrB2bDraft with
    {
        Name = "fr-b2b-fast",
        Steps =
        [
            Step("courtesy", -3, Channel.Email),
            Step("first", 1, Channel.Email),
            Step("second", 6, Channel.Email, Channel.Sms),
            Step("call", 8, Channel.Call),
            Step("formal-notice", 11, Channel.Letter, Channel.Email) with { DeadlineDays = 8 },
            Step("hand-over", 25, Channel.Handover),
        ],
    });

    public static readonly Policy BeB2b = Valid(FrB2bDraft with { Name = "be-b2b", Regime = "be-b2b", TimeZone = "Europe/Brussels", Calendar = "BE" });

    /// <summary>A single e-mail at an offset: the smallest ladder.</summary>
    public static PolicyDraft OneStep(int offset) => FrB2bDraft with { Steps = [Step("only", offset, Channel.Email)] };

    public static PolicyDraft Draft(string name, params PolicyStep[] steps) => new()
    {
        Name = name,
        Version = 1,
        Regime = name,
        TimeZone = "Europe/Paris",
        Calendar = "FR",
        SendAt = new(9, 0),
        WindowFrom = new(8, 30),
        WindowTo = new(18, 0),
        Steps = steps,
    };

    public static PolicyStep Step(string id, int offset, params Channel[] channels) => new(id, offset, [.. channels]) { Template = id };

    public static Policy Valid(PolicyDraft draft) => PolicyRules.Validate(draft, out var faults)
        ?? throw new InvalidOperationException(string.Join("; ", faults));

    public static PolicyDraft With(this PolicyDraft draft, string step, Func<PolicyStep, PolicyStep> change) =>
        draft with { Steps = [.. draft.Steps.Select(s => s.Id == step ? change(s) : s)] };

    public static CaseEvent.Registered Registered(Invoice? invoice = null, Debtor? debtor = null, Policy? policy = null, int alreadySent = 0) =>
        new(CaseId, "acme", invoice ?? Invoice, debtor ?? Baker, RefOf(policy ?? FrB2b)) { AlreadySent = alreadySent };

    public static PolicyRef RefOf(Policy policy) => new(policy.Name, policy.Version);

    public static MessageKey Key(string step, Channel channel = Channel.Email, int sending = 1) => new(CaseId, step, channel, sending);

    public static Money Eur(decimal amount) => Money.Of(amount, Currency.Euro);

    public static DateOnly Date(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static TimeZoneInfo Paris { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    /// <summary>A wall-clock time such as "2026-11-09 09:00", seconds optional, in a zone (Paris).</summary>
    public static DateTimeOffset At(string local, TimeZoneInfo? zone = null)
    {
        var time = DateTime.Parse(local, CultureInfo.InvariantCulture);
        return new(time, (zone ?? Paris).GetUtcOffset(time));
    }

    public static string Wall(DateTimeOffset at, TimeZoneInfo? zone = null) =>
        TimeZoneInfo.ConvertTime(at, zone ?? Paris).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
