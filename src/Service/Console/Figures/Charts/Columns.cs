using System.Xml.Linq;
using Microsoft.AspNetCore.Components;

namespace Dunning.Service.Console.Figures.Charts;

/// <summary>A column of two parts, one on the other: the lower is solid, the upper hatched.</summary>
internal sealed record Column(string Name, double Lower, double Upper);

/// <summary>Standing columns over time.</summary>
internal static class Columns
{
    private const int Width = 400;
    private const int Height = 230;
    private const int Left = 48;
    private const int Top = 34;
    private const int Bottom = 24;

    public static MarkupString Draw(string id, string title, string description, string lower, string upper, Func<double, string> tick, IReadOnlyList<Column> columns)
    {
        var scale = Scale.Of(columns.Select(c => c.Lower + c.Upper));
        return Svg.Draw(id, Width, Height, title, description, [Hatching(id), .. Legend(id, lower, upper), .. Grid(scale, tick), .. Draw(id, columns, scale)]);
    }

    private static double Y(Scale scale, double value) => scale.Place(value, Height - Bottom, Top);

    private static IEnumerable<XElement> Draw(string id, IReadOnlyList<Column> columns, Scale scale)
    {
        var room = (Width - Left) / (double)Math.Max(columns.Count, 1);
        // A name takes the place of about forty units; the others are in the table.
        var every = (int)Math.Ceiling(40 / room);
        for (var i = 0; i < columns.Count; i++)
        {
            var (column, x) = (columns[i], Left + i * room + room * 0.12);
            var (zero, middle, top) = (Y(scale, 0), Y(scale, column.Lower), Y(scale, column.Lower + column.Upper));
            yield return Svg.Rect(x, middle, room * 0.76, zero - middle, "bar");
            var upper = Svg.Rect(x, top, room * 0.76, middle - top, "hatched");
            upper.SetAttributeValue("fill", $"url(#{id}-h)");
            yield return upper;
            var middleOf = x + room * 0.38;
            if (i % every == 0)
                yield return middleOf > Width - 18 ? Svg.Text(Width, Height - 8, "end", column.Name, "tick") : Svg.Text(middleOf, Height - 8, "middle", column.Name, "tick");
        }
    }

    private static IEnumerable<XElement> Grid(Scale scale, Func<double, string> tick)
    {
        foreach (var value in scale.Ticks)
        {
            yield return Svg.Line(Left, Y(scale, value), Width, Y(scale, value), "grid");
            yield return Svg.Text(Left - 6, Y(scale, value) + 4, "end", tick(value), "tick");
        }
    }

    private static IEnumerable<XElement> Legend(string id, string lower, string upper)
    {
        yield return Svg.Rect(0, 4, 14, 12, "bar");
        yield return Svg.Text(20, 14, "start", lower);
        var sample = Svg.Rect(170, 4, 14, 12, "hatched");
        sample.SetAttributeValue("fill", $"url(#{id}-h)");
        yield return sample;
        yield return Svg.Text(190, 14, "start", upper);
    }

    private static XElement Hatching(string id)
    {
        var pattern = Svg.Part("pattern", ("id", $"{id}-h"), ("width", "6"), ("height", "6"), ("patternUnits", "userSpaceOnUse"), ("patternTransform", "rotate(45)"));
        pattern.Add(Svg.Line(0, 0, 0, 6, "hatch"));
        return new(Svg.Space + "defs", pattern);
    }
}
