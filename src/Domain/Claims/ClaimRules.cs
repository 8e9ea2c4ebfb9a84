namespace Dunning.Domain;

/// <summary>What terms a claim can be computed from. Every fault is reported at once.</summary>
public static class ClaimRules
{
    public const decimal MaxContractualRate = 1000m;

    /// <summary>Empty when the claim can be computed; what depends on the days that bear interest is judged by the calculator.</summary>
    public static IReadOnlyList<ClaimFault> Check(ClaimTerms terms, Rates rates)
    {
        List<ClaimFault>? faults = null;
        void Add(string path, string code, string why) => (faults ??= []).Add(new(path, code, why));
        void CheckDate(string path, DateOnly? date)
        {
            if (date is { } day && rates.WhyNot(day) is { } why)
                Add(path, "beforeFirstSemester", why);
        }

        if (!PolicyRules.RegimeNames.Contains(terms.Regime))
            Add("regime", "unknownValue", $"must be one of {string.Join(", ", PolicyRules.RegimeNames)}.");
        if (terms.Amount.Minor <= 0)
            Add("amount", "notPositive", "must be more than zero.");
        CheckDate("dueDate", terms.DueDate);
        CheckDate("asOf", terms.AsOf);
        CheckDate("formalNoticeDate", terms.FormalNoticeOn);
        CheckDate("judgmentServedDate", terms.JudgmentServedOn);
        CheckDate("noticeSentDate", terms.Reminder?.SentOn);
        CheckAmounts("payments", terms.Payments, terms.Amount.Currency, Add);
        CheckAmounts("creditNotes", terms.CreditNotes, terms.Amount.Currency, Add);
        CheckRate(terms, Add);
        if (terms.Regime == Regime.BelgianConsumer)
            CheckBelgianConsumer(terms, Add);
        return faults ?? (IReadOnlyList<ClaimFault>)[];
    }

    private static void CheckAmounts(string path, Items<DatedAmount> amounts, Currency currency, Action<string, string, string> add)
    {
        for (var i = 0; i < amounts.Count; i++)
        {
            if (amounts[i].Amount.Minor <= 0)
                add($"{path}[{i}].amount", "notPositive", "must be more than zero.");
            if (amounts[i].Amount.Currency != currency)
                add($"{path}[{i}].amount", "wrongCurrency", $"must be in {currency.Code}, the currency of the invoice.");
        }
    }

    private static void CheckRate(ClaimTerms terms, Action<string, string, string> add)
    {
        if (terms.ContractualRate is not { } rate)
            return;
        if (rate is < 0 or > MaxContractualRate)
            add("contractualRate", "outOfRange", $"must be from 0 to {MaxContractualRate} percent a year.");
        if (terms.Regime == Regime.FrenchPublic)
            add("contractualRate", "notInThisRegime", "is not possible with a public buyer: the rate is set by decree (Code de la commande publique, R2192-31).");
        if (terms.Regime == Regime.FrenchConsumer)
            add("contractualRate", "notInThisRegime", "is not claimed from a consumer in France: only the legal rate is, from the formal notice on (Code civil, 1231-6).");
    }

    private static void CheckBelgianConsumer(ClaimTerms terms, Action<string, string, string> add)
    {
        if (terms.Reminder is { } reminder && reminder.SentOn <= terms.DueDate)
            add("noticeSentDate", "beforeDue", "must be after the due date: the first reminder follows a payment that did not come (Code de droit économique, XIX.2).");
        if (terms.Reminder is { Channel: not (Channel.Letter or Channel.Email or Channel.Sms) })
            add("noticeChannel", "unknownValue", "must be letter, email or sms: on a durable medium.");
        if (terms.Clause && terms.Amount.Currency != Currency.Euro)
            add("clause", "notInThisCurrency", "has caps in euros (Code de droit économique, XIX.4): it cannot be applied to an invoice in another currency.");
    }
}
