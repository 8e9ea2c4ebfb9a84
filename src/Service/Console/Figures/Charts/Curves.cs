using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Components;

namespace Dunning.Service.Console.Figures.Charts;

/// <summary>A line through values, null where there is none.</summary>
internal sealed record Curve(string Name, IReadOnlyList<double?> Values);

/// <summary>Lines over the same places: each has its own dashes, its own mark and its name at its end.</summary>
internal static class Curves
{
    private const int Width = 400;
    private const int Height = 230;
    private const int Left = 40;
    private const int Right = 12;
    private const int Bottom = 24;
    private const int LegendRow = 18;

    public static MarkupString Draw(string id, string title, string description, IReadOnlyList<string> places, Func<double, string> tick, IReadOnlyList<Curve> curves)
    {
        var top = 12 + LegendRow * ((curves.Count + 1) / 2);
        var scale = Scale.Of(curves.SelectMany(c => c.Values).OfType<double>());
        double X(int i) => Left + (places.Count < 2 ? (Width - Left - Right) / 2.0 : i * (Width - Left - Right) / (places.Count - 1.0));
        double Y(double value) => scale.Place(value, Height - Bottom, top);
        var every = (int)Math.Ceiling(places.Count / 6.0);
        IEnumerable<XElement> grid = scale.Ticks.SelectMany(v => (XElement[])[Svg.Line(Left, Y(v), Width - Right, Y(v), "grid"), Svg.Text(Left - 6, Y(v) + 4, "end", tick(v), "tick")]);
        IEnumerable<XElement> names = places.Select((name, i) => (name, i)).Where(p => (places.Count - 1 - p.i) % every == 0).Select(p => Svg.Text(X(p.i), Height - 8, p.i == places.Count - 1 && places.Count > 1 ? "end" : "middle", p.name, "tick"));
        return Svg.Draw(id, Width, Height, title, description, [.. grid, .. names, .. curves.SelectMany((c, n) => Draw(c, n, X, Y)), .. curves.SelectMany((c, n) => Legend(c, n))]);
    }

    private static IEnumerable<XElement> Draw(Curve curve, int nth, Func<int, double> x, Func<double, double> y)
    {
        var (path, pen) = (new System.Text.StringBuilder(), false);
        for (var i = 0; i < curve.Values.Count; i++)
        {
            if (curve.Values[i] is { } value)
                path.Append(CultureInfo.InvariantCulture, $"{(pen ? 'L' : 'M')}{Svg.N(x(i))} {Svg.N(y(value))}");
            pen = curve.Values[i] is not null;
        }
        if (path.Length > 0)
            yield return Svg.Part("path", ("d", path.ToString()), ("class", $"curve c{nth}"));
        for (var i = 0; i < curve.Values.Count; i++)
            if (curve.Values[i] is { } value)
                yield return Mark(x(i), y(value), nth);
    }

    private static IEnumerable<XElement> Legend(Curve curve, int nth)
    {
        var (x, y) = (nth % 2 * 200, nth / 2 * LegendRow + 10);
        yield return Svg.Part("path", ("d", $"M{Svg.N(x)} {Svg.N(y)}L{Svg.N(x + 30)} {Svg.N(y)}"), ("class", $"curve c{nth}"));
        yield return Mark(x + 15, y, nth);
        yield return Svg.Text(x + 36, y + 4, "start", curve.Name);
    }

    private static XElement Mark(double x, double y, int nth) => (nth % 4) switch
    {
        0 => Svg.Part("circle", ("cx", Svg.N(x)), ("cy", Svg.N(y)), ("r", "3.5"), ("class", $"mark c{nth}")),
        1 => Svg.Rect(x - 3, y - 3, 6, 6, $"mark c{nth}"),
        2 => Svg.Part("path", ("d", $"M{Svg.N(x)} {Svg.N(y - 4)}L{Svg.N(x + 4)} {Svg.N(y + 3)}L{Svg.N(x - 4)} {Svg.N(y + 3)}Z"), ("class", $"mark c{nth}")),
        _ => Svg.Part("path", ("d", $"M{Svg.N(x)} {Svg.N(y - 4.5)}L{Svg.N(x + 4.5)} {Svg.N(y)}L{Svg.N(x)} {Svg.N(y + 4.5)}L{Svg.N(x - 4.5)} {Svg.N(y)}Z"), ("class", $"mark c{nth}")),
    };
}
