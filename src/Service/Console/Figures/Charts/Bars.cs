using System.Xml.Linq;
using Microsoft.AspNetCore.Components;

namespace Dunning.Service.Console.Figures.Charts;

/// <summary>A bar with its name above it and its value written out; a second name says more.</summary>
internal sealed record Bar(string Name, double Value, string Written);

/// <summary>Lying bars, one below the other: long names fit, and each says its value, so that no colour and no axis has to be read.</summary>
internal static class Bars
{
    private const int Width = 400;
    private const int Row = 40;

    /// <param name="whole">What a full bar is worth, above zero.</param>
    public static MarkupString Draw(string id, string title, string description, double whole, IReadOnlyList<Bar> bars) =>
        Svg.Draw(id, Width, bars.Count * Row + 6, title, description, bars.SelectMany((bar, i) => Draw(bar, i * Row, whole)));

    private static IEnumerable<XElement> Draw(Bar bar, double top, double whole)
    {
        yield return Svg.Text(0, top + 14, "start", bar.Name);
        yield return Svg.Text(Width, top + 14, "end", bar.Written, "value");
        yield return Svg.Rect(0, top + 20, Width, 12, "track");
        yield return Svg.Rect(0, top + 20, Width * Math.Min(bar.Value / whole, 1), 12, "bar");
    }
}
