namespace Dunning.Service.Console.Figures.Charts;

/// <summary>A round number of round steps that reaches the largest value, from zero or from below it.</summary>
internal sealed record Scale(double Least, double Most, double Step)
{
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round((Most - Least) / Step) + 1).Select(i => Least + i * Step);

    public double Place(double value, double low, double high) => low + (value - Least) / (Most - Least) * (high - low);

    public static Scale Of(IEnumerable<double> values, int steps = 4)
    {
        var (least, most) = (0d, 0d);
        foreach (var value in values)
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        if (most - least < 1e-9)
            return new(0, 1, 1);
        var raw = (most - least) / steps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.Select(m => m * power).First(s => s >= raw - 1e-9);
        return new(Math.Floor(least / step + 1e-9) * step, Math.Ceiling(most / step - 1e-9) * step, step);
    }
}
