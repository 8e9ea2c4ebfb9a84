using System.Globalization;

namespace Dunning.Domain;

/// <summary>One published series of interest rates. There are five; each is one instance.</summary>
public sealed class RateSeries
{
    private RateSeries(int index, string name, string meaning, bool yearly = false) => (Index, Name, Meaning, IsYearly) = (index, name, meaning, yearly);

    /// <summary>Main refinancing operations of the European Central Bank, in force at 1 January and at 1 July (C. com., L441-10 II).</summary>
    public static RateSeries Ecb { get; } = new(0, "ecb", "European Central Bank, main refinancing operations, in force at 1 January and 1 July");

    /// <summary>French legal rate "autres cas": the creditor acts for professional needs (CMF, L313-2).</summary>
    public static RateSeries FrenchLegalProfessional { get; } = new(1, "fr-legal-professional", "French legal rate, professional creditors (autres cas)");

    /// <summary>French legal rate of natural persons who do not act for professional needs (CMF, L313-2).</summary>
    public static RateSeries FrenchLegalPrivate { get; } = new(2, "fr-legal-private", "French legal rate, creditors who are natural persons acting privately");

    /// <summary>The rate the Belgian finance ministry publishes for commercial transactions (law of 2 August 2002, article 5).</summary>
    public static RateSeries BelgianCommercial { get; } = new(3, "be-b2b", "Belgian rate for late payment in commercial transactions, as published");

    /// <summary>The Belgian legal rate in civil matters (law of 5 May 1865, article 2), set for a whole year.</summary>
    public static RateSeries BelgianLegal { get; } = new(4, "be-legal", "Belgian legal rate in civil matters, by year", yearly: true);

    public static IReadOnlyList<RateSeries> All { get; } = [Ecb, FrenchLegalProfessional, FrenchLegalPrivate, BelgianCommercial, BelgianLegal];

    internal int Index { get; }

    public string Name { get; }

    public string Meaning { get; }

    public bool IsYearly { get; }

    public static RateSeries? Named(string name)
    {
        foreach (var series in All)
            if (series.Name == name)
                return series;
        return null;
    }

    /// <summary>The period that begins with a semester, as this series writes it: 2025-H2, or 2025 for a whole year.</summary>
    public string Period(Semester semester) => IsYearly ? semester.Year.ToString(CultureInfo.InvariantCulture) : semester.ToString();

    /// <summary>Reads what <see cref="Period"/> writes; a year is told by its first semester.</summary>
    public bool TryParsePeriod(string? text, out Semester semester)
    {
        if (!IsYearly)
            return Semester.TryParse(text, out semester);
        semester = default;
        return text is { Length: 4 } && Semester.TryParse(text + "-H1", out semester);
    }

    /// <summary>The first semester of the period a semester lies in.</summary>
    internal Semester Start(Semester semester) => IsYearly ? Semester.Of(semester.Year, 1) : semester;

    internal Semester After(Semester semester) => IsYearly ? semester.Next.Next : semester.Next;

    public override string ToString() => Name;
}
