using System.Globalization;

namespace Dunning.Simulation;

/// <summary>All that happened in a seed, as one number to compare and, when asked, as lines to read.</summary>
internal sealed class Trace(TimeProvider clock, TextWriter? lines = null)
{
    private ulong _hash = 14695981039346656037UL;

    public ulong Hash => _hash;

    public void Note(string what, string about, long figure = 0)
    {
        Mix(what);
        Mix(about);
        Mix(figure);
        Mix(clock.GetUtcNow().UtcTicks);
        lines?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} {what} {about} {figure}"));
    }

    public void Mix(long figure)
    {
        unchecked
        {
            _hash = (_hash ^ (ulong)figure) * 1099511628211UL;
            _hash ^= _hash >> 29;
        }
    }

    public void Mix(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            Mix(b);
    }

    private void Mix(string text)
    {
        foreach (var c in text)
            Mix(c);
    }
}
