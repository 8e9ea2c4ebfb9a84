namespace Dunning.Domain;

/// <summary>The longest terms of payment the law allows, each by its own way of counting.</summary>
public enum TermCeiling
{
    /// <summary>Nothing agreed: 30 days from receipt or performance (C. com., L441-10 I).</summary>
    French30Days,

    /// <summary>Agreed: 60 days from the invoice (L441-10 I).</summary>
    French60Days,

    /// <summary>45 days end of month, first reading: the end of the month in which invoice date + 45 days falls.</summary>
    French45DaysThenEndOfMonth,

    /// <summary>45 days end of month, second reading: 45 days from the end of the invoice's month.</summary>
    FrenchEndOfMonthThen45Days,

    /// <summary>Periodic invoices: 45 days from the invoice (L441-10 I; CGI, 289 I 3).</summary>
    French45Days,

    /// <summary>Public buyers: 30 days; hospitals have 50, public undertakings 60 (commande publique, R2192-10).</summary>
    FrenchPublic30Days,

    /// <summary>Agreed: 60 calendar days (law of 2 August 2002, article 4); a longer clause is deemed unwritten, and 30 days apply.</summary>
    Belgian60Days,
}

/// <summary>Whether an invoice's due date is one the law allows. What is agreed between the parties is not known here: a doubt is a warning.</summary>
public static class PaymentTerms
{
    /// <summary>The last due date a ceiling allows.</summary>
    public static DateOnly Latest(TermCeiling ceiling, DateOnly invoiced) => ceiling switch
    {
        TermCeiling.French30Days or TermCeiling.FrenchPublic30Days => invoiced.AddDays(30),
        TermCeiling.French60Days or TermCeiling.Belgian60Days => invoiced.AddDays(60),
        TermCeiling.French45Days => invoiced.AddDays(45),
        TermCeiling.French45DaysThenEndOfMonth => EndOfMonth(invoiced.AddDays(45)),
        _ => EndOfMonth(invoiced).AddDays(45),
    };

    /// <summary>Null when the due date is lawful, or may be.</summary>
    public static string? Warning(string regime, DateOnly invoiced, DateOnly due)
    {
        bool Beyond(TermCeiling ceiling) => due > Latest(ceiling, invoiced);
        var days = due.DayNumber - invoiced.DayNumber;
        return regime switch
        {
            Regime.FrenchBusiness when Beyond(TermCeiling.French60Days) && Beyond(TermCeiling.French45DaysThenEndOfMonth) && Beyond(TermCeiling.FrenchEndOfMonthThen45Days) =>
                $"'dueDate' is {days} days after the invoice: beyond 60 days and beyond 45 days end of month in both readings (Code de commerce, L441-10 I), unless a sector has terms of its own.",
            Regime.FrenchBusiness when Beyond(TermCeiling.French60Days) =>
                $"'dueDate' is {days} days after the invoice: beyond 60 days, it needs an express clause of 45 days end of month (Code de commerce, L441-10 I).",
            Regime.FrenchPublic when Beyond(TermCeiling.FrenchPublic30Days) =>
                $"'dueDate' is {days} days after the invoice: a public buyer has 30 days (hospitals 50, public undertakings 60; Code de la commande publique, R2192-10 and R2192-11).",
            Regime.BelgianBusiness when Beyond(TermCeiling.Belgian60Days) =>
                $"'dueDate' is {days} days after the invoice: a term beyond 60 calendar days is deemed unwritten, and 30 days apply (Belgian law of 2 August 2002, article 4).",
            _ => null,
        };
    }

    private static DateOnly EndOfMonth(DateOnly date) => new(date.Year, date.Month, DateTime.DaysInMonth(date.Year, date.Month));
}
