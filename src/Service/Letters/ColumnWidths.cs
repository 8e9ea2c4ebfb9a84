namespace Dunning.Service.Letters;

/// <summary>Shares the width of a table among its columns.</summary>
internal static class ColumnWidths
{
    /// <param name="narrowest">What each column needs lest a word be cut.</param>
    /// <param name="widest">What each needs to stand on one line.</param>
    /// <param name="width">What there is; the columns always fill it.</param>
    public static double[] Share(double[] narrowest, double[] widest, double width)
    {
        var (least, most) = (narrowest.Sum(), widest.Sum());
        if (most <= width) return [.. widest.Select(w => w * width / most)];
        if (least <= width)
        {
            var part = most - least < 0.01 ? 0 : (width - least) / (most - least);
            return [.. narrowest.Zip(widest, (from, to) => from + (to - from) * part)];
        }
        // Words must be cut: the narrow columns keep theirs whole, the widest share what is left.
        var shared = new double[narrowest.Length];
        var (left, open) = (width, narrowest.Length);
        foreach (var column in Enumerable.Range(0, narrowest.Length).OrderBy(i => narrowest[i]))
        {
            shared[column] = open == 1 ? left : Math.Min(narrowest[column], left / open);
            left -= shared[column];
            open--;
        }
        return shared;
    }
}
