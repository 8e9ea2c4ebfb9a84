namespace Dunning.Domain;

/// <summary>
/// Until when a debt can be sued for, as far as it is certain enough to warn of: from the earliest day from which the time could be counted, and without what
/// may have interrupted it since (a recognition, a claim in court, an act of enforcement: Code civil, 2240 to 2244). So the true date is this one or later.
/// </summary>
public static class Limitation
{
    /// <summary>How long before the date a person is told.</summary>
    public const int AlertMonths = 6;

    /// <summary>
    /// France: five years between businesses (C. com., L110-4), two against a consumer (C. conso., L218-2). Null where the law has not been checked: Belgium,
    /// whose terms differ by trade, and French public buyers, whose debts lapse by calendar years.
    /// </summary>
    public static DateOnly? Of(string regime, Invoice invoice, DateOnly? performedOn = null) =>
        Years(regime) is { } years ? Earliest(invoice, performedOn).AddYears(years) : null;

    /// <summary>Of a case: a recognition begins the time again from its day.</summary>
    public static DateOnly? Of(string regime, CaseFile file)
    {
        var first = Of(regime, file.Invoice);
        return first is { } lapses && file.RecognisedOn is { } recognised && Years(regime) is { } years && recognised.AddYears(years) is var later && later > lapses ? later : first;
    }

    /// <summary>When a person is told.</summary>
    public static DateTimeOffset? AlertAt(Policy policy, CaseFile file) =>
        Of(policy.Regime, file) is { } lapses ? policy.Zone.Midnight(lapses.AddMonths(-AlertMonths)) : null;

    private static int? Years(string regime) => regime switch
    {
        Regime.FrenchBusiness => 5,
        Regime.FrenchConsumer => 2,
        _ => null,
    };

    private static DateOnly Earliest(Invoice invoice, DateOnly? performedOn)
    {
        var first = invoice.IssueDate < invoice.DueDate ? invoice.IssueDate : invoice.DueDate;
        return performedOn is { } performed && performed < first ? performed : first;
    }
}
