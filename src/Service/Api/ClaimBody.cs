using Dunning.Domain;

namespace Dunning.Service.Api;

/// <summary>Reads the body of a claim to be computed.</summary>
public static class ClaimBody
{
    private const int MaxMovements = 500;

    internal static readonly Dictionary<string, Allocation?> Allocations = new() { ["principal-first"] = Allocation.PrincipalFirst, ["interest-first"] = Allocation.InterestFirst };

    private static readonly Dictionary<string, CreditorQuality?> Qualities = new() { ["professional"] = CreditorQuality.Professional, ["private"] = CreditorQuality.Private };

    private static readonly Dictionary<string, Channel?> Channels = new() { ["letter"] = Channel.Letter, ["email"] = Channel.Email, ["sms"] = Channel.Sms };

    private static readonly Dictionary<string, string> Regimes = PolicyRules.RegimeNames.ToDictionary(r => r);

    /// <summary>Null after adding faults to the body: what cannot be read, and what the rules refuse whatever else is said.</summary>
    public static ClaimTerms? Read(BodyReader body, Rates rates)
    {
        var (regime, currency) = (body.OneOf("regime", Regimes, required: true), body.Currency("currency", required: true));
        var amount = body.Amount("amount", currency, required: true);
        var (due, asOf) = (body.Date("dueDate", required: true), body.Date("asOf", required: true));
        // What could not be read is a fault already; with something sound in its place, the rest can be judged all the same.
        var terms = new ClaimTerms(regime ?? Regime.FrenchBusiness, amount ?? Money.FromMinor(1, currency ?? Currency.Euro), due ?? rates.First.FirstDay, asOf ?? rates.First.FirstDay)
        {
            Payments = Amounts(body, "payments", currency),
            CreditNotes = Amounts(body, "creditNotes", currency),
            ContractualRate = body.Number("contractualRate"),
            Allocation = body.OneOf("allocation", Allocations) ?? Allocation.PrincipalFirst,
            CreditorQuality = body.OneOf("creditorQuality", Qualities) ?? CreditorQuality.Professional,
            FormalNoticeOn = body.Date("formalNoticeDate"),
            JudgmentServedOn = body.Date("judgmentServedDate"),
            Reminder = Reminder(body),
            Clause = body.Flag("clause") ?? false,
        };
        foreach (var fault in ClaimRules.Check(terms, rates))
            if (!body.Faults.Exists(f => f.Field == body.Path(fault.Path)) && (fault.Path != "noticeSentDate" || due is not null))
                body.Add(fault.Path, fault.Code, fault.Why);
        return body.Faults.Count == 0 ? terms : null;
    }

    private static Items<DatedAmount> Amounts(BodyReader body, string name, Currency? currency)
    {
        var amounts = new List<DatedAmount>();
        foreach (var movement in body.Members(name, max: MaxMovements))
        {
            var (date, amount) = (movement.Date("date", required: true), movement.Amount("amount", currency, required: true));
            movement.Text("id", max: 100);
            if (date is { } on && amount is { } money)
                amounts.Add(new(on, money));
        }
        return [.. amounts];
    }

    private static FirstReminder? Reminder(BodyReader body)
    {
        var sent = body.Date("noticeSentDate", required: body.Has("noticeChannel"));
        var channel = body.OneOf("noticeChannel", Channels, required: body.Has("noticeSentDate"));
        return sent is { } on && channel is { } by ? new(on, by) : null;
    }
}
