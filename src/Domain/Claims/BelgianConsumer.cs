namespace Dunning.Domain;

/// <summary>What book XIX of the Belgian Code de droit économique adds for consumers: a free reminder, fourteen days, caps.</summary>
public static class BelgianConsumer
{
    public const int WaitingDays = 14;

    /// <summary>
    /// The first day on which interest or an indemnity may be claimed (XIX.2). The fourteen days begin on the third working day after the sending of a letter, on
    /// the day after the sending of anything electronic. Saturdays are not counted as working days: the later, safer date.
    /// </summary>
    public static DateOnly ClaimableFrom(FirstReminder reminder) => (reminder.Channel == Channel.Letter
        ? BusinessCalendar.For("BE").AddBusinessDays(reminder.SentOn, 3)
        : reminder.SentOn.AddDays(1)).AddDays(WaitingDays);

    /// <summary>The most an indemnity clause may provide for on a balance in euros (XIX.4, 2°).</summary>
    public static decimal IndemnityCap(decimal balance) => balance switch
    {
        <= 0m => 0m,
        <= 150m => 20m,
        <= 500m => 30m + (balance - 150m) * 0.10m,
        _ => Math.Min(2000m, 65m + (balance - 500m) * 0.05m),
    };
}
