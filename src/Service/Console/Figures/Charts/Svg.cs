using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Components;

namespace Dunning.Service.Console.Figures.Charts;

/// <summary>
/// Drawings as XML, so that whatever they say is escaped. They carry classes and no styles: our pages allow none, and the style sheet follows the reader's light or dark.
/// </summary>
internal static class Svg
{
    public static readonly XNamespace Space = "http://www.w3.org/2000/svg";

    /// <summary>A drawing with its name and what it shows in one sentence; the numbers stand in a table beside it.</summary>
    public static MarkupString Draw(string id, int width, int height, string title, string description, IEnumerable<XElement> parts)
    {
        var svg = Part("svg", ("viewBox", $"0 0 {N(width)} {N(height)}"), ("role", "img"), ("class", "chart"), ("aria-labelledby", $"{id}-t {id}-d"));
        svg.Add(new XElement(Space + "title", new XAttribute("id", $"{id}-t"), title), new XElement(Space + "desc", new XAttribute("id", $"{id}-d"), description), parts);
        return new(svg.ToString(SaveOptions.DisableFormatting));
    }

    public static XElement Part(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var part = new XElement(Space + name);
        foreach (var (attribute, value) in attributes)
            part.SetAttributeValue(attribute, value);
        return part;
    }

    /// <param name="anchor">start, middle or end.</param>
    public static XElement Text(double x, double y, string anchor, string text, string name = "label")
    {
        var part = Part("text", ("x", N(x)), ("y", N(y)), ("text-anchor", anchor), ("class", name));
        part.Add(text);
        return part;
    }

    public static XElement Line(double x1, double y1, double x2, double y2, string name) => Part("line", ("x1", N(x1)), ("y1", N(y1)), ("x2", N(x2)), ("y2", N(y2)), ("class", name));

    public static XElement Rect(double x, double y, double width, double height, string name) =>
        Part("rect", ("x", N(x)), ("y", N(y)), ("width", N(Math.Max(width, 0))), ("height", N(Math.Max(height, 0))), ("class", name));

    public static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
