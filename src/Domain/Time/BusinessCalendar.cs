namespace Dunning.Domain;

/// <summary>
/// Which days are worked. Holidays are computed for any year: France (Code du travail, L3133-1), Alsace-Moselle (the same,
/// with Good Friday and 26 December, L3134-13) and Belgium (royal decree of 18 April 1974, article 1).
/// </summary>
public sealed class BusinessCalendar
{
    private static readonly BusinessCalendar France =
        new("FR", [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)], [1, 39, 50]);

    private static readonly BusinessCalendar AlsaceMoselle =
        new("FR-AM", [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)], [-2, 1, 39, 50]);

    private static readonly BusinessCalendar Belgium =
        new("BE", [(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)], [1, 39, 50]);

    private static readonly Dictionary<string, BusinessCalendar> Shipped =
        new[] { France, AlsaceMoselle, Belgium }.ToDictionary(c => c.Code, StringComparer.Ordinal);

    private readonly bool[] _fixed = new bool[13 * 32];
    private readonly int[] _fromEaster;

    private BusinessCalendar(string code, (int Month, int Day)[] fixedDates, int[] fromEaster)
    {
        Code = code;
        _fromEaster = fromEaster;
        foreach (var (month, day) in fixedDates)
            _fixed[month * 32 + day] = true;
    }

    public string Code { get; }

    public static IEnumerable<string> Codes => Shipped.Keys;

    public static bool Ships(string code) => Shipped.ContainsKey(code);

    /// <exception cref="ArgumentException">No calendar of that code is shipped.</exception>
    public static BusinessCalendar For(string code) => Shipped.TryGetValue(code, out var calendar)
        ? calendar
        : throw new ArgumentException($"No calendar '{code}'; there are {string.Join(", ", Codes)}.", nameof(code));

    /// <summary>
    /// The debtor's own calendar when one is shipped, else the policy's. The departments 57, 67 and 68 follow the holidays of
    /// Alsace-Moselle; a French debtor whose postcode is unknown follows the French calendar the policy names.
    /// </summary>
    public static BusinessCalendar Of(Debtor debtor, string policyCalendar)
    {
        if (debtor.Country != "FR")
            return Shipped.GetValueOrDefault(debtor.Country) ?? For(policyCalendar);
        return debtor.Address?.PostalCode is { Length: >= 2 } postcode
            ? postcode.AsSpan(0, 2) is "57" or "67" or "68" ? AlsaceMoselle : France
            : policyCalendar == AlsaceMoselle.Code ? AlsaceMoselle : France;
    }

    public bool IsBusinessDay(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(date);

    public bool IsHoliday(DateOnly date)
    {
        var (year, month, day) = date;
        if (_fixed[month * 32 + day])
            return true;
        // No holiday that moves with Easter falls before 20 March or after 14 June.
        if (month is < 3 or > 6)
            return false;
        var distance = date.DayNumber - EasterSunday(year).DayNumber;
        return Array.IndexOf(_fromEaster, distance) >= 0;
    }

    /// <summary>The nth business day after a date; the date itself is not counted.</summary>
    public DateOnly AddBusinessDays(DateOnly date, int days)
    {
        for (var left = days; left > 0;)
        {
            date = date.AddDays(1);
            if (IsBusinessDay(date))
                left--;
        }
        return date;
    }

    /// <summary>Gregorian Easter by the anonymous computus (Meeus, Astronomical Algorithms, chapter 8).</summary>
    public static DateOnly EasterSunday(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100;
        int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
        int h = (19 * a + b - d - g + 15) % 30;
        int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
        int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
        return new DateOnly(year, n / 31, n % 31 + 1);
    }
}
