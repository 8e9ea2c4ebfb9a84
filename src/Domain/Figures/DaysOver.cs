namespace Dunning.Domain;

/// <summary>
/// Figures are taken at the end of a day. What needs a day to be over (was it paid in time, within thirty days?) counts it up to that day, and today only tomorrow: until
/// midnight money may still come.
/// </summary>
public static class DaysOver
{
    public static DateOnly Last(DateOnly asOf, DateOnly today) => asOf < today ? asOf : today.AddDays(-1);
}
