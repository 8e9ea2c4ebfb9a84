using System.Globalization;

namespace Dunning.Domain;

/// <summary>Half a calendar year, the time for which most rates are published. Written 2025-H2.</summary>
public readonly record struct Semester : IComparable<Semester>
{
    private Semester(int index) => Index = index;

    /// <summary>Half-years since the year 0: consecutive semesters have consecutive numbers.</summary>
    internal int Index { get; }

    public int Year => Index / 2;

    /// <summary>1 or 2.</summary>
    public int Half => Index % 2 + 1;

    public DateOnly FirstDay => new(Year, Half == 1 ? 1 : 7, 1);

    public DateOnly LastDay => Half == 1 ? new(Year, 6, 30) : new(Year, 12, 31);

    public Semester Next => new(Index + 1);

    public static bool operator <(Semester a, Semester b) => a.Index < b.Index;

    public static bool operator >(Semester a, Semester b) => a.Index > b.Index;

    public static bool operator <=(Semester a, Semester b) => a.Index <= b.Index;

    public static bool operator >=(Semester a, Semester b) => a.Index >= b.Index;

    public static Semester Of(DateOnly date) => new(date.Year * 2 + (date.Month > 6 ? 1 : 0));

    public static Semester Of(int year, int half) => new(year * 2 + half - 1);

    /// <summary>Reads 2025-H2.</summary>
    public static bool TryParse(string? text, out Semester semester)
    {
        semester = default;
        if (text is not [_, _, _, _, '-', 'H', '1' or '2'] || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year == 0)
            return false;
        semester = Of(year, text[6] - '0');
        return true;
    }

    public int CompareTo(Semester other) => Index.CompareTo(other.Index);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-H{Half}");
}
