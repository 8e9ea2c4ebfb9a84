namespace Dunning.Local.Store;

internal static class Instants
{
    public static DateTimeOffset Read(long ticks) => new(ticks, TimeSpan.Zero);

    public static DateTimeOffset? Read(long? ticks) => ticks is { } known ? Read(known) : null;
}
