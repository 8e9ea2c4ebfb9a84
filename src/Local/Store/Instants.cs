namespace Dunning.Local.Store;

internal static class Instants
{
    public static DateTimeOffset Read(long ticks) => new(ticks, TimeSpan.Zero);

    /// <summary>Whatever stands there: what is no instant reads as the first there is, under which no hash was made.</summary>
    public static DateTimeOffset ReadAny(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? Read(ticks) : DateTimeOffset.MinValue;

    public static DateTimeOffset? Read(long? ticks) => ticks is { } known ? Read(known) : null;
}
