namespace Dunning.Service.Console.Settings;

public enum LineChange
{
    Same,
    Removed,
    Added,
}

/// <summary>The lines of two texts against each other: the fewest that must go and come (longest common subsequence).</summary>
public static class LineDiff
{
    // Beyond this the table would be larger than what it is about; such texts are shown as replaced.
    private const int MostLines = 3000;

    public static IReadOnlyList<(LineChange Change, string Line)> Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        if (old.Length > MostLines || now.Length > MostLines)
            return [.. old.Select(l => (LineChange.Removed, l)), .. now.Select(l => (LineChange.Added, l))];
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        var lines = new List<(LineChange, string)>();
        var (from, to) = (0, 0);
        while (from < old.Length || to < now.Length)
            if (from < old.Length && to < now.Length && old[from] == now[to])
            {
                lines.Add((LineChange.Same, old[from++]));
                to++;
            }
            else if (from < old.Length && (to == now.Length || common[from + 1, to] >= common[from, to + 1]))
                lines.Add((LineChange.Removed, old[from++]));
            else
                lines.Add((LineChange.Added, now[to++]));
        return lines;
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
