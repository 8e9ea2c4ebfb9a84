namespace Dunning.Domain;

/// <summary>A share in percent, with the interval that holds the true one in 95 of 100 trials.</summary>
public sealed record Proportion(decimal Percent, decimal Low, decimal High)
{
    // The 97.5th percentile of the normal distribution.
    private const double Z = 1.959964;

    /// <summary>
    /// Wilson's score interval (Wilson 1927), at the number of observations that independent ones would need for the variance found between clusters (the ratio estimator's;
    /// Cochran, Sampling Techniques, 3rd ed., 1977, section 3.12). Clusters that are all alike count for one observation each. Null for none.
    /// </summary>
    public static Proportion? OfClusters(IReadOnlyCollection<(int Size, int Hits)> clusters)
    {
        if (clusters.Count == 0)
            return null;
        double size = clusters.Sum(c => c.Size), share = clusters.Sum(c => c.Hits) / size;
        var squares = clusters.Sum(c => Math.Pow(c.Hits - share * c.Size, 2));
        var variance = clusters.Count == 1 ? 0 : clusters.Count / (clusters.Count - 1.0) * squares / (size * size);
        var count = variance > 0 ? Math.Min(share * (1 - share) / variance, size) : clusters.Count;
        return Wilson(share, count);
    }

    private static Proportion Wilson(double share, double count)
    {
        var scale = 1 + Z * Z / count;
        var middle = (share + Z * Z / (2 * count)) / scale;
        var half = Z / scale * Math.Sqrt(share * (1 - share) / count + Z * Z / (4 * count * count));
        return new(Percentage(share), Percentage(Math.Max(middle - half, 0)), Percentage(Math.Min(middle + half, 1)));
    }

    private static decimal Percentage(double share) => decimal.Round((decimal)(100 * share), 6);
}

/// <summary>The difference of two shares in points of percent, with its interval.</summary>
public sealed record Difference(decimal Points, decimal Low, decimal High)
{
    /// <summary>The second less the first; Newcombe's hybrid score interval (Statistics in Medicine 17, 1998, method 10).</summary>
    public static Difference Between(Proportion first, Proportion second)
    {
        var points = second.Percent - first.Percent;
        return new(points, points - Root(second.Percent - second.Low, first.High - first.Percent), points + Root(second.High - second.Percent, first.Percent - first.Low));
    }

    private static decimal Root(decimal a, decimal b) => decimal.Round((decimal)Math.Sqrt((double)(a * a + b * b)), 6);
}
